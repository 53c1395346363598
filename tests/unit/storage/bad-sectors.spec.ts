import { FLASH_FAILED } from "../../../modules/core/errors.js";
import { deepEqual, equal, ok, throws } from "../../support/assert.js";
import type { NorFlash } from "../../support/nor-flash.js";
import {
	append,
	begin,
	hasSectors,
	mount,
	pattern,
	read,
	refused,
	remove,
	rest,
	SECTOR,
	smallFlash,
	upload,
	uploadSectors,
} from "../../support/store.js";

/** Number on the flash, as `refusing` counts, of a data sector. */
function dataSector(flash: NorFlash, index: number): number {
	return flash.status().blocks - mount(flash).sizeBytes / SECTOR + index;
}

describe("pattern store: sectors that fail", () => {
	it("are set aside when they do not take a program, so that the next upload goes through", () => {
		const flash = smallFlash();
		const store = mount(flash);
		rest(store);
		const writer = store.writer();
		flash.refusing.add(dataSector(flash, 1));
		begin(writer, "p");
		throws(() => append(writer, pattern(3 * SECTOR, 1)), refused(FLASH_FAILED));
		equal(store.usedBytes, SECTOR);
		// Round and round the sectors, several times.
		for (let round = 0; round < 12; round++) {
			upload(writer, "p", pattern(9 * SECTOR, round));
			deepEqual(read(store, "p"), pattern(9 * SECTOR, round));
			rest(store);
		}
		remove(store, "p");
		rest(store);
		equal(store.usedBytes, SECTOR);
		equal(store.cleanBytes, store.sizeBytes - SECTOR);
		deepEqual(read(mount(flash), "p"), undefined);
		equal(flash.violation, "");
	});

	it("that are set aside out of what was promised make an upload end as the flash's failure, not for want of space", () => {
		const flash = smallFlash(40);
		const store = mount(flash);
		rest(store);
		const writer = store.writer();
		upload(writer, "p", pattern(SECTOR, 1));
		remove(store, "p");
		begin(writer, "q", store.sizeBytes);
		flash.refusing.add(dataSector(flash, 0));
		rest(store);
		equal(store.usedBytes, SECTOR);
		const sector = pattern(SECTOR, 2);
		for (let i = 1; i < store.sizeBytes / SECTOR; i++) writer.append(sector, 0, SECTOR);
		throws(() => writer.append(sector, 0, SECTOR), refused(FLASH_FAILED));
		equal(store.usedBytes, SECTOR);
	});

	it("are not set aside when it was only for a moment that they did not take what makes them unusable after a start", () => {
		const flash = smallFlash(40);
		const writer = mount(flash).writer();
		upload(writer, "p", pattern(SECTOR, 1));
		begin(writer, "lost");
		append(writer, pattern(SECTOR, 2));
		const store = mount(flash);
		const sector = dataSector(flash, 1);
		flash.refusing.add(sector);
		const again = store.writer();
		throws(() => upload(again, "q", pattern(SECTOR, 3)), refused(FLASH_FAILED));
		flash.refusing.delete(sector);
		upload(again, "q", pattern(SECTOR, 3));
		rest(store);
		equal(store.usedBytes, 2 * SECTOR);
		equal(store.cleanBytes, store.sizeBytes - 2 * SECTOR);
		equal(flash.violation, "");
	});

	it("are set aside when they do not erase", () => {
		const flash = smallFlash(40);
		const store = mount(flash);
		const writer = store.writer();
		upload(writer, "p", pattern(4 * SECTOR, 1));
		flash.refusing.add(dataSector(flash, 2));
		remove(store, "p");
		// The step that meets the failure ends the rest, for now.
		let more = true;
		while (more) more = store.tidy();
		equal(more, false);
		rest(store);
		equal(store.usedBytes, SECTOR);
		equal(store.cleanBytes, store.sizeBytes - SECTOR);
		const left = store.sizeBytes / SECTOR - 1;
		uploadSectors(writer, "q", left, 2);
		ok(hasSectors(store, "q", left, 2));
	});
});

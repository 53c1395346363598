import { deepEqual, equal, ok } from "../../support/assert.js";
import {
	append,
	ascii,
	begin,
	mount,
	pattern,
	read,
	remove,
	rest,
	SECTOR,
	smallFlash,
	upload,
} from "../../support/store.js";

/** Sum of the erases so far. */
function erases(flash: ReturnType<typeof smallFlash>): number {
	return flash.erases.reduce((sum, count) => sum + count, 0);
}

describe("pattern store: idle work", () => {
	it("finds out what is erased, and erases nothing on a new flash", () => {
		const flash = smallFlash();
		const store = mount(flash);
		equal(store.cleanBytes, 0);
		ok(rest(store) > 0);
		equal(store.cleanBytes, store.sizeBytes);
		equal(erases(flash), 0);
	});

	it("erases each sector that was given back, once, one a step", () => {
		const flash = smallFlash();
		const store = mount(flash);
		rest(store);
		upload(store.writer(), "p", pattern(5 * SECTOR, 1));
		equal(store.cleanBytes, store.sizeBytes - 5 * SECTOR);
		remove(store, "p");
		equal(store.cleanBytes, store.sizeBytes - 5 * SECTOR);
		const before = erases(flash);
		for (let i = 0; store.tidy(); i++) ok(erases(flash) - before <= i + 1);
		equal(erases(flash) - before, 5);
		equal(store.cleanBytes, store.sizeBytes);
	});

	it("erases what an upload left behind before a restart, and nothing else", () => {
		const flash = smallFlash();
		const store = mount(flash);
		const writer = store.writer();
		upload(writer, "kept", pattern(3 * SECTOR, 1));
		begin(writer, "lost");
		append(writer, pattern(2 * SECTOR + 1, 2));
		const before = erases(flash);
		const again = mount(flash);
		rest(again);
		equal(erases(flash) - before, 3);
		equal(again.cleanBytes, again.sizeBytes - 3 * SECTOR);
		deepEqual(read(again, "kept"), pattern(3 * SECTOR, 1));
	});

	it("leaves nothing to erase for the uploads that follow", () => {
		const flash = smallFlash();
		const store = mount(flash);
		const writer = store.writer();
		for (let round = 0; round < 12; round++) {
			rest(store);
			const before = erases(flash);
			upload(writer, "p", pattern(9 * SECTOR, round));
			equal(erases(flash), before);
		}
	});

	it("changes journal areas before one is full, so that no commit has to", () => {
		const flash = smallFlash();
		const store = mount(flash);
		const writer = store.writer();
		const bytes = pattern(10, 1);
		for (let round = 0; round < 300; round++) {
			rest(store);
			const before = flash.operations;
			upload(writer, "p", bytes);
			// The data, the record and its mark.
			if (round > 0) equal(flash.operations - before, 3);
		}
		equal(flash.violation, "");
		deepEqual(read(mount(flash), "p"), bytes);
	});

	it("moves a pattern that lies still, once uploads have taken twice the store", () => {
		const flash = smallFlash();
		const store = mount(flash);
		const writer = store.writer();
		const still = pattern(6 * SECTOR + 1, 1);
		upload(writer, "still", still);
		const sectors = store.sizeBytes / SECTOR;
		for (let taken = 0; taken < 24 * sectors; taken += 4) {
			upload(writer, "busy", pattern(4 * SECTOR, taken));
			rest(store);
		}
		const data = flash.erases.subarray(flash.erases.length - sectors);
		const mean = data.reduce((sum, count) => sum + count, 0) / sectors;
		ok(Math.min(...data) > mean / 2, `some sector has been erased ${Math.min(...data)} times, the mean is ${mean}`);
		deepEqual(read(store, "still"), still);
		deepEqual(read(mount(flash), "still"), still);
		equal(store.usedBytes, 11 * SECTOR);
		equal(flash.violation, "");
	});

	it("gives a move up when the pattern goes, or when an upload needs the room", () => {
		for (const end of ["remove", "remove while it is read", "replace", "fill"]) {
			const flash = smallFlash();
			const store = mount(flash);
			const writer = store.writer();
			const still = pattern(8 * SECTOR, 1);
			upload(writer, "still", still);
			const sectors = store.sizeBytes / SECTOR;
			for (let taken = 0; taken < 4 * sectors; taken += 4) upload(writer, "busy", pattern(4 * SECTOR, taken));
			// Erased all, copied some: more is taken than the two patterns need.
			while (store.cleanBytes + store.usedBytes < store.sizeBytes) ok(store.tidy());
			for (let i = 0; i < 4; i++) ok(store.tidy());
			ok(store.usedBytes > 12 * SECTOR, "nothing was being moved");
			const reader = end === "remove while it is read" ? store.open(ascii("still"), 0, 5) : undefined;
			if (end.startsWith("remove")) remove(store, "still");
			if (end === "replace") upload(writer, "still", pattern(9 * SECTOR, 2));
			if (end === "fill") upload(writer, "fill", pattern(store.sizeBytes - 12 * SECTOR, 3));
			rest(store);
			reader?.close();
			equal(
				store.usedBytes,
				end.startsWith("remove") ? 4 * SECTOR : end === "replace" ? 13 * SECTOR : store.sizeBytes,
				end,
			);
			if (end === "fill") deepEqual(read(store, "still"), still);
			if (end === "replace") deepEqual(read(mount(flash), "still"), pattern(9 * SECTOR, 2));
			equal(flash.violation, "");
		}
	});

	it("does not move a damaged pattern, nor hide that it is damaged", () => {
		const flash = smallFlash();
		const store = mount(flash);
		const writer = store.writer();
		upload(writer, "still", pattern(SECTOR, 1));
		const sectors = store.sizeBytes / SECTOR;
		const first = new Uint8Array(SECTOR);
		for (let sector = flash.status().blocks - sectors; ; sector++) {
			flash.read(first, sector * SECTOR);
			if (first[0] === pattern(1, 1)[0]) {
				flash.corrupt(sector * SECTOR, first[0] ^ 1);
				break;
			}
		}
		for (let taken = 0; taken < 6 * sectors; taken += 4) {
			upload(writer, "busy", pattern(4 * SECTOR, taken));
			rest(store);
		}
		const reader = store.open(ascii("still"), 0, 5)!;
		equal(reader.verifyStep(), "damaged");
	});
});

import { FLASH_FAILED } from "../../../modules/core/errors.js";
import { closedFlash } from "../../../modules/storage/closed-flash.js";
import { deepEqual, equal, ok, throws } from "../../support/assert.js";
import { ascii, begin, mount, names, pattern, refused, rest, SECTOR } from "../../support/store.js";

describe("pattern store: a flash that may not be touched", () => {
	it("reads as erased, of 64 sectors of 4 KiB, and takes nothing", () => {
		const bytes = pattern(5, 1);
		equal(closedFlash.read(bytes, 0), 5);
		deepEqual(Array.from(bytes), [255, 255, 255, 255, 255]);
		deepEqual(closedFlash.status(), { size: 262_144, blocks: 64, blockLength: 4096 });
		const closed = (error: unknown) => String(error).includes("the flash is closed");
		throws(() => closedFlash.write(bytes, 0), closed);
		throws(() => closedFlash.eraseBlock(0, 1), closed);
	});

	it("makes a store that is empty, refuses uploads and settings, and comes to rest", () => {
		const store = mount(closedFlash);
		deepEqual(names(store), []);
		ok(store.sizeBytes > 0);
		const writer = store.writer();
		begin(writer, "p", SECTOR);
		throws(() => writer.append(pattern(SECTOR, 1), 0, SECTOR), refused(FLASH_FAILED));
		throws(() => store.saveSettings(true, 1, 100, ascii("p"), 0, 1), refused(FLASH_FAILED));
		for (let i = 0; i < 5; i++) ok(rest(store) < 100);
		equal(store.tidy(), false);
	});
});

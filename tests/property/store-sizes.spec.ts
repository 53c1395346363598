import { PATTERN_TOO_LARGE } from "../../modules/core/errors.js";
import { MemoryPool } from "../../modules/core/memory-pool.js";
import { MAX_PATTERN_SIZE } from "../../modules/storage/geometry.js";
import { PatternStore } from "../../modules/storage/pattern-store.js";
import { equal, throws } from "../support/assert.js";
import { NorFlash } from "../support/nor-flash.js";
import { begin, names, refused } from "../support/store.js";

describe("pattern store: the largest pattern", function () {
	this.timeout(60_000);

	it("has 524,288 bytes, and not one more, whether its size was told or not", () => {
		const flash = new NorFlash({ sectors: 1248, sectorLength: 4096 });
		const store = new PatternStore(flash, new MemoryPool(1), { cacheBlocks: 1, requirePrism: false });
		const writer = store.writer();
		const block = new Uint8Array(4096).fill(0x5a);
		for (const size of [MAX_PATTERN_SIZE, -1]) {
			begin(writer, size < 0 ? "untold" : "told", size);
			for (let at = 0; at < MAX_PATTERN_SIZE; at += block.length) writer.append(block, 0, block.length);
			writer.validate();
			writer.commit();
		}
		equal(names(store).join(), "told,untold");
		begin(writer, "more");
		for (let at = 0; at < MAX_PATTERN_SIZE; at += block.length) writer.append(block, 0, block.length);
		throws(() => writer.append(block, 0, 1), refused(PATTERN_TOO_LARGE));
		equal(store.usedBytes, 2 * MAX_PATTERN_SIZE);
		equal(flash.violation, "");
	});
});

import {
	CRC_MISMATCH,
	NO_SPACE,
	PATTERN_EMPTY,
	PATTERN_TOO_LARGE,
	SIZE_MISMATCH,
} from "../../../modules/core/errors.js";
import { MemoryPool } from "../../../modules/core/memory-pool.js";
import { CLEAN, END, USED } from "../../../modules/storage/sectors.js";
import { Upload } from "../../../modules/storage/upload.js";
import { Volume } from "../../../modules/storage/volume.js";
import { deepEqual, equal, throws } from "../../support/assert.js";
import { NorFlash } from "../../support/nor-flash.js";
import { append, begin, mount, pattern, refused, SECTOR, smallFlash, uploadSectors } from "../../support/store.js";

describe("pattern store: what uploads are promised", () => {
	it("is what they declared and have not taken, or nothing", () => {
		const volume = new Volume(smallFlash(), new MemoryPool(1), 1);
		const { sectors } = volume;
		const known = new Upload(volume, false);
		const open = new Upload(volume, false);
		begin(known, "known", 3 * SECTOR);
		begin(open, "open");
		equal(sectors.reserved, 3);
		append(known, pattern(SECTOR + 1, 1));
		append(open, pattern(SECTOR + 1, 2));
		equal(sectors.reserved, 1);
		known.abort();
		equal(sectors.reserved, 0);
		open.abort();
		equal(sectors.reserved, 0);
		equal(sectors.free, sectors.count);
	});

	it("may be the whole store, beside one whose size is not known", () => {
		const store = mount(smallFlash());
		const open = store.writer();
		begin(open, "open");
		begin(store.writer(), "known", store.sizeBytes);
		throws(() => append(open, pattern(1, 1)), refused(NO_SPACE));
	});

	it("is 512 KiB at most, known before or not", () => {
		const store = mount(new NorFlash({ sectors: 160, sectorLength: 4096 }));
		const writer = store.writer();
		begin(writer, "p", 524_288);
		throws(() => begin(writer, "p", 524_289), refused(PATTERN_TOO_LARGE));
		begin(writer, "p");
		throws(() => writer.append(new Uint8Array(0), 0, 524_289), refused(PATTERN_TOO_LARGE));
	});

	it("is nothing for a pattern of no bytes: it is refused for that, on a full store too", () => {
		const store = mount(smallFlash());
		const writer = store.writer();
		begin(writer, "p", 0);
		throws(() => append(writer, pattern(1, 1)), refused(SIZE_MISMATCH));
		uploadSectors(writer, "all", store.sizeBytes / SECTOR, 1);
		begin(writer, "p", 0);
		throws(() => writer.validate(), refused(PATTERN_EMPTY));
	});

	it("holds for a CRC-32 of 0, too: that is one", () => {
		const writer = mount(smallFlash()).writer();
		begin(writer, "p", 9, 0);
		append(writer, pattern(9, 1));
		throws(() => writer.validate(), refused(CRC_MISMATCH));
	});
});

describe("pattern store: where uploads write", () => {
	it("is told until they end, whatever becomes of others", () => {
		const volume = new Volume(smallFlash(), new MemoryPool(1), 1);
		const { open } = volume.sectors;
		const [first, second, third] = [1, 2, 3].map(() => new Upload(volume, false));
		begin(first, "first");
		append(first, pattern(1, 1));
		const sector = open[0];
		begin(second, "second");
		second.abort();
		deepEqual(Array.from(open), [sector, END, END, END]);
		begin(third, "third");
		append(third, pattern(1, 2));
		first.abort();
		equal(open[0], END);
		equal(open[1] === END, false);
	});

	it("is no block of their own before there has been one of a pattern whose size is not known", () => {
		const volume = new Volume(new NorFlash({ sectors: 80, sectorLength: 640 }), new MemoryPool(1), 1);
		const { sectors } = volume;
		for (let i = 0; i < sectors.count; i++) sectors.set(i, CLEAN);
		for (let i = 0; i < 17; i++) if (i !== 15) sectors.set(i, USED);
		const writer = new Upload(volume, false);
		begin(writer, "p");
		append(writer, pattern(641, 1));
		deepEqual([sectors.next[15], sectors.next[17]], [17, END]);
	});
});

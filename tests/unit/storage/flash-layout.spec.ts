import { crc32 } from "../../../modules/bytes/bytes.js";
import { Geometry } from "../../../modules/storage/geometry.js";
import { deepEqual, equal, throws } from "../../support/assert.js";
import { NorFlash } from "../../support/nor-flash.js";
import { mount, pattern, remove, smallFlash, upload } from "../../support/store.js";

/** The layout as docs/pattern-store.md has it: changing it loses what owners have stored. */
describe("pattern store: layout on flash", () => {
	it("divides the K1's partition into two areas of 64 KiB and 1,216 data sectors", () => {
		const geometry = new Geometry(new NorFlash({ sectors: 1248, sectorLength: 4096 }));
		equal(geometry.areaSectors, 16);
		equal(geometry.areaLength, 65_536);
		equal(geometry.dataOffset, 131_072);
		equal(geometry.dataSectors, 1216);
	});

	it("refuses a flash that is too small, or whose sectors are over 4,096 bytes", () => {
		throws(() => new Geometry(new NorFlash({ sectors: 2, sectorLength: 4096 })));
		throws(() => new Geometry(new NorFlash({ sectors: 64, sectorLength: 8192 })));
	});

	it("writes header, PUT and DELETE records byte by byte as documented", () => {
		const flash = smallFlash();
		const store = mount(flash);
		const bytes = pattern(600, 1);
		upload(store.writer(), "wave", bytes);
		remove(store, "wave");

		const area = new Uint8Array(32 + 36 + 20 + 4);
		flash.read(area, 0);
		const view = new DataView(area.buffer);
		// Two sectors had been taken from data sector 0 on when the area was opened.
		const dataSectors = store.sizeBytes / 512;
		const header = [
			0x4b,
			0x31,
			0x50,
			0x53,
			1,
			0xff,
			dataSectors,
			0,
			1,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			2,
			0,
			0,
			0,
			2,
			0,
		];
		deepEqual(Array.from(area.subarray(0, 26)), header);
		equal(view.getUint32(26, true), crc32(0, area, 0, 26));
		deepEqual([area[30], area[31]], [0xff, 0]);

		const put = area.subarray(32, 32 + 36);
		equal(view.getUint32(32, true), crc32(1, put, 4, 35));
		deepEqual(Array.from(put.subarray(4, 16)), [0x50, 4, 36, 0, 1, 0, 0, 0, 0x58, 2, 0, 0]);
		equal(view.getUint32(32 + 16, true), crc32(0, bytes, 0, 600));
		deepEqual(Array.from(put.subarray(20)), [2, 0, 0, 0, 0, 0, 1, 0, 0x77, 0x61, 0x76, 0x65, 0xff, 0xff, 0xff, 0]);

		const deletion = area.subarray(68, 68 + 20);
		equal(view.getUint32(68, true), crc32(1, deletion, 4, 19));
		deepEqual(Array.from(deletion.subarray(4)), [0x44, 0, 20, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0xff, 0xff, 0xff, 0]);
		deepEqual(Array.from(area.subarray(88)), [0xff, 0xff, 0xff, 0xff]);
	});
});

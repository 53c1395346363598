import { crc32 } from "../../../modules/bytes/bytes.js";
import { Geometry } from "../../../modules/storage/geometry.js";
import { deepEqual, equal, ok, throws } from "../../support/assert.js";
import { NorFlash } from "../../support/nor-flash.js";
import { ascii, mount, pattern, remove, smallFlash, upload } from "../../support/store.js";

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

	it("has the areas of format 1 on every partition that it was used on", () => {
		equal(new Geometry(smallFlash()).areaSectors, 9);
		equal(new Geometry(smallFlash(36)).areaSectors, 9);
		equal(new Geometry(smallFlash(128)).areaSectors, 10);
	});

	it("writes headers, marks, PUT and DELETE records byte by byte as documented", () => {
		const flash = smallFlash();
		const store = mount(flash);
		const bytes = pattern(600, 1);
		upload(store.writer(), "wave", bytes);
		remove(store, "wave");

		const area = bytesOf(flash, 0, 212 + 36 + 20 + 4);
		const view = new DataView(area.buffer);
		const dataSectors = store.sizeBytes / 512;
		// One sector had been handed out from data sector 0 on when the area was opened.
		const fields = [
			0x4b,
			0x31,
			0x50,
			0x53,
			2,
			0xfd,
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
			116,
			0,
			0,
			0,
			0,
			0,
			0,
			0,
			1,
			0,
		];
		for (const at of [0, 32]) {
			deepEqual(Array.from(area.subarray(at, at + 26)), fields);
			equal(view.getUint32(at + 26, true), crc32(0, area, 0, 26));
			deepEqual([area[at + 30], area[at + 31]], [0xff, 0xff]);
		}
		equal(area[64], 0);
		deepEqual(Array.from(area.subarray(65, 96)), new Array(31).fill(0xff));

		const erase = area.subarray(96, 96 + 20);
		checkRecord(erase, 0x45, 0, 0);
		deepEqual(Array.from(erase.subarray(12)), [0, 0, 0, 0, 0xff, 0xff, 0xff, 0]);
		const lease = area.subarray(116, 116 + 32);
		checkRecord(lease, 0x4c, 0, 0);
		// Sector 0 is being written to, and the next sixteen may be.
		deepEqual(Array.from(lease.subarray(12, 22)), [0, 0, 0, 0, 0, 0, 17, 0, 0, 0]);
		deepEqual(Array.from(lease.subarray(22)), [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0]);
		const wear = area.subarray(148, 148 + 64);
		checkRecord(wear, 0x57, 0, 0);
		deepEqual(Array.from(wear.subarray(12, 18)), [0, 0, dataSectors, 0, 1, 0]);

		const put = area.subarray(212, 212 + 36);
		checkRecord(put, 0x50, 4, 1);
		deepEqual(Array.from(put.subarray(12, 16)), [0x58, 2, 0, 0]);
		equal(view.getUint32(212 + 16, true), crc32(0, bytes, 0, 600));
		deepEqual(Array.from(put.subarray(20)), [2, 0, 0, 0, 0, 0, 1, 0, 0x77, 0x61, 0x76, 0x65, 0xff, 0xff, 0xff, 0]);

		const deletion = area.subarray(248, 248 + 20);
		checkRecord(deletion, 0x44, 0, 2);
		deepEqual(Array.from(deletion.subarray(12)), [1, 0, 0, 0, 0xff, 0xff, 0xff, 0]);
		deepEqual(Array.from(area.subarray(268)), [0xff, 0xff, 0xff, 0xff]);
	});

	it("writes SETTINGS, ERASE and LEASE records byte by byte as documented", () => {
		const flash = smallFlash();
		const store = mount(flash);
		upload(store.writer(), "wave", pattern(16 * 512, 1));
		remove(store, "wave");
		const start = 212 + (24 + 32 + 4 + 4) + 20;
		store.saveSettings(true, 7, 220, ascii("wave"), 0, 4);
		store.saveSettings(false, 8, 220, ascii("wave"), 0, 4);
		upload(store.writer(), "a", pattern(1, 1));
		while (flash.erases[18 + 14] === 0) ok(store.tidy());

		const named = bytesOf(flash, start, 24);
		checkRecord(named, 0x53, 4, 3);
		deepEqual(Array.from(named.subarray(12)), [1, 7, 220, 0, 0x77, 0x61, 0x76, 0x65, 0xff, 0xff, 0xff, 0]);
		const unnamed = bytesOf(flash, start + 24, 20);
		checkRecord(unnamed, 0x53, 0xff, 4);
		deepEqual(Array.from(unnamed.subarray(12)), [0, 8, 220, 0, 0xff, 0xff, 0xff, 0]);
		// The sector behind the block is the first one of a new lease.
		const lease = bytesOf(flash, start + 44, 32);
		checkRecord(lease, 0x4c, 0, 5);
		deepEqual(Array.from(lease.subarray(12, 22)), [16, 0, 0, 0, 30, 0, 16, 0, 30, 0]);
		const erase = bytesOf(flash, start + 76 + 28, 20);
		checkRecord(erase, 0x45, 0, 7);
		deepEqual(Array.from(erase.subarray(12)), [14, 0, 16, 0, 0xff, 0xff, 0xff, 0]);
	});
});

function bytesOf(flash: NorFlash, start: number, length: number): Uint8Array {
	const bytes = new Uint8Array(length);
	flash.read(bytes, start);
	return bytes;
}

/** The fields that all records have. */
function checkRecord(bytes: Uint8Array, type: number, nameLength: number, sequence: number): void {
	const view = new DataView(bytes.buffer, bytes.byteOffset);
	equal(view.getUint32(0, true), crc32(1, bytes, 4, bytes.length - 1));
	deepEqual(Array.from(bytes.subarray(4, 12)), [type, nameLength, bytes.length, 0, sequence, 0, 0, 0]);
}

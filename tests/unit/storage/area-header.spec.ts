import { crc32 } from "../../../modules/bytes/bytes.js";
import { AreaHeader, NewerFormatError } from "../../../modules/storage/area-header.js";
import { Geometry } from "../../../modules/storage/geometry.js";
import { deepEqual, equal, ok, throws } from "../../support/assert.js";
import { smallFlash } from "../../support/store.js";

const geometry = new Geometry(smallFlash());

/** A header of the small flash with a value of its own in each field. */
function whole(): AreaHeader {
	const header = new AreaHeader(geometry);
	header.generation = 0x01020304;
	header.sequence = 0x05060708;
	header.snapshotLength = 0x0a0c;
	header.turn = 0x0d0e0f10;
	header.pointer = 17;
	header.encode();
	return header;
}

/** Writes the CRC anew where bytes were changed on purpose: what is asked then is what the fields say. */
function seal({ bytes }: AreaHeader, at = 0): void {
	new DataView(bytes.buffer).setUint32(at + 26, crc32(0, bytes, at, at + 26), true);
}

/** Whether a header counts in which this byte is another one, and the CRC fits; there is no second one. */
function counts(change: (header: AreaHeader) => void): boolean {
	const header = whole();
	header.bytes.fill(0xff, 32);
	change(header);
	seal(header);
	return header.parse();
}

/** Sets a u16 of the first header. */
function u16(header: AreaHeader, at: number, value: number): void {
	new DataView(header.bytes.buffer).setUint16(at, value, true);
}

function fieldsOf({ format, generation, sequence, snapshotLength, turn, pointer, start }: AreaHeader): number[] {
	return [format, generation, sequence, snapshotLength, turn, pointer, start];
}

describe("pattern store: header of an area", () => {
	const expected = [2, 0x01020304, 0x05060708, 0x0a0c, 0x0d0e0f10, 17, 96];

	it("gives back all that was written, from the first of the two or the second", () => {
		for (const damaged of [undefined, 0, 32]) {
			const other = new AreaHeader(geometry);
			other.bytes.set(whole().bytes);
			if (damaged !== undefined) other.bytes.fill(0xff, damaged, damaged + 32);
			ok(other.parse());
			deepEqual(fieldsOf(other), expected);
		}
	});

	it("is none when both are damaged, whichever byte it is", () => {
		for (let at = 0; at < 30; at++) {
			const header = whole();
			header.bytes[at] ^= 0x04;
			header.bytes[32 + at] ^= 0x04;
			ok(!header.parse(), `byte ${at}`);
		}
	});

	it("does not care for what is reserved", () => {
		const header = whole();
		header.bytes[30] = 0;
		header.bytes.fill(0xff, 32);
		ok(header.parse());
	});

	it("counts on a partition of its own size only", () => {
		ok(counts(() => {}));
		for (const sectors of [geometry.dataSectors - 1, geometry.dataSectors + 1, 0]) {
			ok(!counts((header) => u16(header, 6, sectors)), `${sectors} sectors`);
		}
	});

	it("counts with a pointer that is on the partition, and a snapshot that fits into the area", () => {
		ok(counts((header) => u16(header, 24, geometry.dataSectors - 1)));
		ok(!counts((header) => u16(header, 24, geometry.dataSectors)));
		const most = geometry.areaLength - 96;
		ok(counts((header) => u16(header, 16, most)));
		ok(!counts((header) => u16(header, 16, most + 1)));
	});

	it("counts in format 2 only where the format is sure, and of one that was never there not at all", () => {
		ok(!counts(({ bytes }) => (bytes[5] = 0xfc)), "not sure of format 2");
		ok(!counts(({ bytes }) => bytes.set([0, 0xff], 4)), "format 0");
		ok(!counts(({ bytes }) => bytes.set([3, 0xff], 4)), "not sure of format 3");
		const error = throws(() => counts(({ bytes }) => bytes.set([3, 0xfc], 4))) as Error;
		ok(error instanceof NewerFormatError);
		ok(error.message.includes("formats 1 to 2"));
	});

	it("counts where one of the two is whole, though the other looks like a newer format for two damaged bytes", () => {
		for (const at of [0, 32]) {
			const header = whole();
			header.bytes.set([3, 0xfc], at + 4);
			ok(header.parse(), `at ${at}`);
			deepEqual(fieldsOf(header), expected);
		}
	});

	it("counts only where it says whose it is, and says nothing of a newer format elsewhere", () => {
		for (let at = 0; at < 4; at++) ok(!counts(({ bytes }) => bytes.set([bytes[at] ^ 1], at)), `byte ${at}`);
		ok(!counts(({ bytes }) => bytes.set([0x4c, 0x31, 0x50, 0x53, 3, 0xfc])));
		ok(!counts(({ bytes }) => bytes.set([0x4c, 0x31, 0x50, 0x53, 1])));
	});

	it("of format 1 counts at the start alone, with its first record at 32 and whatever stands at 5", () => {
		const header = whole();
		header.bytes.set([1, 0xff], 4);
		seal(header);
		ok(header.parse());
		deepEqual(fieldsOf(header), [1, ...expected.slice(1, 6), 32]);
		const second = whole();
		second.bytes.fill(0xff, 0, 32);
		second.bytes.set([1, 0xff], 32 + 4);
		seal(second, 32);
		ok(!second.parse());
		// Its snapshot may be longer by what the second header and the marks take.
		const most = geometry.areaLength - 32;
		for (const length of [most, most + 1]) {
			const fits = counts((old) => {
				old.bytes.set([1, 0xff], 4);
				u16(old, 16, length);
			});
			equal(fits, length === most);
		}
	});

	it("of format 1 is marked when its last byte is programmed", () => {
		for (const [mark, marked] of [
			[0xff, false],
			[0x00, true],
			[0x7f, true],
		] as const) {
			const header = whole();
			header.bytes[31] = mark;
			ok(header.parse());
			equal(header.marked, marked);
		}
	});
});

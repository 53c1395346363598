import { crc32 } from "../../../modules/bytes/bytes.js";
import type { FlashPort } from "../../../modules/storage/flash-port.js";
import { Geometry } from "../../../modules/storage/geometry.js";
import { JournalRecord } from "../../../modules/storage/record.js";
import { SavedSettings } from "../../../modules/storage/saved-settings.js";
import { END, Sectors } from "../../../modules/storage/sectors.js";
import { deepEqual, equal, ok } from "../../support/assert.js";
import { ascii } from "../../support/store.js";

const GENERATION = 7;
const SEQUENCE = 0x01020304;
/** Nothing but the K1's measures. */
const K1 = { status: () => ({ size: 1248 * 4096, blocks: 1248, blockLength: 4096 }) } as FlashPort;
const record = new JournalRecord(new Geometry(K1));
const sectors = new Sectors(1216, 32);
const NAME = ascii("--a name of 32 bytes, not one more--");

/** Writes a PUT of so many bytes whose sectors are 3, 4, 5 and so on. */
function put(size: number, nameLength: number): number {
	const count = Math.ceil(size / 4096);
	for (let i = 0; i < count; i++) sectors.next[3 + i] = i === count - 1 ? END : 4 + i;
	return record.encodePut(GENERATION, SEQUENCE, NAME, 2, 2 + nameLength, size, 0xfedcba98, 77, 3, sectors.next);
}

function settings(nameLength: number): number {
	const saved = new SavedSettings();
	saved.brightness = 9;
	saved.gamma = 220;
	saved.setName(NAME, 2, 2 + nameLength);
	return record.encodeSettings(GENERATION, SEQUENCE, saved, true);
}

function lease(): number {
	sectors.turn = 0x11223344;
	sectors.leaseFirst = 40;
	sectors.leaseSpan = 16;
	sectors.open.set([41, 42, 43, 44]);
	return record.encodeLease(GENERATION, SEQUENCE, sectors);
}

/** One of each type. */
const WRITTEN: Readonly<Record<string, () => number>> = {
	PUT: () => put(8193, 6),
	DELETE: () => record.encodeDelete(GENERATION, SEQUENCE, 12),
	MOVE: () => record.encodeMove(GENERATION, SEQUENCE, 12, 1, 99),
	LEASE: lease,
	ERASE: () => record.encodeErase(GENERATION, SEQUENCE, 5, 8),
	SETTINGS: () => settings(4),
	WEAR: () => record.encodeWear(GENERATION, SEQUENCE, Uint8Array.from([1, 2, 3, 4, 5, 6]), 1, 6),
};

/** Makes the record in the buffer whole with another length: what follows the fields is 0xFF. */
function seal(length: number): void {
	const view = new DataView(record.bytes.buffer);
	view.setUint16(6, length, true);
	view.setUint32(0, crc32(GENERATION, record.bytes, 4, length - 1), true);
}

/** Whether it is a record still when this byte of it is another one, and the CRC fits. */
function parsesWith(length: number, at: number, value: number): boolean {
	record.bytes[at] = value;
	seal(length);
	return record.parse(GENERATION, length);
}

describe("pattern store: records", () => {
	for (const [type, write] of Object.entries(WRITTEN)) {
		it(`${type} is whole in its own generation, all of it, and with no other length`, () => {
			const length = write();
			equal(length % 4, 0);
			ok(record.parse(GENERATION, length));
			equal(record.length, length);
			equal(record.sequence, SEQUENCE);
			ok(record.parse(GENERATION, record.bytes.length));
			ok(!record.parse(GENERATION, length - 1), "a byte is missing");
			ok(!record.parse(GENERATION + 1, length), "another generation");
			record.bytes.fill(0xff, length);
			// What a later firmware adds behind the name of SETTINGS may be passed over.
			for (const other of [length - 4, length + 4]) {
				seal(other);
				equal(record.parse(GENERATION, other), type === "SETTINGS" && other > length, `${other} bytes`);
			}
		});

		it(`${type} is none when any of its bytes changes but the mark`, () => {
			const length = write();
			for (let at = 0; at < length - 1; at++) {
				record.bytes[at] ^= 0x20;
				ok(!record.parse(GENERATION, length), `byte ${at}`);
				record.bytes[at] ^= 0x20;
			}
			equal(record.bytes[length - 1], 0xff);
			ok(record.parse(GENERATION, length) && !record.marked);
			record.bytes[length - 1] = 0x10;
			ok(record.parse(GENERATION, length) && record.marked);
		});
	}

	it("tell what was written", () => {
		ok(record.parse(GENERATION, put(8193, 6)));
		deepEqual([record.size, record.crc, record.turn, record.sectors], [8193, 0xfedcba98, 77, 3]);
		deepEqual([record.sector(0), record.sector(1), record.sector(2)], [3, 4, 5]);
		deepEqual(record.bytes.slice(record.nameStart, record.nameEnd), ascii("a name"));
		for (const write of [WRITTEN.DELETE, WRITTEN.MOVE]) {
			ok(record.parse(GENERATION, write()));
			equal(record.target, 12);
		}
		deepEqual([record.u16(16), record.u16(18)], [1, 99]);
		ok(record.parse(GENERATION, WRITTEN.LEASE()));
		deepEqual(
			[record.turn, record.u16(16), record.u16(18), record.u16(20), record.u16(26)],
			[0x11223344, 40, 16, 41, 44],
		);
		ok(record.parse(GENERATION, WRITTEN.ERASE()));
		deepEqual([record.u16(12), record.sectors], [5, 8]);
		ok(record.parse(GENERATION, WRITTEN.WEAR()));
		deepEqual([record.u16(12), record.sectors], [1, 5]);
		deepEqual(record.bytes.slice(record.nameStart, record.nameEnd), Uint8Array.from([2, 3, 4, 5, 6]));
	});

	it("of settings have a name of up to 32 bytes, an empty one, or the one before", () => {
		for (const nameLength of [0, 4, 32]) {
			ok(record.parse(GENERATION, settings(nameLength)));
			ok(record.named);
			deepEqual(record.bytes.slice(record.nameStart, record.nameEnd), NAME.slice(2, 2 + nameLength));
		}
		deepEqual([record.bytes[12], record.bytes[13], record.u16(14)], [1, 9, 220]);
		ok(record.parse(GENERATION, record.encodeSettings(GENERATION, SEQUENCE, new SavedSettings(), false)));
		ok(!record.named);
		equal(record.nameEnd, record.nameStart);
		record.bytes.fill(0xff, 52);
		settings(32);
		ok(parsesWith(60, 5, 32));
		ok(!parsesWith(60, 5, 33), "a name of 33 bytes");
	});

	it("of patterns have 1 to 524,288 bytes, and names of 1 to 32", () => {
		ok(record.parse(GENERATION, put(524_288, 32)));
		equal(record.sectors, 128);
		ok(!record.parse(GENERATION, put(524_289, 32)), "too large");
		ok(!record.parse(GENERATION, put(1, 33)), "the name is too long");
		ok(!record.parse(GENERATION, put(1, 0)), "no name");
		ok(record.parse(GENERATION, put(1, 1)));
		sectors.next[3] = END;
		const empty = record.encodePut(GENERATION, SEQUENCE, NAME, 0, 4, 0, 0, 0, END, sectors.next);
		ok(!record.parse(GENERATION, empty), "empty");
	});

	it("of no type that is known are none", () => {
		const length = WRITTEN.DELETE();
		ok(parsesWith(length, 4, 0x44));
		for (const type of [0x00, 0x43, 0x58, 0xff]) ok(!parsesWith(length, 4, type), `type ${type}`);
	});

	it("fill up with 0xFF to a multiple of four whose last byte is the mark", () => {
		for (const [nameLength, length] of [
			[1, 28],
			[2, 32],
			[5, 32],
			[6, 36],
		] as const) {
			record.bytes.fill(0x55);
			equal(put(1, nameLength), length);
			const rest = record.bytes.subarray(26 + nameLength, length);
			ok(rest.length >= 1 && rest.every((byte) => byte === 0xff));
			equal(record.bytes[length], 0x55);
		}
	});
});

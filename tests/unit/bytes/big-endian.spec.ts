import { readU16, readU32, writeU16, writeU32, writeWords } from "../../../modules/bytes/bytes.js";
import { equal, throws } from "../../support/assert.js";
import { toHex } from "../../support/hex.js";

const isRangeError = (error: unknown) => error instanceof RangeError;

describe("big-endian numbers", () => {
	it("are written and read", () => {
		const bytes = new Uint8Array(6);
		for (const value of [0, 1, 0x7fffffff, 0x80000000, 0xffffffff, 0x01020304]) {
			equal(writeU32(bytes, 1, value), 5);
			equal(readU32(bytes, 1), value);
		}
		equal(toHex(bytes), "000102030400");
	});

	it("of 16 bits have a ceiling", () => {
		const bytes = new Uint8Array(4);
		writeU16(bytes, 0, 0x1234);
		writeU16(bytes, 2, 70_000);
		equal(toHex(bytes), "1234ffff");
	});

	it("of 16 bits are read", () => {
		equal(readU16(new Uint8Array([9, 0xfe, 0xdc]), 1), 0xfedc);
	});

	it("are written one behind the other", () => {
		const bytes = new Uint8Array(14);
		equal(writeWords(bytes, 1, 0xffffffff, 1, 0x01020304), 13);
		equal(toHex(bytes), "00ffffffff000000010102030400");
		equal(writeWords(bytes, 2), 2);
	});

	it("are cut to whole ones of 32 bits", () => {
		const bytes = new Uint8Array(4);
		for (const [value, held] of [
			[1.9, 1],
			[2 ** 32 + 5, 5],
			[-1, 0xffffffff],
			[Number.NaN, 0],
			[Number.POSITIVE_INFINITY, 0],
		]) {
			writeU32(bytes, 0, value);
			equal(readU32(bytes, 0), held);
		}
	});

	it("are refused outside the bytes, and nothing is written", () => {
		const bytes = new Uint8Array(7);
		throws(() => readU16(bytes, 6), isRangeError);
		throws(() => readU32(bytes, 4), isRangeError);
		throws(() => writeU16(bytes, 6, 1), isRangeError);
		throws(() => writeU32(bytes, 4, 1), isRangeError);
		throws(() => writeU32(bytes, -1, 1), isRangeError);
		throws(() => writeWords(bytes, 0, 1, 2), isRangeError);
		equal(toHex(bytes), "00000000000000");
	});
});

import { readU32, writeU16, writeU32 } from "../../../modules/core/big-endian.js";
import { equal } from "../../support/assert.js";
import { toHex } from "../../support/hex.js";

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
});

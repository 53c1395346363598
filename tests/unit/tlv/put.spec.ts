import { BEGIN_INVALID, END_INVALID, NAME_INVALID, type Refusal, RefusedError } from "../../../modules/core/errors.js";
import { NOT_GIVEN, parsePutBegin, parsePutEnd } from "../../../modules/tlv/put.js";
import { deepEqual, equal, ok, throws } from "../../support/assert.js";
import { hex } from "../../support/hex.js";

function refuses(run: () => unknown, refusal: Refusal): void {
	throws(run, (error) => error instanceof RefusedError && error.refusal === refusal);
}

describe("PUT_BEGIN", () => {
	function parse(value: string): ReturnType<typeof parsePutBegin> {
		const message = hex(`10 0000 ${value}`);
		return parsePutBegin(message, message.length);
	}

	it("is a name", () => deepEqual(parse("74657374"), { nameEnd: 7, size: NOT_GIVEN, crc: NOT_GIVEN }));

	it("may leave out what no number can stand for", () => ok(NOT_GIVEN < 0));

	it("is a name and a size", () => {
		deepEqual(parse("74657374 00 0007d000"), { nameEnd: 7, size: 512_000, crc: NOT_GIVEN });
	});

	it("is a name, a size and a CRC-32", () => {
		deepEqual(parse("74 00 ffffffff cbf43926"), { nameEnd: 4, size: 0xffffffff, crc: 0xcbf43926 });
	});

	it("has no other length after the NUL", () => {
		for (const rest of ["", "00", "000000", "0000000001", "00000000000000", "000000000000000000"]) {
			refuses(() => parse(`7400${rest}`), BEGIN_INVALID);
		}
	});

	it("has a good name", () => {
		for (const value of ["", "00 00000001", "2e61", "61 20", "612f62"]) refuses(() => parse(value), NAME_INVALID);
	});
});

describe("PUT_END", () => {
	it("is empty or a CRC-32", () => {
		equal(parsePutEnd(hex("120000"), 3), NOT_GIVEN);
		equal(parsePutEnd(hex("120004 cbf43926"), 7), 0xcbf43926);
	});

	it("is nothing else", () => {
		for (const digits of ["120001 00", "120003 000000", "120005 0000000000"]) {
			const message = hex(digits);
			refuses(() => parsePutEnd(message, message.length), END_INVALID);
		}
	});
});

import { crc32, crc32Combine } from "../../../modules/bytes/bytes.js";
import { equal, throws } from "../../support/assert.js";
import { latin1 } from "../../support/latin1.js";

const DIGITS = latin1("123456789");

describe("CRC-32", () => {
	it("is 0 for nothing", () => equal(crc32(0, DIGITS, 4, 4), 0));
	it("has the check value of the IEEE polynomial", () => equal(crc32(0, DIGITS, 0, 9), 0xcbf43926));
	it("is never negative", () => equal(crc32(0, latin1("a"), 0, 1), 0xe8b7be43));

	it("goes on from any split", () => {
		for (let i = 0; i <= 9; i++) equal(crc32(crc32(0, DIGITS, 0, i), DIGITS, i, 9), 0xcbf43926);
	});

	it("starts at any offset and ends at any length", () => {
		const bytes = new Uint8Array(64);
		for (let offset = 0; offset < 9; offset++) {
			bytes.fill(0xaa);
			bytes.set(DIGITS, offset);
			equal(crc32(0, bytes, offset, offset + 9), 0xcbf43926);
		}
	});

	it("takes the array's own offset into its buffer into account", () => {
		const buffer = new Uint8Array(20);
		buffer.set(DIGITS, 7);
		equal(crc32(0, new Uint8Array(buffer.buffer, 7, 9), 0, 9), 0xcbf43926);
	});

	it("combines two CRCs from any split", () => {
		for (let i = 0; i <= 9; i++) {
			equal(crc32Combine(crc32(0, DIGITS, 0, i), crc32(0, DIGITS, i, 9), 9 - i), 0xcbf43926);
		}
	});

	it("combines across a long second part", () => {
		const zeros = new Uint8Array(1000);
		let long = crc32(0, DIGITS, 0, 9);
		let second = 0;
		for (let i = 0; i < 70; i++) {
			long = crc32(long, zeros, 0, 1000);
			second = crc32(second, zeros, 0, 1000);
		}
		equal(crc32Combine(0xcbf43926, second, 70_000), long);
	});

	it("refuses ranges outside the bytes", () => {
		for (const [start, end] of [
			[0, 10],
			[-1, 3],
			[5, 4],
			[10, 10],
			[0, 0x1_0000_0000],
		]) {
			throws(
				() => crc32(0, DIGITS, start, end),
				(error) => error instanceof RangeError,
			);
		}
	});
});

import { unmask } from "../../../modules/bytes/bytes.js";
import { deepEqual, equal, throws } from "../../support/assert.js";
import { hex } from "../../support/hex.js";

const MASK = hex("ff 37 fa 21 3d ff");

/** What the natives must do, byte by byte. */
function expected(length: number, start: number, end: number, phase: number): Uint8Array {
	const bytes = ramp(length);
	for (let i = start; i < end; i++) bytes[i] ^= MASK[1 + ((phase + i - start) & 3)];
	return bytes;
}

function ramp(length: number): Uint8Array {
	return new Uint8Array(length).map((_, i) => i * 7);
}

describe("unmasking", () => {
	it("reads RFC 6455's masked Hello (5.7)", () => {
		const bytes = hex("7f 9f 4d 51 58");
		equal(unmask(bytes, 0, 5, MASK, 1, 0), 1);
		deepEqual(bytes, hex("48 65 6c 6c 6f"));
	});

	it("is right at every offset, length and phase", () => {
		for (let start = 0; start < 5; start++) {
			for (let length = 0; length < 11; length++) {
				for (let phase = 0; phase < 4; phase++) {
					const bytes = ramp(17);
					equal(unmask(bytes, start, start + length, MASK, 1, phase), (phase + length) & 3);
					deepEqual(bytes, expected(17, start, start + length, phase));
				}
			}
		}
	});

	it("carries the phase over pieces", () => {
		const bytes = ramp(40);
		let phase = 2;
		for (const [start, end] of [
			[1, 2],
			[2, 2],
			[2, 5],
			[5, 24],
			[24, 39],
		]) {
			phase = unmask(bytes, start, end, MASK, 1, phase);
		}
		equal(phase, 0);
		deepEqual(bytes, expected(40, 1, 39, 2));
	});

	it("takes the arrays' own offsets into account", () => {
		const buffer = ramp(40);
		unmask(new Uint8Array(buffer.buffer, 3, 30), 2, 29, new Uint8Array(MASK.buffer, 1, 4), 0, 3);
		deepEqual(buffer, expected(40, 5, 32, 3));
	});

	it("refuses ranges outside the bytes and masks under 4 bytes, and changes nothing", () => {
		const bytes = ramp(8);
		for (const run of [
			() => unmask(bytes, 0, 9, MASK, 0, 0),
			() => unmask(bytes, -1, 8, MASK, 0, 0),
			() => unmask(bytes, 5, 4, MASK, 0, 0),
			() => unmask(bytes, 0, 8, MASK, 3, 0),
			() => unmask(bytes, 0, 8, MASK, -1, 0),
		]) {
			throws(run, (error) => error instanceof RangeError);
		}
		deepEqual(bytes, ramp(8));
	});
});

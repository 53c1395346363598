import { wholeMessage, writeHeader } from "../../../modules/websocket/headers.js";
import { BINARY, TEXT } from "../../../modules/websocket/opcodes.js";
import { deepEqual, equal, throws } from "../../support/assert.js";
import { maskedFrame } from "../../support/client-frames.js";
import { hex } from "../../support/hex.js";

function isRangeError(error: unknown): boolean {
	return error instanceof RangeError;
}

describe("a server's frame header", () => {
	const HEADERS: [length: number, header: string][] = [
		[0, "82 00"],
		[1, "82 01"],
		[125, "82 7d"],
		[126, "82 7e 007e"],
		[4096, "82 7e 1000"],
		[65_535, "82 7e ffff"],
		[65_536, "82 7f 00000000 00010000"],
		[0xfedcba98, "82 7f 00000000 fedcba98"],
		[0x1_2345_6789_abcd, "82 7f 00012345 6789abcd"],
	];
	for (const [length, header] of HEADERS) {
		it(`for ${length} bytes`, () => {
			const bytes = new Uint8Array(14).fill(0xee);
			const start = writeHeader(bytes, 12, BINARY, true, length);
			deepEqual(bytes.slice(start, 12), hex(header));
			deepEqual(bytes.slice(0, start), new Uint8Array(start).fill(0xee));
			equal(bytes[12], 0xee);
		});
	}

	it("without FIN for a fragment", () => {
		const bytes = new Uint8Array(2);
		writeHeader(bytes, 2, TEXT, false, 3);
		deepEqual(bytes, hex("01 03"));
	});

	it("fits exactly where the bytes start and end", () => {
		const bytes = new Uint8Array(2);
		equal(writeHeader(bytes, 2, BINARY, true, 125), 0);
		deepEqual(bytes, hex("827d"));
	});

	it("needs its room, and says so", () => {
		for (const [start, length] of [
			[1, 5],
			[3, 126],
			[9, 65_536],
		]) {
			throws(
				() => writeHeader(new Uint8Array(16), start, BINARY, true, length),
				(error) => error instanceof RangeError && error.message.includes("no room"),
			);
		}
	});

	it("ends inside the bytes", () => {
		throws(() => writeHeader(new Uint8Array(16), 17, BINARY, true, 5), isRangeError);
	});

	it("is for a length that is one", () => {
		const bytes = new Uint8Array(16);
		for (const length of [-1, Number.NaN, 2 ** 53, Number.POSITIVE_INFINITY]) {
			throws(() => writeHeader(bytes, 12, BINARY, true, length), isRangeError);
		}
		deepEqual(bytes, new Uint8Array(16));
		equal(writeHeader(bytes, 12, BINARY, true, 2 ** 53 - 1), 2);
		deepEqual(bytes.slice(2, 12), hex("82 7f 001fffff ffffffff"));
	});
});

describe("a whole binary message is told", () => {
	const KEY = hex("a1b2c3d4");
	/** Payloads of 0 to 300 bytes are parts of this. */
	const payload = new Uint8Array(300).map((_, i) => 7 * i + 1);
	const block = new Uint8Array(301);

	beforeEach(() => block.fill(0xee));

	/** What is found of the first n bytes, where the block has `room` bytes. */
	function found(bytes: Uint8Array, n = bytes.length, room = 300): number {
		return wholeMessage(bytes, n, block.subarray(0, room));
	}

	/** Checks that nothing was written to the block from there on. */
	function untouched(start = 0): void {
		for (let i = start; i < block.length; i++) equal(block[i], 0xee);
	}

	/** The header of a message, with room behind it. */
	function header(digits: string): Uint8Array {
		const bytes = new Uint8Array(200);
		bytes.set(hex(digits));
		return bytes;
	}

	it("by its header alone", () => {
		equal(found(header("82 80"), 6), 0);
		equal(found(header("82 81"), 6), 1);
		equal(found(header("82 fd"), 6), 125);
		equal(found(header("82 fe 007e"), 8), 126);
		equal(found(header("82 fe 0100"), 8), 256);
		equal(found(header("82 fe ffff"), 8), 65_535);
		untouched();
	});

	it("whatever lies behind the header", () => {
		equal(found(hex("82 83 a1b2c3d4 ffffffff"), 6), 3);
		equal(found(hex("82 fe 1000 a1b2c3d4 ffffffff"), 8), 4096);
		untouched();
	});

	for (const length of [1, 2, 3, 4, 5, 124, 125, 126, 127, 256, 300]) {
		it(`with its payload of ${length} bytes, which goes into the block unmasked`, () => {
			const sent = payload.subarray(0, length);
			equal(found(maskedFrame(0x82, sent, KEY)), length);
			deepEqual(block.subarray(0, length), sent);
			untouched(length);
		});
	}

	it("with a payload that just fits the block", () => {
		for (const length of [5, 126]) {
			equal(
				found(maskedFrame(0x82, payload.subarray(0, length), KEY), length + (length < 126 ? 6 : 8), length),
				length,
			);
			untouched(length);
		}
	});

	it("not with one that does not", () => {
		for (const length of [1, 5, 126]) {
			equal(
				found(maskedFrame(0x82, payload.subarray(0, length), KEY), length + (length < 126 ? 6 : 8), length - 1),
				-1,
			);
		}
		untouched();
	});

	it("not with part of a payload, nor with a byte of what comes next", () => {
		for (const length of [2, 5, 126]) {
			const frame = maskedFrame(0x82, payload.subarray(0, length), KEY);
			const more = new Uint8Array(frame.length + 1);
			more.set(frame);
			equal(found(more, frame.length), length);
			block.fill(0xee);
			equal(found(more, frame.length - 1), -1);
			equal(found(more, frame.length + 1), -1);
			untouched();
		}
	});

	it("not by less than its header", () => {
		const short = maskedFrame(0x82, payload.subarray(0, 2), KEY);
		for (let n = 0; n < 6; n++) equal(found(short, n), -1);
		const long = maskedFrame(0x82, payload.subarray(0, 126), KEY);
		for (let n = 0; n < 8; n++) equal(found(long, n), -1);
		equal(found(hex("82")), -1);
		equal(found(new Uint8Array(0)), -1);
		untouched();
	});

	it("not by another first byte", () => {
		for (let first = 0; first < 0x100; first++) {
			equal(found(maskedFrame(first, payload.subarray(0, 1), KEY)), first === 0x82 ? 1 : -1);
		}
	});

	it("not without a mask", () => {
		for (const digits of ["82 00", "82 03", "82 7d"]) equal(found(header(digits), 6), -1);
		for (const digits of ["82 7e 007e", "82 7e ffff"]) equal(found(header(digits), 8), -1);
		untouched();
	});

	it("not where its length is not written as short as it can be", () => {
		for (const digits of ["82 fe 0000", "82 fe 0001", "82 fe 007d"]) equal(found(header(digits), 8), -1);
		equal(found(hex("82 fe 0001 a1b2c3d4 a0")), -1);
		untouched();
	});

	it("not with a length of 64 bits", () => {
		for (const n of [6, 8, 14]) {
			equal(found(header("82 ff 00000000 00010000"), n), -1);
			equal(found(header("82 ff 01000000 00000000"), n), -1);
		}
		untouched();
	});

	it("from bytes that are there", () => {
		throws(() => found(hex("82 83 a1b2c3d4 010203"), 10), isRangeError);
		throws(() => found(hex("82 83 a1b2c3"), 6), isRangeError);
		throws(() => found(hex("82 83 a1b2c3d4"), -1), isRangeError);
		untouched();
	});
});

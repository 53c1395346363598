import { Endpoint } from "../../../modules/websocket/endpoint.js";
import { deepEqual, equal, ok } from "../../support/assert.js";
import { counted, lengths, message, read } from "../../support/endpoint-reads.js";

describe("a payload is read in pieces that end at 2,048 bytes", () => {
	const endpoint = new Endpoint();
	const OFFSET = 16;
	let buffer: Uint8Array;

	/** Opens a connection with a block of so many bytes. */
	function open(size: number): void {
		buffer = new Uint8Array(OFFSET + size);
		endpoint.open(buffer.subarray(OFFSET), 10_000);
	}

	/** Lengths of the views for the payloads of these frames: no header is as long. */
	function pieces(bytes: Uint8Array): number[] {
		return lengths(endpoint, bytes).filter((length) => length > 8);
	}

	const WHOLE: [block: number, length: number, pieces: number[]][] = [
		[4096, 2047, [2047]],
		[4096, 2048, [2048]],
		[4096, 2060, [2048, 12]],
		[4096, 3000, [2048, 952]],
		[4096, 4096, [2048, 2048]],
		[4096, 5000, [2048, 2048, 904]],
		[4096, 7000, [2048, 2048, 2048, 856]],
		[3000, 5500, [2048, 952, 2048, 452]],
		[2048, 3000, [2048, 952]],
		[2047, 3000, [2047, 953]],
		[1000, 2060, [1000, 1000, 60]],
	];
	for (const [block, length, expected] of WHOLE) {
		it(`of ${length} bytes into a block of ${block}`, () => {
			open(block);
			deepEqual(pieces(message(length)), expected);
			// What came last lies at the block's start.
			const last = length % block || block;
			deepEqual(buffer.subarray(OFFSET, OFFSET + last), counted(last, length - last));
			equal(endpoint.end, last);
		});
	}

	it("wherever its fragments begin", () => {
		open(4096);
		deepEqual(pieces(message(100, 0x02)), [100]);
		deepEqual(pieces(message(3000, 0x00)), [1948, 1052]);
		deepEqual(pieces(message(900, 0x80)), [900]);
		equal(endpoint.end, 4000);
		deepEqual(pieces(message(2048, 0x02)), [2048]);
		deepEqual(pieces(message(1000, 0x80)), [1000]);
		equal(endpoint.end, 3048);
		deepEqual(pieces(message(2047, 0x02)), [2047]);
		deepEqual(lengths(endpoint, message(12, 0x80), false), [6, 1, 11]);
	});

	it("into the same two views, message after message", () => {
		open(4096);
		const first = read(endpoint, message(3000)).views.slice(-2);
		const second = read(endpoint, message(3000)).views.slice(-2);
		for (const [i, at] of [OFFSET, OFFSET + 2048].entries()) {
			equal(first[i].byteOffset, at);
			equal(second[i], first[i]);
		}
	});

	it("each into its place, though both are alike", () => {
		open(4096);
		const [one, other] = read(endpoint, message(4096)).views.slice(-2);
		deepEqual([one.byteOffset, one.length], [OFFSET, 2048]);
		deepEqual([other.byteOffset, other.length], [OFFSET + 2048, 2048]);
		ok(one.buffer === buffer.buffer && other.buffer === buffer.buffer);
		deepEqual(buffer.subarray(OFFSET), counted(4096));
	});

	it("into the new block on the next connection", () => {
		open(4096);
		read(endpoint, message(3000));
		const before = buffer;
		before.fill(0);
		open(4096);
		read(endpoint, message(3000));
		deepEqual(buffer.subarray(OFFSET, OFFSET + 3000), counted(3000));
		deepEqual(before, new Uint8Array(before.length));
	});
});

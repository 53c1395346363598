import { Endpoint } from "../../../modules/websocket/endpoint.js";
import { writeHeader } from "../../../modules/websocket/headers.js";
import { BINARY, CONTINUATION, PING, TEXT } from "../../../modules/websocket/opcodes.js";
import { Output } from "../../../modules/websocket/output.js";
import { deepEqual, equal, ok, throws } from "../../support/assert.js";
import { hex } from "../../support/hex.js";
import { latin1 } from "../../support/latin1.js";

/** Writes all that is pending, `room` bytes at a time; checks that no view is longer. */
function written(output: Output, room = 1000): Uint8Array {
	const bytes: number[] = [];
	const sink = {
		write(view: Uint8Array): number {
			ok(view.length > 0 && view.length <= room);
			for (const byte of view) bytes.push(byte);
			return 0;
		},
	};
	while (output.pending) output.write(sink, room);
	return Uint8Array.from(bytes);
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

	it("needs its room", () => {
		for (const [start, length] of [
			[1, 5],
			[3, 126],
			[9, 65_536],
		]) {
			throws(
				() => writeHeader(new Uint8Array(16), start, BINARY, true, length),
				(error) => error instanceof RangeError,
			);
		}
	});
});

describe("sending", () => {
	const endpoint = new Endpoint();

	beforeEach(() => endpoint.open(new Uint8Array(8), 64));

	it("puts the header before the payload and copies nothing", () => {
		const buffer = latin1("0123456789");
		equal(endpoint.send(BINARY, true, buffer, 4, 7), true);
		deepEqual(buffer, hex("3031 8203 343536 373839"));
		deepEqual(written(endpoint.output), hex("8203 343536"));
	});

	it("sends a message in fragments", () => {
		const buffer = latin1("..abc");
		endpoint.send(TEXT, false, buffer, 2, 5);
		deepEqual(written(endpoint.output), hex("0103 616263"));
		endpoint.send(CONTINUATION, true, buffer, 2, 2);
		deepEqual(written(endpoint.output), hex("8000"));
	});

	it("takes no second frame while one is pending", () => {
		equal(endpoint.send(BINARY, true, latin1("..abc"), 2, 5), true);
		equal(endpoint.send(BINARY, true, latin1("..def"), 2, 5), false);
		deepEqual(written(endpoint.output), hex("8203 616263"));
	});

	it("puts short frames behind what is pending, in order", () => {
		endpoint.send(BINARY, true, latin1("..abc"), 2, 5);
		equal(endpoint.sendSmall(BINARY, latin1("xdefx"), 1, 4), true);
		equal(endpoint.ping(), true);
		endpoint.close(1000);
		for (const room of [1, 4]) {
			const again = new Endpoint();
			again.open(new Uint8Array(8), 64);
			again.send(BINARY, true, latin1("..abc"), 2, 5);
			again.sendSmall(BINARY, latin1("xdefx"), 1, 4);
			again.ping();
			again.close(1000);
			deepEqual(written(again.output, room), hex("8203 616263 8203 646566 8900 8802 03e8"));
		}
		deepEqual(written(endpoint.output), hex("8203 616263 8203 646566 8900 8802 03e8"));
	});

	it("takes more short frames between two writes", () => {
		endpoint.sendSmall(BINARY, latin1("abc"), 0, 3);
		const start: number[] = [];
		endpoint.output.write({ write: (view) => start.push(...view) * 0 }, 2);
		endpoint.sendSmall(BINARY, latin1("def"), 0, 3);
		deepEqual(Uint8Array.from(start), hex("8203"));
		deepEqual(written(endpoint.output), hex("616263 8203 646566"));
	});

	it("keeps room for an ERROR frame, a pong and the close frame", () => {
		equal(endpoint.sendSmall(BINARY, new Uint8Array(104), 0, 104), true);
		equal(endpoint.sendSmall(PING, new Uint8Array(125), 0, 125), true);
		equal(endpoint.ping(), false);
		endpoint.close(1008, "x".repeat(123));
		equal(written(endpoint.output).length, 106 + 127 + 127);
	});

	it("has no short frame of 126 bytes", () => {
		equal(endpoint.sendSmall(BINARY, new Uint8Array(126), 0, 126), false);
		equal(endpoint.output.pending, false);
	});

	it("ends with the close frame", () => {
		endpoint.close(1013, "later");
		deepEqual(written(endpoint.output), hex("8807 03f5 6c61746572"));
		endpoint.close(1000);
		equal(endpoint.send(BINARY, true, new Uint8Array(4), 2, 4), false);
		equal(endpoint.sendSmall(BINARY, new Uint8Array(4), 2, 4), false);
		equal(endpoint.ping(), false);
		equal(endpoint.output.pending, false);
	});

	it("writes a close reason as UTF-8", () => {
		endpoint.close(1000, "tschüss");
		deepEqual(written(endpoint.output), hex("880a 03e8 74736368c3bc7373"));
	});

	it("writes a close frame without a code for 1005", () => {
		endpoint.close(1005);
		deepEqual(written(endpoint.output), hex("8800"));
	});

	it("refuses a close reason over 123 bytes, and can still close", () => {
		throws(
			() => endpoint.close(1000, "ü".repeat(62)),
			(error) => error instanceof RangeError,
		);
		throws(
			() => endpoint.close(1000, "x".repeat(500)),
			(error) => error instanceof RangeError,
		);
		equal(endpoint.output.pending, false);
		endpoint.close(1000, "ü".repeat(61));
		equal(written(endpoint.output).length, 126);
	});
});

describe("output", () => {
	it("is written in pieces that fit, the long range first", () => {
		for (let room = 1; room < 9; room++) {
			const output = new Output(new Uint8Array(8));
			equal(output.queue(latin1("..long.."), 2, 6), true);
			equal(output.append(latin1("short"), 0, 5), true);
			deepEqual(written(output, room), latin1("longshort"));
		}
	});

	it("goes on writing as long as there is room", () => {
		const output = new Output(new Uint8Array(8));
		output.queue(latin1("long"), 0, 4);
		output.append(latin1("short"), 0, 5);
		const sizes: number[] = [];
		let room = 20;
		const left = output.write(
			{
				write(view) {
					sizes.push(view.length);
					room -= view.length;
					return room;
				},
			},
			room,
		);
		deepEqual(sizes, [4, 5]);
		equal(left, 11);
		equal(output.pending, false);
	});

	it("writes nothing without room", () => {
		const output = new Output(new Uint8Array(8));
		output.append(latin1("a"), 0, 1);
		equal(output.write({ write: () => 5 }, 0), 0);
		equal(output.pending, true);
	});

	it("has nothing pending after empty ranges", () => {
		const output = new Output(new Uint8Array(8));
		equal(output.queue(latin1("a"), 1, 1), true);
		equal(output.append(latin1("a"), 1, 1), true);
		equal(output.pending, false);
	});

	it("takes what fits its small buffer, and all of that again when it is written", () => {
		const output = new Output(new Uint8Array(4));
		equal(output.append(latin1("abc"), 0, 3), true);
		equal(output.append(latin1("de"), 0, 2), false);
		deepEqual(written(output), latin1("abc"));
		equal(output.append(latin1("defg"), 0, 4), true);
		output.reset();
		equal(output.pending, false);
	});
});

import { Endpoint } from "../../../modules/websocket/endpoint.js";
import { DATA, FAILED, MESSAGE, NONE, PING, TOO_BIG } from "../../../modules/websocket/events.js";
import { deepEqual, equal, ok } from "../../support/assert.js";
import { wire } from "../../support/client-frames.js";
import { counted, lengths, message, read } from "../../support/endpoint-reads.js";
import { hex } from "../../support/hex.js";

/** Parts of a client's stream, one behind the other. */
function stream(...parts: Uint8Array[]): Uint8Array {
	let length = 0;
	for (const part of parts) length += part.length;
	const bytes = new Uint8Array(length);
	let at = 0;
	for (const part of parts) {
		bytes.set(part, at);
		at += part.length;
	}
	return bytes;
}

describe("a header is read in one go when it is there", () => {
	const endpoint = new Endpoint();

	beforeEach(() => endpoint.open(new Uint8Array(8), 0x20000));

	it("of six bytes", () => deepEqual(lengths(endpoint, wire("82 83 m"), false), [6]));
	it("with the payload in a second read", () => {
		deepEqual(lengths(endpoint, wire("82 83 m 010203"), false), [6, 3]);
	});
	it("of eight bytes in two", () => deepEqual(lengths(endpoint, wire("82 fe 007e m"), false), [6, 2]));
	it("and byte by byte when it is not", () => {
		for (const patient of [false, true]) {
			endpoint.open(new Uint8Array(8), 64);
			deepEqual(lengths(endpoint, wire("82 83 m").subarray(0, 5), patient), [1, 1, 1, 1, 1]);
			deepEqual(lengths(endpoint, hex("00 010203"), patient), [1, 3]);
			equal(endpoint.end, 3);
		}
	});
	it("of eight bytes too when its end trickles in", () => {
		deepEqual(lengths(endpoint, wire("82 fe 007e m").subarray(0, 7)), [7]);
		equal(endpoint.wanted, 1);
		equal(endpoint.next(4).length, 1);
		equal(endpoint.next(4, true)?.length, 1);
		deepEqual(lengths(endpoint, hex("00")), [1]);
		equal(endpoint.length, 126);
		equal(endpoint.wanted, 8);
	});
	it("of fourteen bytes with its second part byte by byte", () => {
		deepEqual(lengths(endpoint, wire("82 ff 0000000000010000 m")), [6, 1, 1, 1, 1, 1, 1, 1, 1]);
		equal(endpoint.length, 0x10000);
	});
});

describe("a short message is read in one go with its header, by a patient reader", () => {
	const endpoint = new Endpoint();
	let block: Uint8Array;

	beforeEach(() => {
		block = new Uint8Array(20).fill(0xee);
		endpoint.open(block, 64);
	});

	for (let length = 0; length <= 5; length++) {
		it(`of ${length} bytes, where it is all that is there`, () => {
			const { views, events } = read(endpoint, message(length));
			equal(views.length, 1);
			equal(views[0].length, 6 + length);
			deepEqual(events, [DATA]);
			deepEqual(block.subarray(0, length), counted(length));
			equal(block[length], 0xee);
			equal(endpoint.end, length);
			equal(endpoint.length, length);
			equal(endpoint.final, true);
			equal(endpoint.discarded, false);
			equal(endpoint.early, 0);
			equal(endpoint.idle, true);
		});
	}

	it("but not one of six bytes, which would be twelve", () => deepEqual(lengths(endpoint, message(6)), [6, 6]));

	it("but not where more is there", () => {
		for (const next of [message(0), message(1), message(5), message(20)]) {
			deepEqual(lengths(endpoint, stream(message(5), next)).slice(0, 2), [6, 5]);
			endpoint.open(block, 64);
		}
	});

	it("but not by another reader", () => deepEqual(lengths(endpoint, message(5), false), [6, 5]));

	it("and the next one too, into the same view", () => {
		const { views } = read(endpoint, message(3));
		const again = read(endpoint, message(3));
		equal(again.views.length, 1);
		equal(again.views[0], views[0]);
		deepEqual(lengths(endpoint, message(5)), [11]);
		deepEqual(block.subarray(0, 5), counted(5));
	});

	it("of exactly the limit", () => {
		endpoint.open(block, 5);
		deepEqual(read(endpoint, message(5)).events, [DATA]);
		equal(endpoint.discarded, false);
		equal(endpoint.end, 5);
	});

	it("and is too big where it is over the limit", () => {
		endpoint.open(block, 4);
		deepEqual(read(endpoint, message(5)).events, [TOO_BIG, DATA]);
		equal(endpoint.discarded, true);
		equal(endpoint.end, 0);
	});

	it("and comes in blocks where it is longer than one", () => {
		endpoint.open(block.subarray(0, 3), 64);
		deepEqual(read(endpoint, message(5)).events, [DATA, DATA]);
		deepEqual(block.subarray(0, 4), hex("030402ee"));
		equal(endpoint.end, 2);
	});

	it("and is thrown away once a close frame is sent", () => {
		endpoint.close(1000);
		for (const length of [0, 1, 5]) deepEqual(read(endpoint, message(length)).events, []);
		equal(endpoint.idle, true);
	});

	it("inside another message it is refused", () => {
		deepEqual(read(endpoint, message(2, 0x02)).events, [MESSAGE]);
		deepEqual(read(endpoint, message(3)).events, [FAILED]);
	});

	it("as a text or a fragment it is announced", () => {
		deepEqual(read(endpoint, message(3, 0x81)).events, [MESSAGE, DATA]);
		deepEqual(read(endpoint, message(3, 0x02)).events, [MESSAGE]);
		deepEqual(read(endpoint, message(2, 0x80)).events, [DATA]);
		equal(endpoint.length, 5);
		deepEqual(block.subarray(0, 5), hex("0001020001"));
	});

	it("behind one that was thrown away it is not", () => {
		read(endpoint, wire("02 83 m 010203"));
		endpoint.discard();
		deepEqual(read(endpoint, wire("80 80 m")).events, [DATA]);
		equal(endpoint.discarded, true);
		deepEqual(read(endpoint, message(3)).events, [DATA]);
		equal(endpoint.discarded, false);
		equal(endpoint.end, 3);
	});

	it("behind a text it is binary", () => {
		read(endpoint, wire("81 81 m 61"));
		const { opcode } = endpoint;
		read(endpoint, message(3));
		ok(endpoint.opcode !== opcode);
	});

	it("makes no view for its payload: that of the message before serves the next", () => {
		endpoint.open(block, 5);
		const before = read(endpoint, message(4), false);
		deepEqual(lengths(endpoint, message(5)), [11]);
		deepEqual(lengths(endpoint, message(1)), [7]);
		const after = read(endpoint, message(4), false);
		equal(after.views.length, 2);
		equal(after.views[1], before.views[1]);
	});

	it("of a ping with what is there of the next frame, which waits for the rest", () => {
		const bytes = wire("89 80 m 82 83 00");
		const view = endpoint.next(bytes.length, true) as Uint8Array;
		equal(view.length, 9);
		view.set(bytes);
		equal(endpoint.received(9), PING);
		equal(endpoint.early, 3);
		equal(endpoint.absorb(), NONE);
		deepEqual(lengths(endpoint, wire("m 010203").subarray(1)), [1, 1, 1, 3]);
		equal(endpoint.end, 3);
	});
});

describe("the header behind a long message is read as a long one, by a patient reader", () => {
	const endpoint = new Endpoint();
	let block: Uint8Array;

	beforeEach(() => {
		block = new Uint8Array(300);
		endpoint.open(block, 300);
		deepEqual(lengths(endpoint, message(130)), [6, 2, 130]);
	});

	it("of a message of 126 bytes and more, in one go", () => {
		for (const length of [126, 127, 256, 300]) {
			const { views, events } = read(endpoint, message(length));
			deepEqual(
				views.map((view) => view.length),
				[8, length],
			);
			deepEqual(events, [DATA]);
			equal(endpoint.end, length);
			deepEqual(block.subarray(0, length), counted(length));
		}
	});

	it("though only some bytes of its payload are there", () => {
		const bytes = message(200);
		for (let there = 0; there <= 3; there++) {
			block.fill(0);
			deepEqual(lengths(endpoint, bytes.subarray(0, 8 + there)), [8 + there]);
			deepEqual(lengths(endpoint, bytes.subarray(8 + there)), [200 - there]);
			deepEqual(block.subarray(0, 200), counted(200));
		}
	});

	it("over the limit too", () => {
		endpoint.open(block, 200);
		read(endpoint, message(130));
		deepEqual(read(endpoint, message(201)).events, [TOO_BIG, DATA]);
		equal(endpoint.discarded, true);
	});

	it("also where a short message comes, part of which is taken with it", () => {
		deepEqual(lengths(endpoint, message(20)), [8, 18]);
		deepEqual(block.subarray(0, 20), counted(20));
		equal(endpoint.end, 20);
		// And the one behind that is short to begin with.
		deepEqual(lengths(endpoint, message(20)), [6, 20]);
	});

	it("also where two short ones come, the first of which is just as long", () => {
		deepEqual(read(endpoint, stream(message(2), message(9))).events, [DATA, DATA]);
		equal(endpoint.end, 9);
		deepEqual(block.subarray(0, 9), counted(9));
	});

	it("by no other reader", () => deepEqual(lengths(endpoint, message(200), false), [6, 2, 200]));

	it("nor on the next connection", () => {
		endpoint.open(block, 300);
		deepEqual(lengths(endpoint, message(130)), [6, 2, 130]);
	});
});

describe("a patient reader", () => {
	const endpoint = new Endpoint();

	beforeEach(() => endpoint.open(new Uint8Array(16), 64));

	it("waits for all of a binary payload", () => {
		read(endpoint, message(10).subarray(0, 6));
		equal(endpoint.next(9, true), undefined);
		equal(endpoint.next(1, true), undefined);
		equal(endpoint.next(10, true)?.length, 10);
		equal(endpoint.next(11, true)?.length, 10);
	});

	it("that has to go on takes what is there", () => {
		read(endpoint, message(10).subarray(0, 6));
		equal(endpoint.next(9).length, 9);
		equal(endpoint.next(9, false)?.length, 9);
	});

	it("waits for no text", () => {
		read(endpoint, wire("81 8a m"));
		equal(endpoint.next(9, true)?.length, 9);
	});

	it("waits for nothing that is thrown away", () => {
		read(endpoint, message(10).subarray(0, 6));
		endpoint.discard();
		equal(endpoint.next(9, true)?.length, 9);
	});

	it("waits for no ping", () => {
		read(endpoint, wire("89 8a m"));
		equal(endpoint.next(9, true)?.length, 9);
		equal(endpoint.next(11, true)?.length, 10);
	});
});

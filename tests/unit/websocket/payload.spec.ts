import { CLOSED, CLOSING, Endpoint, OPEN } from "../../../modules/websocket/endpoint.js";
import { CLOSE, DATA, FAILED, MESSAGE, NONE, PING, TOO_BIG } from "../../../modules/websocket/events.js";
import { BINARY, TEXT } from "../../../modules/websocket/opcodes.js";
import { deepEqual, equal, ok } from "../../support/assert.js";
import { maskedFrame, wire } from "../../support/client-frames.js";
import { hex } from "../../support/hex.js";

/** Gives bytes to an endpoint, as many as it wants; returns the events. The output goes nowhere. */
function feed(endpoint: Endpoint, bytes: Uint8Array, piece = bytes.length): number[] {
	const events: number[] = [];
	for (let i = 0; i < bytes.length && endpoint.wanted > 0; ) {
		const view = endpoint.next(Math.min(piece, bytes.length - i));
		ok(view.length > 0 && view.length <= Math.min(piece, endpoint.wanted));
		view.set(bytes.subarray(i, i + view.length));
		i += view.length;
		const event = endpoint.received(view.length);
		if (event !== NONE) events.push(event);
	}
	return events;
}

describe("payload goes to the block", () => {
	const endpoint = new Endpoint();
	let buffer: Uint8Array;

	beforeEach(() => {
		buffer = new Uint8Array(24).fill(0xee);
		endpoint.open(buffer.subarray(4, 20), 64);
	});

	it("at its start, and touches nothing around it", () => {
		feed(endpoint, maskedFrame(0x82, hex("00010203 04050607 08090a0b 0c0d0e0f"), hex("a1b2c3d4")));
		deepEqual(buffer, hex("eeeeeeee 00010203 04050607 08090a0b 0c0d0e0f eeeeeeee"));
		equal(endpoint.end, 16);
	});

	it("and is announced by its header where it is text or goes on", () => {
		deepEqual(feed(endpoint, wire("81 83 m")), [MESSAGE]);
		equal(endpoint.opcode, TEXT);
		endpoint.open(new Uint8Array(16), 64);
		deepEqual(feed(endpoint, wire("02 83 m")), [MESSAGE]);
	});

	it("and is not announced where it is binary and whole", () => {
		deepEqual(feed(endpoint, wire("82 83 m")), []);
		equal(endpoint.opcode, BINARY);
		equal(endpoint.length, 3);
		equal(endpoint.final, false);
		equal(endpoint.wanted, 3);
		deepEqual(feed(endpoint, hex("010203")), [DATA]);
		equal(endpoint.final, true);
		equal(endpoint.end, 3);
	});

	it("of one fragment behind that of the other", () => {
		deepEqual(feed(endpoint, wire("01 82 m 6162 00 81 m 63 80 82 m 6465")), [MESSAGE, DATA]);
		equal(endpoint.opcode, TEXT);
		equal(endpoint.length, 5);
		equal(endpoint.end, 5);
		deepEqual(buffer.slice(4, 9), hex("6162636465"));
	});

	it("and a ping in between does not touch it", () => {
		feed(endpoint, wire("02 82 m 0102"));
		deepEqual(feed(endpoint, maskedFrame(0x89, hex("0a0b0c0d0e"), hex("01020304"))), [PING]);
		deepEqual(feed(endpoint, wire("80 81 m 03")), [DATA]);
		deepEqual(buffer.slice(4, 7), hex("010203"));
	});

	it("an empty message is one DATA, without a MESSAGE", () => {
		deepEqual(feed(endpoint, wire("82 80 m")), [DATA]);
		equal(endpoint.end, 0);
		equal(endpoint.final, true);
	});

	it("an empty first fragment is a MESSAGE", () => {
		deepEqual(feed(endpoint, wire("02 80 m")), [MESSAGE]);
		deepEqual(feed(endpoint, wire("80 80 m")), [DATA]);
		equal(endpoint.end, 0);
	});

	it("starts at the block's start again with the next message", () => {
		feed(endpoint, wire("82 83 m 010203"));
		feed(endpoint, wire("82 82 m 0405"));
		equal(endpoint.end, 2);
		deepEqual(buffer.slice(4, 7), hex("040503"));
	});
});

describe("what is thrown away stays in the block", () => {
	it("whatever part of the message is there already", () => {
		const endpoint = new Endpoint();
		for (const sent of ["82 94 m", "02 83 m 010203 80 94 m", "02 81 m 01 00 80 m 80 94 m"]) {
			for (const piece of [100, 3]) {
				const buffer = new Uint8Array(16).fill(0xee);
				endpoint.open(buffer.subarray(4, 12), 64);
				feed(endpoint, wire(sent.slice(0, 7)));
				endpoint.discard();
				feed(endpoint, wire(sent.slice(7)));
				feed(endpoint, new Uint8Array(20), piece);
				equal(endpoint.idle, true);
				deepEqual(buffer.slice(0, 4), hex("eeeeeeee"));
				deepEqual(buffer.slice(12), hex("eeeeeeee"));
			}
		}
	});
});

describe("a message longer than the block", () => {
	const endpoint = new Endpoint();
	const block = new Uint8Array(8);

	beforeEach(() => endpoint.open(block, 64));

	/** Ends of the DATA events of a message, and whether it was final. */
	function pieces(bytes: Uint8Array, piece: number): [end: number, final: boolean][] {
		const found: [number, boolean][] = [];
		for (let i = 0; i < bytes.length; ) {
			const view = endpoint.next(Math.min(piece, bytes.length - i));
			view.set(bytes.subarray(i, i + view.length));
			i += view.length;
			if (endpoint.received(view.length) === DATA) found.push([endpoint.end, endpoint.final]);
		}
		return found;
	}

	it("comes in blocks", () => {
		for (const piece of [100, 5, 1]) {
			deepEqual(pieces(maskedFrame(0x82, new Uint8Array(20), hex("01020304")), piece), [
				[8, false],
				[8, false],
				[4, true],
			]);
		}
	});

	it("of two blocks comes in two", () => {
		deepEqual(pieces(maskedFrame(0x82, new Uint8Array(16), hex("01020304")), 3), [
			[8, false],
			[8, true],
		]);
	});

	it("is told from one that fits, even when its last fragment is empty", () => {
		deepEqual(pieces(wire("02 88 m 0102030405060708 80 80 m"), 100), [[8, true]]);
		deepEqual(pieces(wire("02 88 m 0102030405060708 80 81 m 09"), 100), [
			[8, false],
			[1, true],
		]);
		equal(endpoint.length, 9);
	});

	it("keeps the mask's phase from block to block", () => {
		const payload = hex("00010203 04050607 08090a");
		const bytes = maskedFrame(0x82, payload, hex("a1b2c3d4"));
		feed(endpoint, bytes.subarray(0, 6 + 8), 7);
		deepEqual(block.slice(0, 8), payload.slice(0, 8));
		feed(endpoint, bytes.subarray(6 + 8), 2);
		deepEqual(block.slice(0, 3), payload.slice(8));
	});

	it("can be thrown away from its header on", () => {
		feed(endpoint, wire("82 94 m"));
		endpoint.discard();
		deepEqual(feed(endpoint, new Uint8Array(20), 7), [DATA]);
		equal(endpoint.discarded, true);
		equal(endpoint.final, true);
		equal(endpoint.end, 0);
		deepEqual(feed(endpoint, wire("82 81 m 55")), [DATA]);
		equal(endpoint.discarded, false);
		equal(block[0], 0x55);
	});

	it("can be thrown away from a full block on, over fragments and pings", () => {
		deepEqual(feed(endpoint, wire("02 89 m 010203040506070809")), [MESSAGE, DATA]);
		endpoint.discard();
		deepEqual(feed(endpoint, wire("00 89 m 010203040506070809 89 80 m")), [PING]);
		endpoint.output.reset();
		deepEqual(feed(endpoint, wire("80 82 m 0102")), [DATA]);
		equal(endpoint.discarded, true);
	});

	it("can be thrown away between its fragments", () => {
		feed(endpoint, wire("02 82 m 0102"));
		endpoint.discard();
		deepEqual(feed(endpoint, wire("00 88 m 0102030405060708 80 81 m 01")), [DATA]);
		equal(endpoint.discarded, true);
	});

	it("is thrown away unseen: what is no text then does not matter", () => {
		feed(endpoint, wire("01 81 m c3"));
		endpoint.discard();
		deepEqual(feed(endpoint, wire("80 81 m ff")), [DATA]);
		equal(endpoint.state, OPEN);
	});

	it("a complete message cannot be thrown away any more", () => {
		feed(endpoint, wire("82 81 m 01"));
		endpoint.discard();
		equal(endpoint.discarded, false);
		deepEqual(feed(endpoint, wire("82 81 m 02")), [DATA]);
		equal(endpoint.end, 1);
	});
});

describe("a message over the limit", () => {
	const endpoint = new Endpoint();

	beforeEach(() => endpoint.open(new Uint8Array(8), 16));

	it("is reported at its header, once, and thrown away", () => {
		deepEqual(feed(endpoint, wire("82 91 m")), [TOO_BIG]);
		equal(endpoint.length, 17);
		equal(endpoint.output.pending, false);
		deepEqual(feed(endpoint, new Uint8Array(17), 5), [DATA]);
		equal(endpoint.discarded, true);
		deepEqual(feed(endpoint, wire("82 81 m 01")), [DATA]);
	});

	it("is reported at the fragment that passes it", () => {
		deepEqual(feed(endpoint, wire("02 88 m 0102030405060708")), [MESSAGE]);
		deepEqual(feed(endpoint, wire("00 88 m 0102030405060708")), [DATA]);
		deepEqual(feed(endpoint, wire("00 81 m 01 00 81 m 01")), [TOO_BIG]);
		deepEqual(feed(endpoint, wire("80 80 m")), [DATA]);
	});

	it("is reported though it is thrown away already", () => {
		feed(endpoint, wire("02 81 m 01"));
		endpoint.discard();
		deepEqual(feed(endpoint, wire("00 ff 0000000000010000 m")), [TOO_BIG]);
	});

	it("may have any length that 63 bits can hold", () => {
		deepEqual(feed(endpoint, wire("82 ff 7fffffffffffffff m")), [TOO_BIG]);
		endpoint.close(1009);
		deepEqual(feed(endpoint, new Uint8Array(50)), []);
		equal(endpoint.state, CLOSING);
		ok(endpoint.wanted > 0);
	});

	it("of exactly the limit is taken", () => {
		deepEqual(feed(endpoint, maskedFrame(0x82, new Uint8Array(16), hex("00000000"))), [DATA, DATA]);
	});
});

describe("long messages", () => {
	// The block is all there is: the payload is fed from one piece, over and over.
	function longMessage(header: string, length: number): [events: number, end: number] {
		const endpoint = new Endpoint();
		endpoint.open(new Uint8Array(1024), 0x20000);
		feed(endpoint, wire(header));
		const piece = new Uint8Array(1000).fill(0x5a);
		let events = 0;
		for (let left = length; left > 0; left -= Math.min(left, 1000)) {
			events += feed(endpoint, piece.subarray(0, Math.min(left, 1000))).length;
		}
		equal(endpoint.final, true);
		equal(endpoint.length, length);
		return [events, endpoint.end];
	}

	it("of 126 bytes have a 16-bit length", () => deepEqual(longMessage("82 fe 007e m", 126), [1, 126]));
	it("of 65,535 bytes too", () => deepEqual(longMessage("82 fe ffff m", 65_535), [64, 1023]));
	it("of 65,536 bytes have a 64-bit length", () => {
		deepEqual(longMessage("82 ff 0000000000010000 m", 65_536), [64, 1024]);
	});
});

describe("the end of a connection", () => {
	const endpoint = new Endpoint();

	beforeEach(() => endpoint.open(new Uint8Array(8), 64));

	it("by the peer: its code is told, and nothing more is read", () => {
		deepEqual(feed(endpoint, wire("88 84 m 03e9 6279")), [CLOSE]);
		equal(endpoint.closeCode, 1001);
		equal(endpoint.state, CLOSED);
		equal(endpoint.wanted, 0);
	});

	it("by the peer without a code is 1005", () => {
		feed(endpoint, wire("88 80 m"));
		equal(endpoint.closeCode, 1005);
	});

	it("by a violation: our code is told", () => {
		deepEqual(feed(endpoint, wire("83 80 m")), [FAILED]);
		equal(endpoint.closeCode, 1002);
		equal(endpoint.state, CLOSED);
	});

	it("by us: what comes until the peer's close frame is thrown away", () => {
		feed(endpoint, wire("82 88 m 0102"));
		endpoint.close(1001);
		equal(endpoint.state, CLOSING);
		endpoint.output.reset();
		deepEqual(feed(endpoint, hex("030405060708")), []);
		deepEqual(feed(endpoint, wire("82 83 m 010203 82 80 m")), []);
		deepEqual(feed(endpoint, wire("81 81 m ff 02 8a m 01020304050607080900 80 80 m")), []);
		deepEqual(feed(endpoint, wire("89 80 m")), [PING]);
		equal(endpoint.output.pending, false);
		deepEqual(feed(endpoint, wire("88 82 m 03e8")), [CLOSE]);
		equal(endpoint.output.pending, false);
		equal(endpoint.closeCode, 1000);
		equal(endpoint.state, CLOSED);
	});

	it("by us, then a violation: no second close frame", () => {
		endpoint.close(1000);
		endpoint.output.reset();
		deepEqual(feed(endpoint, wire("83")), [FAILED]);
		equal(endpoint.output.pending, false);
		equal(endpoint.wanted, 0);
	});

	it("leaves nothing to the next connection", () => {
		feed(endpoint, wire("01 81 m c3"));
		endpoint.close(1000);
		endpoint.open(new Uint8Array(8), 64);
		equal(endpoint.output.pending, false);
		equal(endpoint.idle, true);
		deepEqual(feed(endpoint, wire("81 81 m 61")), [MESSAGE, DATA]);
		feed(endpoint, wire("82"));
		endpoint.open(new Uint8Array(8), 64);
		deepEqual(feed(endpoint, wire("82 81 m 61"), 1), [DATA]);
		feed(endpoint, wire("82 84 m 61"), 1);
		endpoint.discard();
		endpoint.open(new Uint8Array(8), 64);
		equal(endpoint.discarded, false);
		deepEqual(feed(endpoint, wire("82 81 m 61"), 1), [DATA]);
	});
});

describe("an endpoint is idle", () => {
	const endpoint = new Endpoint();

	beforeEach(() => endpoint.open(new Uint8Array(8), 64));

	it("at the start and between messages", () => {
		equal(endpoint.idle, true);
		feed(endpoint, wire("82 81 m 61"));
		equal(endpoint.idle, true);
	});

	it("not before it is opened: until then it wants nothing", () => {
		const unopened = new Endpoint();
		equal(unopened.state, CLOSED);
		equal(unopened.wanted, 0);
		equal(unopened.idle, false);
		equal(unopened.final, true);
		equal(unopened.discarded, false);
	});

	it("not inside a header, a payload or a message", () => {
		for (const sent of ["82", "82 fe 0100", "82 82 m 61", "02 80 m", "89 81 m", "89 86 m"]) {
			endpoint.open(new Uint8Array(8), 64);
			feed(endpoint, wire(sent));
			equal(endpoint.idle, false, sent);
		}
	});
});

import {
	CLIENTS_FULL,
	MESSAGE_FAR_TOO_LONG,
	MESSAGE_TOO_LONG,
	RECEIVE_TIMEOUT,
	type Refusal,
	TEXT_MESSAGE,
	UPLOAD_TIMEOUT,
} from "../../../modules/core/errors.js";
import { equal, ok } from "../../support/assert.js";
import { maskedFrame } from "../../support/client-frames.js";
import { ascii, hex, toHex } from "../../support/hex.js";
import { ServerBench } from "../../support/server.js";

const TEXT = 0x81;
const KEY = hex("01020304");
/** STATUS ok in its WebSocket frame. */
const OK = "820430000100";
/** CRC-32 of the bytes aa bb. */
const CRC = "49822c98";

function byte(value: number): string {
	return value.toString(16).padStart(2, "0");
}

/** A whole ERROR frame in its WebSocket frame. */
function error(refusal: Refusal, retryAfterMs = 0): string {
	const { code, reason } = refusal;
	const value = `${byte(code)}${retryAfterMs.toString(16).padStart(8, "0")}${toHex(ascii(reason))}`;
	return `82${byte(value.length / 2 + 3)}4000${byte(value.length / 2)}${value}`;
}

function close(code: number, reason = ""): string {
	return `88${byte(2 + reason.length)}${code.toString(16).padStart(4, "0")}${toHex(ascii(reason))}`;
}

describe("a WebSocket client", () => {
	it("is let in, uploads, lists and deletes", () => {
		const bench = new ServerBench();
		const client = bench.client();
		ok(client.handshake.startsWith("HTTP/1.1 101 "), client.handshake);
		ok(client.handshake.includes("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), client.handshake);
		equal(bench.counters.clients, 1);
		equal(client.say("10 0001 61"), OK);
		equal(client.say("11 0002 aabb"), "");
		equal(client.say("12 0000"), OK);
		equal(client.say("21 0000"), `820e21000b01016100000002${CRC}`);
		equal(client.say("20 0001 61"), OK);
		equal(client.say("21 0000"), "820421000100");
	});

	it("may send its first messages with the handshake, byte by byte", () => {
		const bench = new ServerBench();
		const request = ascii(
			"GET /ws HTTP/1.1\r\nHost: 10.0.0.9\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
				"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
		);
		const stream = new Uint8Array(request.length + 18);
		stream.set(request);
		stream.set(maskedFrame(0x82, hex("21 0000"), KEY), request.length);
		stream.set(maskedFrame(0x82, hex("7f 0000"), KEY), request.length + 9);
		const together = bench.platform.connect();
		together.send(stream);
		bench.platform.settle();
		const expected = toHex(together.take());
		ok(expected.includes("820421000100"), expected);
		equal(bench.pool.inUse, 2, "the client's block and the cache's");
		together.end();
		const apart = bench.platform.connect();
		for (const one of stream) apart.send([one]);
		bench.platform.settle();
		equal(toHex(apart.take()), expected);
	});

	it("that sends text is told so and closed with 1003", () => {
		const client = new ServerBench().client();
		equal(client.say(ascii("hello"), TEXT), error(TEXT_MESSAGE) + close(1003));
	});

	it("may send 4,096 bytes in a message, and no more", () => {
		const bench = new ServerBench();
		const client = bench.client();
		equal(client.say("10 0001 61"), OK);
		const largest = new Uint8Array(4096);
		largest.set(hex("11 0ffd"));
		equal(client.say(largest), "");
		equal(bench.server.clock.now() >= 0, true);
		const larger = new Uint8Array(4097);
		larger.set(hex("11 0ffe"));
		equal(client.say(larger), error(MESSAGE_TOO_LONG));
		equal(client.say(larger), "", "of the same failed upload");
		equal(client.say("12 0000"), "");
		equal(client.say("21 0000"), "820421000100");
	});

	it("that sends 4,096 bytes and an empty last fragment is right", () => {
		const client = new ServerBench().client();
		client.say("10 0001 61");
		const largest = new Uint8Array(4096);
		largest.set(hex("11 0ffd"));
		equal(client.say(largest, 0x02), "");
		equal(client.say("", 0x80), "");
		equal(client.say("12 0000"), OK);
	});

	it("that declares more than 65,536 bytes is closed with 1009", () => {
		const client = new ServerBench().client();
		client.peer.send(hex("82 ff 0000000000010001 01020304"));
		equal(client.heard(), error(MESSAGE_FAR_TOO_LONG) + close(1009));
	});

	it("that breaks RFC 6455 is closed with 1002, and its peer's bytes are read on", () => {
		const bench = new ServerBench();
		const client = bench.client();
		client.peer.send(hex("82 03 210000"));
		equal(client.heard(), close(1002));
		client.peer.send(new Uint8Array(100));
		equal(client.peer.unread, 0);
		equal(client.peer.closed, false);
		bench.platform.pass(1000);
		equal(client.peer.closed, true);
		equal(bench.counters.clients, 0);
	});

	it("says goodbye and is gone at once", () => {
		const bench = new ServerBench();
		const client = bench.client();
		equal(client.say(hex("03e8"), 0x88), close(1000));
		equal(client.peer.closed, true);
		equal(bench.counters.clients, 0);
		equal(bench.pool.inUse, 1);
	});

	it("is pinged after 15 s of silence and dropped after 20", () => {
		const bench = new ServerBench();
		const client = bench.client();
		bench.platform.pass(14_900);
		equal(client.heard(), "");
		bench.platform.pass(400);
		equal(client.heard(), "8900");
		bench.platform.pass(4500);
		equal(client.peer.closed, false);
		bench.platform.pass(500);
		equal(client.peer.closed, true);
		equal(bench.counters.clients, 0);
	});

	it("that answers the ping stays", () => {
		const bench = new ServerBench();
		const client = bench.client();
		for (let i = 0; i < 3; i++) {
			bench.platform.pass(15_400);
			equal(client.heard(), "8900");
			client.say("", 0x8a);
		}
		equal(client.peer.closed, false);
	});

	it("has 5 s for a message, else 1008", () => {
		const bench = new ServerBench();
		const client = bench.client();
		client.peer.send(hex("82 83 01020304 20"));
		bench.platform.pass(4900);
		equal(client.heard(), "");
		bench.platform.pass(600);
		equal(client.heard(), error(RECEIVE_TIMEOUT) + close(1008));
	});

	it("has 5 s between the messages of an upload, else the upload is over and the client stays", () => {
		const bench = new ServerBench();
		const client = bench.client();
		client.say("10 0001 61");
		bench.platform.pass(4900);
		equal(client.heard(), "");
		bench.platform.pass(400);
		equal(client.heard(), error(UPLOAD_TIMEOUT));
		equal(client.say("11 0001 aa"), "");
		equal(client.say("10 0001 61"), OK);
		equal(bench.counters.uploads, 1);
	});

	it("closes within 5 s whatever the peer does", () => {
		const bench = new ServerBench();
		const client = bench.client();
		client.say(ascii("x"), TEXT);
		for (let i = 0; i < 12; i++) {
			client.peer.send(maskedFrame(0x8a, new Uint8Array(0), KEY));
			bench.platform.pass(400);
		}
		equal(client.peer.closed, false);
		bench.platform.pass(600);
		equal(client.peer.closed, true);
	});

	it("that does not read is not read from, and dropped after 5 s", () => {
		const bench = new ServerBench();
		const client = bench.client("10.0.0.1", 200);
		const question = maskedFrame(0x82, hex("21 0000"), KEY);
		for (let i = 0; i < 40; i++) client.peer.send(question);
		ok(client.peer.unread > 0);
		bench.platform.pass(5600);
		equal(client.peer.closed, true);
		equal(bench.counters.clients, 0);
	});

	it("gets its answers in as small pieces as it has room for", () => {
		const bench = new ServerBench();
		const room = bench.client().handshake.length + "\r\n\r\n".length;
		const client = bench.client("10.0.0.1", room);
		client.peer.send(maskedFrame(0x82, hex("21 0000"), KEY));
		for (let i = 0; i < 6; i++) client.peer.give(1);
		equal(toHex(client.peer.take()), "820421000100");
	});

	it("that drops out gives everything back", () => {
		const bench = new ServerBench();
		const used = bench.store.usedBytes;
		const client = bench.client();
		client.say("10 0001 61");
		client.say("11 0002 aabb");
		client.peer.end();
		equal(client.peer.closed, true);
		equal(bench.counters.clients, 0);
		equal(bench.counters.uploads, 0);
		equal(bench.store.usedBytes, used);
		equal(bench.pool.inUse, 1);
	});
});

describe("a third client", () => {
	it("is told when to come back, later every time, and closed with 1013", () => {
		const bench = new ServerBench();
		bench.client("10.0.0.1");
		const second = bench.client("10.0.0.2");
		for (const delay of [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]) {
			const third = bench.client("10.0.0.3");
			equal(third.heard(), error(CLIENTS_FULL, delay) + close(1013, CLIENTS_FULL.reason));
			bench.platform.pass(1000);
			equal(third.peer.closed, true);
		}
		equal(bench.client("10.0.0.4").heard(), error(CLIENTS_FULL, 1000) + close(1013, CLIENTS_FULL.reason));
		second.peer.end();
		equal(bench.client("10.0.0.3").heard(), "");
		equal(bench.client("10.0.0.3").heard(), error(CLIENTS_FULL, 1000) + close(1013, CLIENTS_FULL.reason));
	});

	it("does not disturb the two", () => {
		const bench = new ServerBench();
		const first = bench.client();
		const second = bench.client();
		equal(first.say("10 0001 61"), OK);
		bench.client();
		equal(second.say("21 0000"), "820421000100");
		equal(first.say("11 0001 aa"), "");
		equal(first.say("12 0000"), OK);
		equal(bench.counters.clients, 2);
	});
});

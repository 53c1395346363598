import { MESSAGE_FAR_TOO_LONG, MESSAGE_TOO_LONG, TEXT_MESSAGE } from "../../../modules/core/errors.js";
import { equal, ok } from "../../support/assert.js";
import { maskedFrame } from "../../support/client-frames.js";
import { ascii, hex, toHex } from "../../support/hex.js";
import { close, error, KEY, OK, ServerBench, TEXT } from "../../support/server.js";

/** CRC-32 of the bytes aa bb. */
const CRC = "49822c98";

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
		const bench = new ServerBench();
		equal(bench.client().say(ascii("hello"), TEXT), error(TEXT_MESSAGE) + close(1003));
		equal(bench.client().say("", TEXT), error(TEXT_MESSAGE) + close(1003), "an empty one");
	});

	it("that begins to send text is told so before the text has come", () => {
		const begun = new ServerBench().client();
		begun.peer.send(hex("81 85 01020304"));
		equal(begun.heard(), error(TEXT_MESSAGE) + close(1003));
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
});

import { RECEIVE_TIMEOUT, UPLOAD_TIMEOUT } from "../../../modules/core/errors.js";
import { equal, ok } from "../../support/assert.js";
import { maskedFrame } from "../../support/client-frames.js";
import type { Peer } from "../../support/fake-platform.js";
import { ascii, hex, toHex } from "../../support/hex.js";
import { close, error, HOST, KEY, OK, ServerBench, TEXT, WEBSOCKET } from "../../support/server.js";

describe("a WebSocket client's time and room", () => {
	it("is pinged after 15 s of silence and dropped after 20", () => {
		const bench = new ServerBench();
		const client = bench.client();
		bench.platform.pass(14_999);
		equal(client.heard(), "");
		bench.platform.pass(1);
		equal(client.heard(), "8900");
		bench.platform.pass(4999);
		equal(client.peer.closed, false);
		bench.platform.pass(1);
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
		bench.platform.pass(5249);
		equal(client.heard(), "", "5 s from the tick that saw it begin");
		bench.platform.pass(1);
		equal(client.heard(), error(RECEIVE_TIMEOUT) + close(1008));
	});

	it("has 5 s for each message, however close they follow each other", () => {
		const bench = new ServerBench();
		const client = bench.client();
		const begin = "82 83 01020304 20";
		client.peer.send(hex(begin));
		for (let i = 0; i < 3; i++) {
			bench.platform.pass(3500);
			// The end of one and the beginning of the next, at once.
			client.peer.send(hex(`0203 ${begin}`));
			equal(client.peer.closed, false);
		}
		bench.platform.settle();
		client.heard();
		bench.platform.pass(4500);
		equal(client.heard(), "");
		bench.platform.pass(1000);
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

	it("does not pay for the time in which the K1 itself stood still", () => {
		const bench = new ServerBench();
		const client = bench.client();
		client.say("10 0001 61");
		bench.platform.ticks += 6000;
		bench.platform.settle();
		equal(client.say("11 0001 aa"), "", "what came meanwhile is read now, and the upload goes on");
		bench.platform.pass(4500);
		equal(client.heard(), "");
		bench.platform.ticks += 6000;
		bench.platform.pass(500);
		equal(client.heard(), error(UPLOAD_TIMEOUT), "nothing had come");
	});

	it("closes within 5 s whatever the peer does", () => {
		const bench = new ServerBench();
		bench.platform.pass(10_000);
		const client = bench.client();
		client.say(ascii("x"), TEXT);
		for (let i = 0; i < 12; i++) {
			client.peer.send(maskedFrame(0x8a, new Uint8Array(0), KEY));
			bench.platform.pass(400);
		}
		bench.platform.pass(199);
		equal(client.peer.closed, false);
		bench.platform.pass(1);
		equal(client.peer.closed, true);
	});

	it("closes within 5 s also when the protocol is broken just before the end", () => {
		const bench = new ServerBench();
		const client = bench.client();
		client.say(ascii("x"), TEXT);
		bench.platform.pass(4700);
		client.peer.send(hex("ff"));
		for (let i = 0; i < 3; i++) {
			bench.platform.pass(90);
			equal(client.peer.closed, false);
			client.peer.send(hex("00"));
		}
		bench.platform.pass(280);
		equal(client.peer.closed, true);
	});

	const ends: [string, (peer: Peer) => void, number][] = [
		["the peer's close frame", (peer) => peer.send(hex("88 82 01020304 02e8")), 0],
		["a close frame with a reason", (peer) => peer.send(hex("88 85 01020304 02e8626364")), 0],
		["a close frame without a code", (peer) => peer.send(hex("88 80 01020304")), 0],
		[
			"a close frame behind what was under way",
			(peer) => peer.send(hex("82 83 01020304 210000 88 82 01020304 02e8")),
			0,
		],
		[
			"a close frame without a code behind what was under way",
			(peer) => peer.send(hex("82 83 01020304 210000 88 80 01020304")),
			0,
		],
		["the end of TCP", (peer) => peer.end(), 0],
		["a tenth of a second of quiet", () => {}, 350],
	];
	for (const [what, end, limit] of ends) {
		it(`that broke the protocol is gone with ${what}`, () => {
			const bench = new ServerBench();
			const { peer } = bench.client();
			peer.send(hex("82 03 210000"));
			bench.platform.settle();
			equal(toHex(peer.take()), close(1002));
			peer.send(hex("82 83 01020304 210000"));
			equal(peer.closed, false);
			end(peer);
			bench.platform.pass(limit);
			equal(peer.closed, true);
		});
	}

	it("that broke the protocol and sends on is read on, for 5 s", () => {
		const bench = new ServerBench();
		bench.platform.pass(10_000);
		const { peer } = bench.client();
		peer.send(hex("82 03 210000"));
		const noClose = new Uint8Array(600);
		noClose[0] = 0x88;
		for (let i = 0; i < 99; i++) {
			bench.platform.pass(50);
			peer.send(noClose);
			equal(peer.unread, 0);
			equal(peer.closed, false);
		}
		bench.platform.pass(49);
		equal(peer.closed, false);
		bench.platform.pass(1);
		equal(peer.closed, true);
	});

	it("that broke the protocol is gone a tenth of a second after its last byte, and not before", () => {
		const bench = new ServerBench();
		bench.platform.pass(10_000);
		const peers = [150, 151].map((at) => ({ peer: bench.client().peer, at }));
		for (const { peer } of peers) peer.send(hex("82 03 210000"));
		bench.platform.pass(150);
		peers[0].peer.send([0]);
		bench.platform.pass(1);
		peers[1].peer.send([0]);
		bench.platform.pass(99);
		equal(peers.map(({ peer }) => peer.closed).join(), "true,false");
	});

	it("that was told goodbye is gone with its own close frame", () => {
		const bench = new ServerBench();
		const client = bench.client();
		client.say(ascii("x"), TEXT);
		client.say(hex("03eb"), 0x88);
		equal(client.peer.closed, true);
	});

	it("that does not read is not read from, and dropped after 5 s", () => {
		const bench = new ServerBench();
		const client = bench.client("10.0.0.1", 200);
		const question = maskedFrame(0x82, hex("21 0000"), KEY);
		for (let i = 0; i < 25; i++) client.peer.send(question);
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

	it("that is gone between its admission and the end of the handshake gives everything back", () => {
		const bench = new ServerBench();
		const peer = bench.platform.connect("10.0.0.1", 20);
		peer.send(ascii(`GET /ws HTTP/1.1\r\n${HOST}${WEBSOCKET}\r\n`));
		equal(bench.counters.clients, 1);
		peer.end();
		equal(bench.counters.clients, 0);
		equal(bench.pool.inUse, 1);
		ok(bench.client().handshake.startsWith("HTTP/1.1 101 "));
		ok(bench.client().handshake.startsWith("HTTP/1.1 101 "));
	});

	it("that is gone with messages unread that came with the handshake gives everything back", () => {
		const bench = new ServerBench();
		const request = ascii(`GET /ws HTTP/1.1\r\n${HOST}${WEBSOCKET}\r\n`);
		const stream = new Uint8Array(request.length + 90);
		stream.set(request);
		for (let i = 0; i < 10; i++) stream.set(maskedFrame(0x82, hex("21 0000"), KEY), request.length + 9 * i);
		const peer = bench.platform.connect("10.0.0.1", 130);
		peer.send(stream);
		bench.platform.settle();
		equal(bench.pool.inUse, 3, "the client's, the cache's, and what was read ahead");
		peer.end();
		equal(bench.pool.inUse, 1);
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

import { RECEIVE_TIMEOUT, UPLOAD_TIMEOUT } from "../../../modules/core/errors.js";
import { equal, ok } from "../../support/assert.js";
import { maskedFrame } from "../../support/client-frames.js";
import { ascii, hex, toHex } from "../../support/hex.js";
import { close, error, KEY, OK, ServerBench, TEXT } from "../../support/server.js";

describe("a WebSocket client's time and room", () => {
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

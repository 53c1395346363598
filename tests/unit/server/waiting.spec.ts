import { HTTP_BLOCKS, UNSENT_LEAST } from "../../../modules/server/limits.js";
import { deepEqual, equal, ok } from "../../support/assert.js";
import { BIG, deaf, withBig } from "../../support/big-download.js";
import { maskedFrame } from "../../support/client-frames.js";
import { ascii, hex } from "../../support/hex.js";
import { HOST, KEY, ServerBench, statusOf, textOf, WEBSOCKET } from "../../support/server.js";

const PAGE = `GET / HTTP/1.1\r\n${HOST}\r\n`;

describe("newcomers", () => {
	it("that come all at once, as a browser's do, are all answered", () => {
		const bench = new ServerBench();
		bench.client();
		bench.client();
		const peers = Array.from({ length: 6 }, () => bench.platform.connect());
		for (const peer of peers) peer.send(ascii(PAGE.slice(0, 20)));
		for (const peer of peers) peer.send(ascii(PAGE.slice(20)));
		bench.platform.settle();
		for (const peer of peers) equal(statusOf(textOf(peer.take())), 200);
		for (const peer of peers) equal(peer.closed, false);
	});

	it("wait unread while three downloads are under way, and are answered in the order in which they asked", () => {
		const bench = withBig();
		const busy = deaf(bench, 3);
		const [first, second] = [bench.platform.connect(), bench.platform.connect()];
		second.send(ascii(PAGE));
		first.send(ascii(BIG));
		bench.platform.settle();
		equal(second.unread, PAGE.length);
		equal(first.unread, BIG.length);
		busy[1].end();
		bench.platform.settle();
		equal(statusOf(textOf(second.take())), 200);
		equal(statusOf(textOf(first.take())), 200);
	});

	it("that have waited for 10 s are told to come back later", () => {
		const bench = new ServerBench();
		// Nobody who holds them gives way.
		for (let i = 0; i < HTTP_BLOCKS; i++) bench.pool.alloc();
		const late = bench.platform.connect();
		late.send(ascii(PAGE));
		bench.platform.pass(9999);
		equal(late.take().length, 0);
		bench.platform.pass(1);
		const answer = textOf(late.take());
		equal(statusOf(answer), 503);
		ok(answer.includes("Retry-After: 1\r\n"), answer);
		ok(answer.includes("Connection: close\r\n"), answer);
		ok(answer.endsWith("try again later.\n"), answer);
		bench.platform.settle();
		equal(late.unread, 0, "read on, so that TCP does not reset what it was told");
	});

	it("are let in after 30 s of a download that goes on and on: the oldest gives way", () => {
		const bench = withBig(22);
		const busy = ["10.0.0.3", "10.0.0.4", "10.0.0.5"].map((address) => deaf(bench, 1, address)[0]);
		const goOn = (times: number, interval: number) => {
			for (let i = 0; i < times; i++) {
				for (const peer of busy) {
					peer.give(UNSENT_LEAST);
					peer.take();
				}
				bench.platform.pass(interval);
			}
		};
		goOn(7, 4100);
		goOn(1, 50);
		const late = bench.platform.connect();
		late.send(ascii(PAGE));
		goOn(1, 750);
		equal(late.take().length, 0);
		goOn(1, 750);
		equal(statusOf(textOf(late.take())), 200);
		deepEqual(
			busy.map((peer) => peer.closed),
			[true, false, false],
		);
	});

	it("need no block until they send", () => {
		const bench = new ServerBench();
		const used = bench.pool.inUse;
		const peers = Array.from({ length: 6 }, () => bench.platform.connect());
		equal(bench.pool.inUse, used);
		peers[0].send(ascii(PAGE));
		bench.platform.settle();
		equal(bench.pool.inUse, used, "nor after an answer");
	});

	it("do not overtake one that waits already", () => {
		const bench = withBig();
		const busy = deaf(bench, 3);
		const patient = bench.platform.connect();
		patient.send(ascii(PAGE));
		const late = bench.platform.connect();
		busy[0].end();
		late.send(ascii(PAGE));
		equal(late.take().length, 0);
		equal(patient.take().length, 0);
		bench.platform.turn();
		equal(statusOf(textOf(patient.take())), 200);
		equal(late.take().length, 0);
	});

	it("are not given the clients' blocks, whoever holds on to one that was read ahead", () => {
		const bench = withBig();
		const request = ascii(`GET /ws HTTP/1.1\r\n${HOST}${WEBSOCKET}\r\n`);
		const stream = new Uint8Array(request.length + 45);
		stream.set(request);
		for (let i = 0; i < 5; i++) stream.set(maskedFrame(0x82, hex("21 0000"), KEY), request.length + 9 * i);
		bench.platform.connect("10.0.0.1", 130).send(stream);
		bench.platform.settle();
		const third = deaf(bench, 3)[2];
		ok(third.unread > 0);
		equal(bench.pool.inUse, bench.pool.total - 1, "one is left for the second client");
	});

	it("that are gone press nobody any more", () => {
		const bench = withBig();
		const busy = deaf(bench, 3);
		const gone = bench.platform.connect();
		gone.send(ascii(PAGE));
		gone.end();
		for (const peer of busy) peer.end();
		const slow = bench.platform.connect();
		slow.send(ascii("GET /"));
		bench.platform.pass(3000);
		equal(slow.closed, false);
	});

	it("that came and went in silence keep nobody waiting", () => {
		const bench = withBig();
		const busy = deaf(bench, 3);
		bench.platform.connect().end();
		const patient = bench.platform.connect();
		patient.send(ascii(PAGE));
		busy[0].end();
		bench.platform.settle();
		equal(statusOf(textOf(patient.take())), 200);
	});

	it("that cannot be told to come back later are closed", () => {
		const bench = new ServerBench();
		for (let i = 0; i < HTTP_BLOCKS; i++) bench.pool.alloc();
		const [full, gone] = [bench.platform.connect("10.0.0.7", 10), bench.platform.connect("10.0.0.8")];
		for (const late of [full, gone]) late.send(ascii(PAGE));
		gone.broken = "throws";
		bench.platform.pass(10_000);
		for (const late of [full, gone]) equal(late.closed, true);
		equal(bench.counters.faults, 0);
	});

	it("that end while they wait lose nothing but their place", () => {
		const bench = withBig();
		const busy = deaf(bench, 3);
		const gone = bench.platform.connect();
		gone.send(ascii(PAGE));
		const patient = bench.platform.connect();
		patient.send(ascii(PAGE));
		gone.end();
		busy[0].end();
		bench.platform.settle();
		equal(statusOf(textOf(patient.take())), 200);
		equal(gone.take().length, 0);
	});
});

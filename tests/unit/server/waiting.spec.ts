import { deepEqual, equal, ok } from "../../support/assert.js";
import { BIG, deaf, PAGE, withBig } from "../../support/deaf-peers.js";
import { ascii } from "../../support/hex.js";
import { ServerBench, statusOf, textOf } from "../../support/server.js";
import { pattern, SECTOR, upload } from "../../support/store.js";

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
		const bench = withBig();
		const busy = deaf(bench, 3);
		const late = bench.platform.connect();
		late.send(ascii(PAGE));
		for (let i = 0; i < 10; i++) {
			for (const peer of busy) {
				peer.give(300);
				peer.take();
			}
			bench.platform.pass(1000);
		}
		bench.platform.pass(300);
		const answer = textOf(late.take());
		equal(statusOf(answer), 503);
		ok(answer.includes("Retry-After: 1\r\n"), answer);
		for (const peer of busy) equal(peer.closed, false);
	});

	it("are let in after 30 s of a download that goes on and on: the oldest gives way", () => {
		const bench = new ServerBench();
		upload(bench.store.writer(), "big", pattern(30 * SECTOR, 1));
		const busy = deaf(bench, 3);
		const goOn = (seconds: number) => {
			for (let i = 0; i < seconds; i++) {
				for (const peer of busy) {
					peer.give(300);
					peer.take();
				}
				bench.platform.pass(1000);
			}
		};
		goOn(25);
		const late = bench.platform.connect();
		late.send(ascii(PAGE));
		goOn(4);
		equal(late.take().length, 0);
		goOn(2);
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

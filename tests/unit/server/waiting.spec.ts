import { deepEqual, equal, ok } from "../../support/assert.js";
import { maskedFrame } from "../../support/client-frames.js";
import type { Peer } from "../../support/fake-platform.js";
import { ascii, hex } from "../../support/hex.js";
import { HOST, KEY, ServerBench, statusOf, textOf } from "../../support/server.js";
import { pattern, SECTOR, upload } from "../../support/store.js";

const PAGE = `GET / HTTP/1.1\r\n${HOST}\r\n`;
const BIG = `GET /patterns/big HTTP/1.1\r\n${HOST}\r\n`;

function withBig(): ServerBench {
	const bench = new ServerBench();
	upload(bench.store.writer(), "big", pattern(20 * SECTOR, 1));
	return bench;
}

/** Peers that ask for the big pattern and take no more than the first bytes of it. */
function deaf(bench: ServerBench, count: number): Peer[] {
	return Array.from({ length: count }, () => {
		const peer = bench.platform.connect("10.0.0.66", 400);
		peer.send(ascii(BIG));
		bench.platform.settle();
		return peer;
	});
}

describe("peers that do not read", () => {
	it("are dropped after 5 s, while a download waits for room as well, and let the others in", () => {
		const bench = withBig();
		const peers = deaf(bench, 3);
		bench.platform.pass(5600);
		for (const peer of peers) equal(peer.closed, true);
		equal(statusOf(bench.request(PAGE)), 200);
		ok(bench.client().handshake.startsWith("HTTP/1.1 101 "));
	});

	it("keep their place for as long as they take 1,024 bytes in 5 s", () => {
		const bench = withBig();
		const [slow] = deaf(bench, 1);
		for (let i = 0; i < 8; i++) {
			bench.platform.pass(1000);
			slow.give(250);
		}
		equal(slow.closed, false);
	});

	for (const what of ["a download", "an answer"]) {
		it(`do not keep their place with a byte of ${what} every second`, () => {
			const bench = withBig();
			const used = bench.pool.inUse;
			let peer: Peer;
			if (what === "a download") [peer] = deaf(bench, 1);
			else {
				const handshake = bench.client().handshake.length + 4;
				peer = bench.client("10.0.0.1", handshake).peer;
				peer.send(maskedFrame(0x82, hex("21 0000"), KEY));
			}
			for (let i = 0; i < 6; i++) {
				bench.platform.pass(1000);
				peer.give(1);
			}
			equal(peer.closed, true);
			ok(bench.pool.inUse <= used + 1);
		});
	}

	it("have a client's answer restarted by each that is through", () => {
		const bench = new ServerBench();
		const handshake = bench.client().handshake.length + 4;
		const { peer } = bench.client("10.0.0.1", handshake);
		for (let i = 0; i < 5; i++) {
			peer.send(maskedFrame(0x82, hex("21 0000"), KEY));
			bench.platform.pass(3000);
			peer.give(6);
			equal(peer.closed, false);
		}
	});
});

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

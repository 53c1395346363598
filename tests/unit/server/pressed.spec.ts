import {
	ALONE_TURN,
	MAX_CONNECTIONS,
	PRESSED_TICK,
	SHARED_TURN,
	UNSENT_LEAST,
} from "../../../modules/server/limits.js";
import { deepEqual, equal } from "../../support/assert.js";
import { BIG, deaf, withBig } from "../../support/big-download.js";
import type { Peer } from "../../support/fake-platform.js";
import { ascii } from "../../support/hex.js";
import { HOST, ServerBench, statusOf, textOf } from "../../support/server.js";

const PAGE = `GET / HTTP/1.1\r\n${HOST}\r\n`;
const OTHER = "10.0.0.2";

function ask(bench: ServerBench, address: string, request: string): Peer {
	const peer = bench.platform.connect(address);
	peer.send(ascii(request));
	bench.platform.settle();
	return peer;
}

function answered(peer: Peer): number {
	return statusOf(textOf(peer.take()));
}

describe("who waits for a block", () => {
	it("alone leaves a head half of the time, and those who come after it less", () => {
		for (const [others, turn] of [
			[0, SHARED_TURN / 2],
			[2, SHARED_TURN / 4],
		]) {
			const bench = new ServerBench();
			const slow = [1, 2, 3].map(() => ask(bench, "10.0.0.1", "GET / HT"));
			for (let i = 0; i <= others; i++) ask(bench, "10.0.0.1", PAGE);
			bench.platform.pass(turn - 20);
			for (const peer of slow) equal(peer.closed, false);
			bench.platform.pass(70);
			equal(slow.filter((peer) => peer.closed).length, others + 1);
		}
	});

	it("makes no more give way than there are who wait", () => {
		const bench = withBig();
		const busy = deaf(bench, 3);
		bench.platform.pass(1000);
		const late = ask(bench, OTHER, PAGE);
		equal(answered(late), 200);
		bench.platform.pass(1000);
		deepEqual(
			busy.map((peer) => peer.closed),
			[true, false, false],
		);
	});

	/** Three peers that take so much of their download every 150 ms, and one that waits meanwhile; what came of them. */
	function takeOn(bytes: number, address: string): { status: number; closed: readonly boolean[] } {
		const bench = withBig();
		const busy = deaf(bench, 3);
		const late = ask(bench, address, PAGE);
		for (let i = 0; i < 7; i++) {
			for (const peer of busy) {
				peer.give(bytes);
				peer.take();
			}
			bench.platform.pass(150);
		}
		return { status: answered(late), closed: busy.map((peer) => peer.closed) };
	}

	it("is not held up by patterns that are taken a little at a time", () => {
		deepEqual(takeOn(UNSENT_LEAST / 4, "10.0.0.66"), { status: 200, closed: [true, false, false] });
	});

	it("waits for those that are taken as they should be", () => {
		deepEqual(takeOn(UNSENT_LEAST, "10.0.0.66"), { status: 0, closed: [false, false, false] });
	});

	it("gets one of the blocks that are all another's, however well that one reads: the last", () => {
		deepEqual(takeOn(UNSENT_LEAST, OTHER), { status: 200, closed: [false, false, true] });
	});

	it("waits for a pattern that is being checked", () => {
		const bench = withBig();
		const checked = bench.platform.connect("10.0.0.1");
		checked.send(ascii(BIG));
		const busy = ["10.0.0.3", "10.0.0.4"].map((address) => {
			const peer = bench.platform.connect(address);
			peer.send(ascii("GET / HT"));
			return peer;
		});
		const late = bench.platform.connect(OTHER);
		late.send(ascii(`GET / HTTP/1.1\r\n${HOST}`));
		for (let i = 0; i < 25; i++) {
			bench.platform.ticks += 50;
			for (let turns = 0; turns < 3; turns++) bench.platform.turn();
		}
		equal(checked.closed, false);
		equal(busy[0].closed, true);
	});

	it("goes before those whose address has more blocks, however long these have waited", () => {
		const bench = withBig();
		const [first] = deaf(bench, 3);
		const more = ask(bench, "10.0.0.66", PAGE);
		const good = ask(bench, OTHER, PAGE);
		first.end();
		bench.platform.turn();
		equal(answered(good), 200);
		equal(answered(more), 0);
		bench.platform.settle();
		equal(answered(more), 200);
	});

	it("makes those give way first whose address has most, and leaves one that is alone more time", () => {
		const bench = withBig();
		const alone = bench.platform.connect("10.0.0.3", 400);
		alone.send(ascii(BIG));
		bench.platform.settle();
		const [first] = deaf(bench, 2);
		ask(bench, OTHER, PAGE);
		bench.platform.pass(SHARED_TURN / 2 + 50);
		equal(first.closed, true);
		equal(alone.closed, false);
		for (const address of ["10.0.0.4", "10.0.0.5"]) {
			bench.platform.connect(address, 400).send(ascii(BIG));
			bench.platform.settle();
		}
		ask(bench, OTHER, PAGE);
		equal(alone.closed, false);
		bench.platform.pass(ALONE_TURN + 50);
		equal(alone.closed, true);
	});

	it("behind one request each of many addresses comes after three more every 0.85 s", () => {
		const bench = withBig();
		for (let i = 1; i < MAX_CONNECTIONS; i++) {
			bench.platform.connect(`10.0.1.${i}`, 400).send(ascii(BIG));
			bench.platform.settle();
		}
		const late = ask(bench, OTHER, PAGE);
		bench.platform.pass(2 * (ALONE_TURN + PRESSED_TICK));
		equal(late.take().length, 0);
		bench.platform.pass(ALONE_TURN + PRESSED_TICK);
		equal(answered(late), 200);
	});

	it("is called with as many others as there are blocks, and in the same turn if one of them is gone", () => {
		const bench = withBig();
		const busy = deaf(bench, 3);
		const waiting = [1, 2, 3, 4].map(() => ask(bench, OTHER, PAGE));
		for (const peer of busy) peer.end();
		waiting[0].end();
		bench.platform.turn();
		bench.platform.turn();
		equal(waiting.filter((peer) => answered(peer) === 200).length, 3);
	});
});

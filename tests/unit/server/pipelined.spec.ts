import { SHARED_TURN } from "../../../modules/server/limits.js";
import { equal, ok } from "../../support/assert.js";
import { ascii } from "../../support/hex.js";
import { HOST, ServerBench, statusOf, textOf } from "../../support/server.js";

const PAGE = `GET / HTTP/1.1\r\n${HOST}\r\n`;
const OTHER = "10.0.0.2";

describe("who waits for a block", () => {
	it("does not wait for those who send request behind request: one is ended once it has had its time, and loses no answer", () => {
		const bench = new ServerBench();
		const endless = [1, 2, 3].map(() => bench.platform.connect("10.0.0.1", 1_000_000));
		for (const peer of endless) peer.send(ascii(PAGE.slice(0, 10)));
		/** So much time, in which each sends more in steps of 50 ms: there is always a part of a request that waits. */
		const pass = (milliseconds: number) => {
			for (let i = 0; i < milliseconds / 50; i++) {
				bench.platform.ticks += 50;
				for (const peer of endless) peer.send(ascii(PAGE.slice(10) + PAGE + PAGE.slice(0, 10)));
				bench.platform.settle();
			}
		};
		/** How many of them are served on; each answer is whole. */
		const served = () => {
			pass(100);
			const answers = endless.map((peer) => textOf(peer.take()));
			for (const text of answers) ok(text === "" || text.endsWith("</title>"), text);
			return answers.filter((text) => text !== "").length;
		};
		pass(500);
		equal(served(), 3, "nobody waits");
		const late = bench.platform.connect(OTHER);
		late.send(ascii(PAGE));
		pass(150);
		equal(statusOf(textOf(late.take())), 200);
		served();
		equal(served(), 2, "no more give way than there are who wait");
		equal(bench.counters.faults, 0);
	});

	it("waits for those who send request behind request while they have had less than their time", () => {
		for (const [held, status] of [
			[SHARED_TURN / 2 - 1, 0],
			[SHARED_TURN / 2, 200],
		]) {
			const bench = new ServerBench();
			const several = [1, 2, 3].map(() => bench.platform.connect("10.0.0.1", 1_000_000));
			for (const peer of several) peer.send(ascii(PAGE.repeat(8)));
			const late = bench.platform.connect(OTHER);
			late.send(ascii(PAGE));
			bench.platform.ticks += held;
			for (let turns = 0; turns < 4; turns++) bench.platform.turn();
			equal(statusOf(textOf(late.take())), status, `${held} ms`);
		}
	});
});

import { MAX_CONNECTIONS } from "../../../modules/server/limits.js";
import { equal, ok } from "../../support/assert.js";
import { ascii } from "../../support/hex.js";
import { HOST, ServerBench, statusOf, textOf } from "../../support/server.js";
import { pattern, SECTOR, upload } from "../../support/store.js";

describe("many connections", () => {
	it("that trickle or wait keep nobody out: the oldest gives way", () => {
		const bench = new ServerBench();
		const waiting = [];
		for (let i = 0; i < 2 * MAX_CONNECTIONS; i++) {
			const peer = bench.platform.connect();
			peer.send(ascii("GET /"));
			waiting.push(peer);
		}
		equal(waiting.filter((peer) => !peer.closed).length, 3);
		equal(waiting.at(-1)?.closed, false);
		equal(statusOf(bench.request(`GET / HTTP/1.1\r\n${HOST}\r\n`)), 200);
	});

	it("that have had their last answer and stay give way first", () => {
		const bench = new ServerBench();
		const refused = [];
		for (let i = 0; i < MAX_CONNECTIONS; i++) {
			const peer = bench.platform.connect();
			peer.send(ascii("\x16\x03"));
			refused.push(peer);
		}
		equal(
			refused.every((peer) => !peer.closed),
			true,
		);
		equal(statusOf(bench.request(`GET / HTTP/1.1\r\n${HOST}\r\n`)), 200);
		equal(refused[0].closed, true);
		equal(refused[1].closed, false);
	});

	it("cannot take the clients' blocks", () => {
		const bench = new ServerBench();
		for (let i = 0; i < MAX_CONNECTIONS; i++) bench.platform.connect().send(ascii("GET /"));
		ok(bench.client().handshake.startsWith("HTTP/1.1 101 "));
		for (let i = 0; i < MAX_CONNECTIONS; i++) bench.platform.connect().send(ascii("GET /"));
		ok(bench.client().handshake.startsWith("HTTP/1.1 101 "));
	});

	it("that are all being served leave 503 for the next", () => {
		const bench = new ServerBench();
		upload(bench.store.writer(), "a", pattern(3 * SECTOR, 1));
		for (let i = 0; i < 3; i++) {
			bench.platform.connect("10.0.0.1", 200).send(ascii(`GET /patterns/a HTTP/1.1\r\n${HOST}\r\n`));
			bench.platform.settle();
		}
		const fourth = bench.platform.connect();
		const answer = textOf(fourth.take());
		equal(statusOf(answer), 503);
		ok(answer.includes("Retry-After: 1\r\n"), answer);
		bench.platform.pass(1000);
		equal(fourth.closed, true);
	});

	it("one after the other, 300 of each kind, leave the pool as it was", () => {
		const bench = new ServerBench();
		const { inUse } = bench.pool;
		for (let i = 0; i < 300; i++) {
			bench.platform.connect().end();
			const half = bench.platform.connect();
			half.send(ascii("GET / HTTP/1.1\r\n"));
			half.end();
			bench.client().peer.end();
		}
		equal(bench.pool.inUse, inUse);
		equal(bench.counters.clients, 0);
		equal(bench.errors.length, 0);
	});
});

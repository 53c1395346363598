import { MAX_CONNECTIONS } from "../../../modules/server/limits.js";
import { equal, ok } from "../../support/assert.js";
import type { Peer } from "../../support/fake-platform.js";
import { ascii } from "../../support/hex.js";
import { HOST, ServerBench, statusOf } from "../../support/server.js";

describe("many connections", () => {
	for (const head of ["", "GET /"]) {
		it(`that ${head === "" ? "wait" : "trickle"} keep nobody out: who has had time to ask gives way`, () => {
			const bench = new ServerBench();
			const peers: Peer[] = [];
			for (let i = 0; i < MAX_CONNECTIONS + 4; i++) {
				const peer = bench.platform.connect();
				if (head !== "") peer.send(ascii(head));
				bench.platform.settle();
				peers.push(peer);
			}
			equal(peers.filter((peer) => !peer.closed).length, MAX_CONNECTIONS);
			equal(peers.at(-1)?.closed, false);
			equal(statusOf(bench.request(`GET / HTTP/1.1\r\n${HOST}\r\n`, "10.0.0.2", 5000)), 200);
		});
	}

	it("that only stay are closed before one whose request waits", () => {
		const bench = new ServerBench();
		const stays = bench.platform.connect();
		bench.platform.pass(1000);
		const waiting = [];
		for (let i = 1; i < MAX_CONNECTIONS; i++) {
			const peer = bench.platform.connect();
			peer.send(ascii("GET /"));
			waiting.push(peer);
		}
		bench.platform.connect();
		equal(stays.closed, true);
		equal(waiting.filter((peer) => !peer.closed).length, MAX_CONNECTIONS - 1);
	});

	/** All places but these are taken by requests that wait. */
	function fillUp(bench: ServerBench, taken: number): void {
		for (let i = taken; i < MAX_CONNECTIONS; i++) {
			bench.platform.connect().send(ascii("GET / HTTP/1.1\r\n"));
			bench.platform.settle();
		}
	}

	it("that have had their last answer give way before those that have had time to ask", () => {
		const bench = new ServerBench();
		const stays = bench.platform.connect();
		bench.platform.pass(1000);
		const refused = bench.platform.connect();
		refused.send(ascii("\x16\x03"));
		fillUp(bench, 2);
		bench.platform.connect();
		equal(refused.closed, true);
		equal(stays.closed, false);
	});

	it("that have had time to ask give way before those that have just come", () => {
		const bench = new ServerBench();
		const trickles = bench.platform.connect();
		trickles.send(ascii("GET /"));
		bench.platform.pass(1000);
		const fresh = bench.platform.connect();
		for (let i = 2; i <= MAX_CONNECTIONS; i++) bench.platform.connect();
		equal(trickles.closed, true);
		equal(fresh.closed, false);
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
		for (let i = 0; i < 2; i++) {
			for (let j = 0; j < MAX_CONNECTIONS; j++) {
				bench.platform.connect().send(ascii("GET /"));
				bench.platform.settle();
			}
			ok(bench.client("10.0.0.2", 5744, 5000).handshake.startsWith("HTTP/1.1 101 "));
		}
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
		equal(bench.lines.length, 0);
	});
});

import { ACCEPT_LIMIT, HTTP_BLOCKS, MAX_CONNECTIONS } from "../../../modules/server/limits.js";
import { equal, ok } from "../../support/assert.js";
import { ascii } from "../../support/hex.js";
import { HOST, ServerBench, statusOf, textOf } from "../../support/server.js";

const GET = `GET / HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`;

describe("listening", () => {
	it("waits for a network, and is tried again until there is one", () => {
		const bench = new ServerBench({ offline: true });
		equal(bench.platform.listening, false);
		bench.platform.pass(3_600_000);
		equal(bench.lines.length, 0);
		equal(bench.platform.listening, false);
		bench.platform.offline = false;
		bench.platform.pass(250);
		equal(bench.platform.listening, true);
		equal(statusOf(bench.request(GET)), 200);
	});

	it("tells once, and not at every tick, why it cannot", () => {
		const bench = new ServerBench({ offline: true, logLevel: "warn" });
		bench.platform.pass(10_000);
		equal(bench.lines.join(), "warn  server: cannot listen yet: no network");
	});

	it("turns away who comes while every place has a request that waits", () => {
		const bench = new ServerBench();
		for (let i = 0; i < HTTP_BLOCKS; i++) bench.pool.alloc();
		const peers = Array.from({ length: MAX_CONNECTIONS }, (_, i) => bench.platform.connect(`10.0.1.${i}`));
		for (const peer of peers) peer.send(ascii(GET));
		equal(bench.platform.connect("10.0.0.9", 0).closed, true);
		for (const peer of peers) equal(peer.closed, false);
		equal(bench.counters.faults, 0);
	});

	it("is done once, whatever networks come and go", () => {
		const bench = new ServerBench({ logLevel: "warn" });
		bench.server.listen(80);
		bench.platform.pass(1000);
		equal(bench.lines.length, 0);
		equal(statusOf(bench.request(GET)), 200);
	});

	it("is not done before somebody asks for it", () => {
		const bench = new ServerBench({ listens: false });
		bench.platform.pass(1000);
		equal(bench.platform.listening, false);
	});

	it("makes a few sockets a turn, however many peers come at once", () => {
		const bench = new ServerBench();
		const peers = bench.platform.connectAll(new Array<string>(16).fill("10.0.0.7"));
		equal(bench.platform.sockets, ACCEPT_LIMIT);
		const taken: number[] = [];
		for (let turns = 0; bench.platform.sockets < 16 && turns < 16; turns++) {
			bench.platform.turn();
			taken.push(bench.platform.sockets);
		}
		equal(taken.join(), "8,12,16");
		for (const peer of peers) {
			peer.give(5744);
			peer.send(ascii(GET));
			bench.platform.settle();
		}
		ok(peers.some((peer) => statusOf(textOf(peer.take())) === 200));
		equal(statusOf(bench.request(GET)), 200);
	});
});

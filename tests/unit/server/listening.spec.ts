import { ACCEPT_LIMIT } from "../../../modules/server/limits.js";
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

	it("is done once, whatever networks come and go", () => {
		const bench = new ServerBench();
		bench.platform.offline = true;
		bench.server.listen(80);
		bench.platform.pass(1000);
		equal(statusOf(bench.request(GET)), 200);
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

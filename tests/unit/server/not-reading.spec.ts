import { equal, ok } from "../../support/assert.js";
import { BIG, deaf, withBig } from "../../support/big-download.js";
import { maskedFrame } from "../../support/client-frames.js";
import type { Peer } from "../../support/fake-platform.js";
import { ascii, hex } from "../../support/hex.js";
import { HOST, KEY, ServerBench, statusOf } from "../../support/server.js";
import { SECTOR } from "../../support/store.js";

const PAGE = `GET / HTTP/1.1\r\n${HOST}\r\n`;

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

	it("are dropped after 5 s also when they have read much before", () => {
		const bench = withBig();
		const [peer] = deaf(bench, 1);
		for (let i = 0; i < 7; i++) {
			bench.platform.pass(1000);
			peer.give(900);
		}
		equal(peer.closed, false);
		bench.platform.pass(10_500);
		equal(peer.closed, true);
	});

	it("have their next download measured anew", () => {
		const bench = withBig();
		// Another one first, so that the next is not served where this one was.
		const [other] = deaf(bench, 1);
		const [peer] = deaf(bench, 1);
		for (let i = 0; i < 4; i++) {
			bench.platform.pass(1100);
			peer.give(10);
		}
		peer.give(20 * SECTOR);
		other.end();
		peer.send(ascii(BIG));
		bench.platform.settle();
		bench.platform.pass(2000);
		equal(peer.closed, false);
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

import { MAX_CONNECTIONS } from "../../../modules/server/limits.js";
import { equal, ok } from "../../support/assert.js";
import { BIG, withBig } from "../../support/big-download.js";
import type { Peer } from "../../support/fake-platform.js";
import { ascii } from "../../support/hex.js";
import { HOST, type ServerBench, statusOf, textOf, WEBSOCKET } from "../../support/server.js";

const PAGE = `GET / HTTP/1.1\r\n${HOST}\r\n`;

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
	const crowds: readonly (readonly [what: string, request: string, room: number])[] = [
		["heads that are not ended", "GET / HT", 5744],
		["downloads that are not read", BIG, 400],
	];
	for (const [what, request, room] of crowds) {
		for (const asked of [PAGE, BIG, `GET /ws HTTP/1.1\r\n${HOST}${WEBSOCKET}\r\n`]) {
			it(`behind as many ${what} as there are places for is answered within a second: ${asked.slice(0, 8)}`, () => {
				const bench = withBig();
				for (let i = 1; i < MAX_CONNECTIONS; i++) {
					bench.platform.connect("10.0.0.1", room).send(ascii(request));
					bench.platform.settle();
				}
				const good = ask(bench, "10.0.0.1", asked);
				bench.platform.pass(950);
				ok([101, 200].includes(answered(good)));
			});
		}
	}

	it("behind more unread downloads than there are places for is answered within a second, and so are those who come after it", () => {
		const bench = withBig();
		for (let i = 0; i < MAX_CONNECTIONS + 2; i++) {
			bench.platform.connect("10.0.0.1", 400).send(ascii(BIG));
			bench.platform.settle();
		}
		const good = [1, 2, 3].map(() => ask(bench, "10.0.0.1", PAGE));
		bench.platform.pass(950);
		for (const peer of good) equal(answered(peer), 200);
	});
});

/** Peers that ask for a pattern and do not read it, for the specs of those that wait behind them. */
import type { Peer } from "./fake-platform.js";
import { ascii } from "./hex.js";
import { HOST, ServerBench } from "./server.js";
import { pattern, SECTOR, upload } from "./store.js";

/** A request for the page. */
export const PAGE = `GET / HTTP/1.1\r\n${HOST}\r\n`;
/** A request for the pattern that `withBig` stores. */
export const BIG = `GET /patterns/big HTTP/1.1\r\n${HOST}\r\n`;

/** A server whose store has the pattern "big" of 20 sectors. */
export function withBig(): ServerBench {
	const bench = new ServerBench();
	upload(bench.store.writer(), "big", pattern(20 * SECTOR, 1));
	return bench;
}

/** Peers that ask for the big pattern and take no more than the first bytes of it. */
export function deaf(bench: ServerBench, count: number): Peer[] {
	return Array.from({ length: count }, () => {
		const peer = bench.platform.connect("10.0.0.66", 400);
		peer.send(ascii(BIG));
		bench.platform.settle();
		return peer;
	});
}

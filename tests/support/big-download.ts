/** A pattern of many sectors on a K1, and peers that download it and do not read. */

import type { Peer } from "./fake-platform.js";
import { ascii } from "./hex.js";
import { HOST, ServerBench } from "./server.js";
import { pattern, SECTOR, upload } from "./store.js";

/** A request for the big pattern. */
export const BIG = `GET /patterns/big HTTP/1.1\r\n${HOST}\r\n`;

export function withBig(sectors = 20): ServerBench {
	const bench = new ServerBench();
	upload(bench.store.writer(), "big", pattern(sectors * SECTOR, 1));
	return bench;
}

/** Peers that ask for the big pattern and take no more than the first bytes of it. */
export function deaf(bench: ServerBench, count: number, address = "10.0.0.66"): Peer[] {
	return Array.from({ length: count }, () => {
		const peer = bench.platform.connect(address, 400);
		peer.send(ascii(BIG));
		bench.platform.settle();
		return peer;
	});
}

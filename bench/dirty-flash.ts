/**
 * How fast uploads go onto flash with a real chip's timing whose sectors all hold something, how long a STATUS of another client
 * takes meanwhile, and how soon what was given back is erased. `npm run speed` runs it; `tsx bench/dirty-flash.ts [xs|node]` runs it alone.
 */

import { readFileSync } from "node:fs";
import { crc32 } from "../modules/bytes/bytes.js";
import { STATUS } from "../modules/tlv/frame.js";
import { begin, K1Client } from "../tests/integration/support/k1-client.js";
import { FlashFolder, Simulator } from "../tests/integration/support/simulator.js";
import { percentile } from "./percentile.js";

const SIZE = 500_000;
/** Patterns that are stored, and replaced one after the other. */
const NAMES = 7;
/** Uploads until no sector is erased, and those that are timed: 20 MB. */
const FILLING = 12;
const TIMED = 40;
/** Bytes of the journal's two areas. */
const JOURNAL = 32 * 4096;
/** The other client asks so often, ms. */
const ASK_EVERY = 20;

const pattern = Buffer.alloc(SIZE, 0x5a);
const CRC = crc32(0, pattern, 0, SIZE);

/** Replaces so many patterns with so many clients, one of each at a time; returns KB/s of all together. */
async function replace(clients: readonly K1Client[], uploads: number): Promise<number> {
	let next = 0;
	const start = performance.now();
	await Promise.all(
		clients.map(async (client) => {
			while (next < uploads) {
				client.upload(begin(`dirty ${next++ % NAMES}`, SIZE, CRC), pattern);
				for (const _ of ["PUT_BEGIN", "PUT_END"]) {
					const { type, value } = await client.next(30_000);
					if (type !== STATUS) throw new Error(`answered ${value.toString("latin1")}`);
				}
			}
		}),
	);
	return (uploads * SIZE) / (performance.now() - start);
}

/** Whether an image has nothing but blank sectors behind the two journal areas. */
function isBlank(image: string): boolean {
	return readFileSync(image)
		.subarray(JOURNAL)
		.every((byte) => byte === 0xff);
}

async function measure(engine: string): Promise<void> {
	const folder = new FlashFolder();
	const image = folder.fresh();
	const args = ["--port", "0", "--engine", engine, "--flash", image, "--flash-timing", "w25q64"];
	const simulator = await new Simulator([...args, "--log-level", "silent"]).ready();
	try {
		const uploader = await K1Client.connect(simulator.url);
		const other = await K1Client.connect(simulator.url);
		await replace([uploader], FILLING);
		const together = await replace([uploader, other], TIMED);
		let done = false;
		const times: number[] = [];
		const asking = (async () => {
			while (!done) {
				const start = performance.now();
				await other.ask(STATUS);
				times.push(performance.now() - start);
				await new Promise((resolve) => setTimeout(resolve, ASK_EVERY));
			}
		})();
		const alone = await replace([uploader], TIMED);
		done = true;
		await asking;
		console.log(
			`${engine.padEnd(4)} onto sectors that hold something: two clients ${together.toFixed(0)} KB/s together, one ${alone.toFixed(0)} KB/s; ` +
				`STATUS meanwhile, ${times.length} times: median ${percentile(times, 0.5).toFixed(1)} ms, ` +
				`99th percentile ${percentile(times, 0.99).toFixed(0)} ms, worst ${percentile(times, 1).toFixed(0)} ms`,
		);
		for (let i = 0; i < NAMES; i++) await uploader.remove(`dirty ${i}`);
		const given = performance.now();
		while (!isBlank(image)) await new Promise((resolve) => setTimeout(resolve, 100));
		console.log(
			`     all of it erased ${((performance.now() - given) / 1000).toFixed(1)} s after the last was deleted`,
		);
	} finally {
		await simulator.stop();
		folder.remove();
	}
}

for (const engine of process.argv.length > 2 ? process.argv.slice(2) : ["xs", "node"]) await measure(engine);

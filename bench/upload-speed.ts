/**
 * How fast an upload goes onto flash with a real chip's timing, end to end over loopback, and how long a STATUS of the
 * other client takes meanwhile. `npm run speed -- [xs|node]`
 */

import { STATUS } from "../modules/tlv/frame.js";
import { K1Client } from "../tests/integration/support/k1-client.js";
import { FlashFolder, Simulator } from "../tests/integration/support/simulator.js";
import { percentile } from "./percentile.js";
import { keepAsking } from "./upload.js";

const SIZE = 512_000;
/** Uploads of each kind: as many as there are erased sectors for, and enough answers for a percentile. */
const ROUNDS = 4;
/** Goals: docs/protocol.md promises none, but the K1 was designed for these. */
const GOAL_KB_PER_S = 500;
const GOAL_STATUS_MS = 10;

async function measure(engine: string): Promise<void> {
	const folder = new FlashFolder();
	const args = ["--port", "0", "--engine", engine, "--flash", folder.fresh(), "--flash-timing", "w25q64"];
	const simulator = await new Simulator([...args, "--log-level", "silent"]).ready();
	try {
		const uploader = await K1Client.connect(simulator.url);
		const asker = await K1Client.connect(simulator.url);
		const pattern = Buffer.alloc(SIZE, 0x5a);
		for (const chunk of [4093, 1024]) {
			let seconds = 0;
			const answers: number[] = [];
			for (let round = 0; round < ROUNDS; round++) {
				let done = false;
				const asking = keepAsking(
					() => asker.ask(STATUS),
					() => done,
				);
				const start = performance.now();
				await uploader.put("speed", pattern, chunk);
				seconds += (performance.now() - start) / 1000;
				done = true;
				answers.push(...(await asking));
			}
			const rate = (ROUNDS * SIZE) / 1000 / seconds;
			console.log(
				`${engine.padEnd(4)} ${String(chunk).padStart(4)}-byte chunks: ${rate.toFixed(0)} KB/s (goal ${GOAL_KB_PER_S}); ` +
					`STATUS meanwhile, ${answers.length} times: median ${percentile(answers, 0.5).toFixed(1)} ms, ` +
					`99th percentile ${percentile(answers, 0.99).toFixed(1)} ms (goal ${GOAL_STATUS_MS})`,
			);
		}
		await uploader.close();
		await asker.close();
	} finally {
		await simulator.stop();
		folder.remove();
	}
}

for (const engine of process.argv.length > 2 ? process.argv.slice(2) : ["xs", "node"]) await measure(engine);

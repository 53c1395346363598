import { deepEqual, ok } from "../support/assert.js";
import { K1Client } from "./support/k1-client.js";
import { FlashFolder, start } from "./support/simulator.js";

/** Kills, each at another moment of the upload. */
const KILLS = 6;

describe("a K1 killed while a pattern is replaced", () => {
	const folder = new FlashFolder();
	after(() => folder.remove());

	it("has the whole old or the whole new one after the restart, and all the others", async () => {
		const flash = folder.fresh();
		const other = Buffer.alloc(20_000, 9);
		let expected: Buffer[] = [];
		for (let kill = 0; kill <= KILLS; kill++) {
			const simulator = await start(flash, "--flash-timing", "w25q64");
			const client = await K1Client.connect(simulator.url);
			if (kill === 0) {
				await client.put("other", other);
				expected = [Buffer.alloc(80_000, 0)];
				await client.put("same", expected[0]);
			}
			const base = `http://127.0.0.1:${simulator.port}/patterns`;
			const stored = Buffer.from(await (await fetch(`${base}/same`)).arrayBuffer());
			ok(
				expected.some((pattern) => pattern.equals(stored)),
				`after kill ${kill}: neither the old nor the new one`,
			);
			deepEqual(Buffer.from(await (await fetch(`${base}/other`)).arrayBuffer()), other);
			const next = Buffer.alloc(80_000, kill + 1);
			expected = [stored, next];
			client.upload("same", next);
			// The upload takes some 130 ms on this flash: the kills fall before, in and after it.
			await new Promise((resolve) => setTimeout(resolve, 10 + 30 * kill));
			await simulator.stop("SIGKILL");
			client.socket.terminate();
		}
	}).timeout(120_000);
});

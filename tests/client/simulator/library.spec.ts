import * as library from "../../../client/src/index.js";
import { FlashFolder, type Simulator, start } from "../../integration/support/simulator.js";
import { equal, ok } from "../../support/assert.js";
import { flows } from "../flows.js";

describe("the library in Node", () => {
	const folder = new FlashFolder();
	const flash = folder.fresh();
	let simulator: Simulator;

	before(async function () {
		this.timeout(60_000);
		simulator = await start(flash, "--flash-timing", "w25q64");
	});
	after(async () => {
		equal((await simulator.stop()).code, 0);
		folder.remove();
	});

	describe("with a K1", () =>
		flows({
			library,
			url: () => simulator.url,
			async restart() {
				const { port } = simulator;
				await simulator.stop("SIGKILL");
				simulator = await start(flash, "--flash-timing", "w25q64", "--port", String(port));
			},
		}));

	it("holds no timers, sockets or listeners after it was closed", async () => {
		const { K1 } = library;
		async function some(connections: number): Promise<void> {
			for (let i = 0; i < connections; i++) {
				const k1 = await K1.connect(simulator.url);
				await k1.list();
				await k1.close();
			}
			// The system closes sockets a moment later.
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
		await some(1);
		const before = process.getActiveResourcesInfo();
		await some(20);
		const held = process.getActiveResourcesInfo();
		ok(held.length <= before.length, `${before} before, then ${held}`);
	}).timeout(20_000);
});

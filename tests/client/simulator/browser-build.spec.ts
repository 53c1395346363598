import WebSocket from "ws";
import { FlashFolder, type Simulator, start } from "../../integration/support/simulator.js";
import { equal, ok } from "../../support/assert.js";
import { flows, type Library } from "../flows.js";

/** As browsers have it: no way to end it but to close it, and none to send fields of one's own. */
class BrowserSocket extends WebSocket {
	override terminate = undefined as never;

	constructor(url: string) {
		super(url);
	}
}

describe("the library's build for browsers", () => {
	const folder = new FlashFolder();
	const flash = folder.fresh();
	const library = {} as { -readonly [K in keyof Library]: Library[K] };
	let simulator: Simulator;

	before(async function () {
		this.timeout(60_000);
		Object.assign(globalThis, { WebSocket: BrowserSocket });
		const build = new URL("../../../client/dist/browser.js", import.meta.url).href;
		Object.assign(library, await import(build));
		simulator = await start(flash, "--flash-timing", "w25q64", "--token", "secret");
	});
	after(async () => {
		equal((await simulator.stop()).code, 0);
		folder.remove();
	});

	it("has what the other one has", async () => {
		const names = Object.keys(await import("../../../client/src/index.js"));
		for (const name of names) ok(name in library, name);
	});

	describe("with a K1 that wants a token", () =>
		flows({
			library,
			url: () => `${simulator.url}?token=secret`,
			async restart() {
				const { port } = simulator;
				await simulator.stop("SIGKILL");
				simulator = await start(flash, "--flash-timing", "w25q64", "--token", "secret", "--port", String(port));
			},
		}));
});

import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type Browser, chromium, type Page } from "playwright-core";
import * as library from "../../../client/src/index.js";
import { FlashFolder, type Simulator, start } from "../../integration/support/simulator.js";
import { equal, ok } from "../../support/assert.js";
import { flows } from "../flows.js";
import { collect } from "./collect.js";

const CHROMIUM = process.env.K1_CHROMIUM ?? "/usr/bin/chromium";

describe("the library in Chromium", () => {
	const folder = new FlashFolder();
	const flash = folder.fresh();
	let simulator: Simulator;
	let browser: Browser;
	let page: Page;

	before(async function () {
		this.timeout(120_000);
		simulator = await start(flash, "--flash-timing", "w25q64");
		const { outputFiles } = await build({
			entryPoints: [fileURLToPath(new URL("page.ts", import.meta.url))],
			bundle: true,
			format: "iife",
			platform: "browser",
			write: false,
			logLevel: "error",
		});
		browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
		page = await browser.newPage({ bypassCSP: true });
		await page.exposeFunction("restartK1", async () => {
			const { port } = simulator;
			await simulator.stop("SIGKILL");
			simulator = await start(flash, "--flash-timing", "w25q64", "--port", String(port));
		});
		// A page of the device's own origin that does nothing by itself.
		await page.goto(`http://127.0.0.1:${simulator.port}/state`);
		await page.addScriptTag({ content: outputFiles[0]?.text ?? "" });
	});
	after(async () => {
		await browser?.close();
		equal((await simulator.stop()).code, 0);
		folder.remove();
	});

	const nowhere = async () => {};
	for (const name of collect(() => flows({ library, url: () => "", restart: nowhere })).flows.keys()) {
		it(name, async () => {
			await page.evaluate((flow) => runFlow(flow), name);
		}).timeout(120_000);
	}

	it("are more than a few", () =>
		ok(collect(() => flows({ library, url: () => "", restart: nowhere })).flows.size > 10));
});

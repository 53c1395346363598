/**
 * Makes the pictures of docs/screenshots from the programs themselves: `npx tsx docs/screenshots/make.ts`. It needs Debian's chromium,
 * fonts-dejavu-core and bsdutils.
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { picture, record } from "./terminal.js";

const folder = fileURLToPath(new URL(".", import.meta.url));
const examples = fileURLToPath(new URL("../../examples/patterns/", import.meta.url));
/** Where the simulators of the pictures listen. */
const PORT = 18_080;

const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const work = mkdtempSync(join(tmpdir(), "k1-pictures-"));

/** Sends an example to the simulator once it is ready. */
async function send(name: string): Promise<void> {
	for (let tries = 0; tries < 100; tries++) {
		const sent = await record(`npm run -s k1 -- --device 127.0.0.1:${PORT} put ${examples}${name}.prism`, WIDE, 60_000);
		if (sent.includes(`${name}`) && !sent.includes("refused")) return;
		await new Promise((resolve) => setTimeout(resolve, 500));
	}
	throw new Error("the simulator does not take the pattern");
}

const WIDE = { columns: 120, rows: 12 };

try {
	const flash = join(work, "flash.bin");
	const start = `node --import tsx host-shim/simulator/cli.ts --leds --port ${PORT} --flash ${flash}`;
	const [written] = await Promise.all([record(start, WIDE, 12_000), send("aurora")]);
	await picture(browser, `${folder}leds.png`, "npm start -- --leds", written, WIDE);
} finally {
	await browser.close();
	rmSync(work, { recursive: true });
}

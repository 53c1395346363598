/**
 * Makes the pictures of docs/screenshots from the programs themselves: `npx tsx docs/screenshots/make.ts`. It needs Debian's chromium,
 * fonts-dejavu-core and bsdutils.
 */

import { mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { K1 } from "../../client/src/index.js";
import { picture, record } from "./terminal.js";

const folder = fileURLToPath(new URL(".", import.meta.url));
/** Where the simulators of the pictures listen. */
const PORT = 18_080;

const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const work = mkdtempSync(join(tmpdir(), "k1-pictures-"));

/** Sends an example to the simulator as soon as that is ready, and lets it play for a while. */
async function show(name: string): Promise<void> {
	const file = await readFile(new URL(`../../examples/patterns/${name}.prism`, import.meta.url));
	let k1: K1 | undefined;
	for (let tries = 0; k1 === undefined; tries++) {
		try {
			k1 = await K1.connect(`ws://127.0.0.1:${PORT}/ws`);
		} catch (error) {
			if (tries === 60) throw error;
			await new Promise((resolve) => setTimeout(resolve, 1000));
		}
	}
	await k1.upload(name, file);
	await new Promise((resolve) => setTimeout(resolve, 4000));
	await k1.close();
}

const WIDE = { columns: 90, rows: 12 };

try {
	const flash = join(work, "flash.bin");
	const start = `node --import tsx host-shim/simulator/cli.ts --leds --port ${PORT} --flash ${flash}`;
	const written = await record(start, WIDE, show("comet"));
	await picture(browser, `${folder}leds.png`, "npm start -- --leds", written, WIDE);
} finally {
	await browser.close();
	rmSync(work, { recursive: true });
}

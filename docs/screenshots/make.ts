/**
 * Makes the pictures of docs/screenshots from the programs themselves: `npm run screenshots`. It needs Debian's chromium,
 * fonts-dejavu-core and bsdutils.
 */

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { K1 } from "../../client/src/index.js";
import { encodePattern } from "../../modules/pattern/encoder/encode.js";
import { Simulator } from "../../tests/integration/support/simulator.js";
import { pagePictures } from "./page.js";
import { picture, record, type Terminal } from "./terminal.js";

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

const WIDE = { columns: 90, rows: 14 };
const NARROW = { columns: 80, rows: 11 };
const FLAT = { columns: 90, rows: 5 };
const TALL = { columns: 90, rows: 20 };

/** A long pattern, so that there is a bar to be seen: bytes of a .prism file. */
function longPattern(): Uint8Array {
	const frames = Array.from({ length: 2800 }, (_, frame) =>
		Uint8Array.from({ length: 480 }, (__, at) => (at % 3 === 2 ? 0 : ((at + frame) * 7) & 0xe0)),
	);
	return encodePattern({ leds: 160, fps: 60, frames });
}

/** Waits so long, ms. */
function pass(time: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, time));
}

/** What `k1` writes with these arguments in a terminal, up to its end where nothing else is said. */
function k1(args: string, size: Terminal, enough: Parameters<typeof record>[2] = () => false): Promise<Buffer> {
	return record(`node client/dist/k1.js --device 127.0.0.1:${PORT} ${args}`, size, enough);
}

try {
	const flash = join(work, "flash.bin");
	const start = `node --import tsx host-shim/simulator/cli.ts --port ${PORT} --flash ${flash}`;
	const written = await record(`${start} --leds`, WIDE, show("comet"));
	await picture(browser, `${folder}leds.png`, "npm start -- --leds", written, WIDE);

	execFileSync("npx", ["tsx", "client/build.ts"]);
	const long = join(work, "sunset.prism");
	writeFileSync(long, longPattern());
	// As slow as a chip: that is what the bar is for.
	const timed = ["--port", String(PORT), "--flash", join(work, "timed.bin"), "--flash-timing", "w25q64"];
	const simulator = await new Simulator([...timed, "--log-level", "info"]).ready();
	const patterns = "examples/patterns/*.prism";
	const half = await k1(`put ${patterns} ${long}`, NARROW, (text) => /sunset [^\n]* 6\d%/.test(text));
	await picture(browser, `${folder}put.png`, `k1 put ${patterns} sunset.prism`, half, NARROW);
	await k1(`put ${long}`, NARROW);
	await picture(browser, `${folder}ls.png`, "k1 ls", await k1("ls", NARROW), NARROW);
	const moving = await k1("preview examples/patterns/aurora.prism", FLAT, pass(2500));
	await picture(browser, `${folder}preview.png`, "k1 preview examples/patterns/aurora.prism", moving, FLAT);
	await picture(browser, `${folder}logs.png`, "k1 logs", await k1("logs", TALL, pass(1500)), TALL);
	await pagePictures(browser, folder, `http://127.0.0.1:${PORT}/`);
	await simulator.stop();
} finally {
	await browser.close();
	rmSync(work, { recursive: true });
}

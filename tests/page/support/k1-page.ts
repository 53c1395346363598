/** What the specs of the page share: a simulator, a browser, and eyes for the page. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { K1 } from "../../../client/src/index.js";
import { FlashFolder, type Simulator, start } from "../../integration/support/simulator.js";
import { deepEqual, equal } from "../../support/assert.js";

const CHROMIUM = process.env.K1_CHROMIUM ?? "/usr/bin/chromium";
const ARGUMENTS = [
	"--no-sandbox",
	"--disable-gpu",
	"--disable-quic",
	"--no-first-run",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
];

/** How long something may take before a spec gives up waiting for it, ms. */
export const PATIENCE = 40_000;

/** What the browser itself says on its console of a device that is away. */
export const AWAY = /net::ERR_|WebSocket connection to/;
/** And of one that wants a token. */
export const DENIED = /status of (401|429)/;

/** One of the patterns that come with the project. */
export function example(name: string): Buffer {
	return readFileSync(fileURLToPath(new URL(`../../../examples/patterns/${name}.prism`, import.meta.url)));
}

/** A file for an input. */
export function file(name: string, buffer = example(name)): { name: string; mimeType: string; buffer: Buffer } {
	return { name: `${name}.prism`, mimeType: "application/octet-stream", buffer };
}

/** Waits until something is so, looking again and again. @throws Error where it does not come to that */
export async function until(what: string, is: () => boolean | Promise<boolean>): Promise<void> {
	const deadline = Date.now() + PATIENCE;
	while (!(await is())) {
		if (Date.now() > deadline) throw new Error(`not so: ${what}`);
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
}

/** A simulator, and pages of it. */
export class Bench {
	readonly #folder = new FlashFolder();
	readonly #flash = this.#folder.fresh();
	readonly #clients: K1[] = [];
	readonly #pages: Page[] = [];
	/** What the pages' consoles said. */
	complaints: string[] = [];
	simulator!: Simulator;
	browser!: Browser;

	constructor(private readonly args: readonly string[] = []) {}

	async begin(): Promise<void> {
		this.browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
		this.simulator = await start(this.#flash, ...this.args);
	}

	async end(): Promise<void> {
		await this.leave();
		await this.browser?.close();
		await this.simulator?.stop();
		this.#folder.remove();
	}

	/** Closes all pages and clients of a spec: then both places are free. @param expected what the consoles may have said */
	async leave(...expected: readonly RegExp[]): Promise<void> {
		for (const page of this.#pages.splice(0)) await page.context().close();
		for (const client of this.#clients.splice(0)) await client.close();
		const complaints = this.complaints.filter((line) => expected.every((each) => !each.test(line)));
		this.complaints = [];
		deepEqual(complaints, []);
	}

	/** Where pages are opened, if it is not the simulator itself. */
	port: number | undefined;

	get address(): string {
		return `http://127.0.0.1:${this.port ?? this.simulator.port}/`;
	}

	/** Starts the K1 anew at the same address. */
	async startAgain(): Promise<void> {
		this.simulator = await start(this.#flash, ...this.args, "--port", String(this.simulator.port));
	}

	/** Another client of the device. */
	async client(): Promise<K1> {
		const k1 = await K1.connect(this.simulator.url, { reconnect: false });
		this.#clients.push(k1);
		return k1;
	}

	/** Gives a place back. */
	async release(k1: K1): Promise<void> {
		this.#clients.splice(this.#clients.indexOf(k1), 1);
		await k1.close();
	}

	/** Brings the device to these patterns and no others, and to darkness. */
	async holds(...names: string[]): Promise<void> {
		const k1 = await this.client();
		for (const { name } of await k1.list()) await k1.delete(name);
		for (const name of names) await k1.upload(name, example(name));
		await k1.stop();
		await k1.brightness(255);
		await this.release(k1);
	}

	/** Opens the page, and waits for its connection. @param link what the page is to say of that */
	async open(options: BrowserContextOptions = {}, link = "Connected"): Promise<Page> {
		const context = await this.browser.newContext({ viewport: { width: 1000, height: 900 }, ...options });
		const page = await context.newPage();
		this.#pages.push(page);
		page.setDefaultTimeout(PATIENCE);
		page.on("console", (message) => {
			// It means the specs, which read what is drawn.
			if (message.text().startsWith("Canvas2D: Multiple readback")) return;
			if (message.type() === "error" || message.type() === "warning") this.complaints.push(message.text());
		});
		page.on("pageerror", (error) => this.complaints.push(String(error)));
		await page.goto(this.address);
		await page.locator(".link", { hasText: link }).waitFor();
		return page;
	}
}

/** Whether the page shows a pattern as stored. */
export function row(page: Page, name: string) {
	return page.locator("li", { has: page.getByRole("button", { name: `Download ${name}`, exact: true }) });
}

/** R, G, B of the LEDs of a strip, as the page shows them. */
export function shown(page: Page, strip: 1 | 2): Promise<number[]> {
	return page.evaluate((which) => {
		const canvas = document.querySelector<HTMLCanvasElement>(`canvas.leds[data-strip="${which}"]`);
		const data = canvas?.getContext("2d")?.getImageData(0, 0, 160, 1).data ?? [];
		return [...data].filter((_, i) => i % 4 < 3);
	}, strip);
}

/** Whether anything of what is shown is lit. */
export async function lit(page: Page): Promise<boolean> {
	return (await shown(page, 1)).some((value) => value > 0);
}

/** Lets the browser count the page as hidden, or as seen again. */
export async function setHidden(page: Page, hidden: boolean): Promise<void> {
	// As text: it is the page's program, not this one's.
	await page.evaluate(`{
		Object.defineProperty(document, "hidden", { configurable: true, value: ${hidden} });
		document.dispatchEvent(new Event("visibilitychange"));
	}`);
}

/** How many clients the device has, as one more client sees it. */
export async function clientsBeside(k1: K1): Promise<number> {
	return (await k1.status()).clients - 1;
}

/** The names that the device has. */
export async function stored(k1: K1): Promise<string[]> {
	return (await k1.list()).map(({ name }) => name);
}

export function same(bytes: Uint8Array, expected: Uint8Array): void {
	equal(Buffer.compare(bytes, expected), 0);
}

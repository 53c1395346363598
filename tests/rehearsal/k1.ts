/** A K1 in a rehearsal: the real main.ts and boards/esp32 on the chip that stands in, and what people in its network do with it. */
import { equal, fail, ok } from "../support/assert.js";
import { maskedFrame } from "../support/client-frames.js";
import { ascii, hex, toHex } from "../support/hex.js";
import { smallFlash } from "../support/store.js";
import { Chip } from "./chip/chip.js";
import type { Interface } from "./chip/lwip.js";
import { Peer } from "./chip/peer.js";

declare global {
	/** Given by the program that runs the specs: evaluates main.ts. */
	var loadMain: () => Promise<unknown>;
	/** Given by it too: `defines.task.queueLength` of boards/esp32/manifest.json. */
	var queueLength: number;
}

/** How long a peer waits for an answer, ms. */
const PATIENCE = 10_000;
const WEBSOCKET =
	"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n";
/** STATUS in one masked frame. */
const ASK_STATUS = maskedFrame(0x82, hex("300000"), hex("01020304"));
const SETUP = "192.168.4.1";

export class K1 {
	readonly chip = new Chip(globalThis.queueLength);

	constructor(config: Record<string, unknown> = {}) {
		this.chip.config = { firmware: "0.0.0", ...config };
		this.chip.flash = smallFlash();
	}

	/** Power-on: main.ts runs, and then the main loop for a moment. */
	async boot(): Promise<void> {
		const { chip } = this;
		const natives: Readonly<Record<string, (...args: never[]) => unknown>> = {
			xs_prism_leds_send: (pixels: Uint8Array) => chip.leds.send(pixels),
			xs_prism_leds_start: (one: number, two: number) => chip.leds.start(one, two),
			xs_prism_wifi_awake: () => {
				chip.awake = chip.radio.mode !== 0;
			},
		};
		Object.assign(globalThis, {
			trace: (line: string) => chip.trace(line),
			native: (name: string) => {
				const found = natives[name];
				ok(found, name);
				return found;
			},
		});
		try {
			await globalThis.loadMain();
		} catch (error) {
			chip.fail(error);
		}
		this.run(100);
	}

	/** Lets time pass; the machine must be up then. */
	run(ms: number, coarse = 0): void {
		this.chip.run(ms, coarse);
		if (this.chip.ended !== "") this.#fail(this.chip.ended);
	}

	/** Lets time pass until something is so; fails where it does not come to that. */
	until(what: string, is: () => boolean, ms: number): void {
		if (!this.chip.runUntil(is, ms)) this.#fail(`${what}: ${this.chip.ended || "not within the time"}`);
	}

	#fail(why: string): never {
		return fail([why, ...this.chip.log.keys()].join("\n"));
	}

	/** Lines of the log that hold the text. */
	logged(text: string): number {
		return this.chip.logged(text);
	}

	get joined(): boolean {
		return this.chip.advertised.length > 0;
	}

	/** The set-up's network is there. */
	get setupIsOpen(): boolean {
		return this.chip.lwip.isUp("ap");
	}

	/** Asks for a page and waits for the whole answer; empty where nobody answers. */
	ask(request: string, by: Interface = "station"): string {
		const peer = new Peer(this.chip, by === "ap" ? "192.168.4.2" : "192.168.1.7", by, 80);
		peer.send(ascii(request));
		this.chip.runUntil(() => peer.closed || peer.refused, PATIENCE);
		equal(this.chip.ended, "");
		return textOf(peer);
	}

	/** The status of the answer to a GET; 0 where there is none. */
	get(host: string, path = "/", by: Interface = "station"): number {
		return Number(this.page(host, path, by).slice(9, 12));
	}

	page(host: string, path = "/", by: Interface = "station"): string {
		return this.ask(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`, by);
	}

	/** A phone in the set-up's network fills in the form. */
	submit(ssid: string, password: string): number {
		const form = `ssid=&other=${ssid}&password=${password}`;
		const fields = `Host: ${SETUP}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${form.length}\r\n`;
		return Number(this.ask(`POST /setup HTTP/1.1\r\n${fields}Connection: close\r\n\r\n${form}`, "ap").slice(9, 12));
	}

	/** The set-up's form, as a phone sees it. */
	form(): string {
		return this.page(SETUP, "/setup", "ap");
	}

	/** A client connects under this name, asks for STATUS and gets it. */
	answersStatus(host: string, by: Interface = "station"): void {
		const peer = new Peer(this.chip, "192.168.1.8", by, 80);
		peer.send(ascii(`GET /ws HTTP/1.1\r\nHost: ${host}\r\n${WEBSOCKET}\r\n`));
		this.until("handshake", () => textOf(peer).includes("\r\n\r\n"), PATIENCE);
		ok(textOf(peer).startsWith("HTTP/1.1 101 "), textOf(peer));
		peer.send(ASK_STATUS);
		this.until("STATUS", () => peer.heardBytes.some((bytes) => toHex(bytes).startsWith("824b300048")), PATIENCE);
		peer.finish();
		this.until("the client's end", () => peer.closed, PATIENCE);
	}
}

function textOf(peer: Peer): string {
	let text = "";
	for (const bytes of peer.heardBytes) for (const byte of bytes) text += String.fromCharCode(byte);
	return text;
}

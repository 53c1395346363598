/** What the specs of the server share: a whole K1 server on a small flash, and peers that speak HTTP and WebSocket. */

import { Clock } from "../../modules/core/clock.js";
import type { Refusal } from "../../modules/core/errors.js";
import { HeapMonitor } from "../../modules/core/heap-monitor.js";
import { Log } from "../../modules/core/log.js";
import { MemoryPool } from "../../modules/core/memory-pool.js";
import type { Lamp } from "../../modules/lamp/lamp.js";
import { HTTP_BLOCKS, MAX_CLIENTS } from "../../modules/server/limits.js";
import { Server } from "../../modules/server/server.js";
import { PatternStore } from "../../modules/storage/pattern-store.js";
import { Counters } from "../../modules/transfer/counters.js";
import { Metrics } from "../../modules/transfer/metrics.js";
import { maskedFrame } from "./client-frames.js";
import { FakePlatform, type Peer } from "./fake-platform.js";
import { ascii, hex, toHex } from "./hex.js";
import { LampBench, noLamp } from "./lamp.js";
import type { NorFlash } from "./nor-flash.js";
import { smallFlash } from "./store.js";

/** Blocks of the store's cache here. */
const CACHE_BLOCKS = 1;
/** First byte of a binary message in one frame. */
const BINARY = 0x82;

/** The entity tag of its page. */
export const PAGE_ETAG = '"0badcafe-20"';

/** A K1 whose network and clock are the spec's. */
export class ServerBench {
	readonly platform = new FakePlatform();
	readonly clock = new Clock(() => this.platform.ticks);
	readonly pool = new MemoryPool(MAX_CLIENTS + HTTP_BLOCKS + CACHE_BLOCKS);
	readonly counters = new Counters();
	readonly portal = { open: false, answer: () => undefined };
	readonly store: PatternStore;
	/** Started where it was asked for; else there is none. */
	readonly lamp: Lamp;
	readonly server: Server;
	/** Lines of the log, without their time: by default those that tell of errors. */
	readonly lines: string[] = [];

	constructor(
		options: {
			token?: string;
			origins?: string[];
			flash?: NorFlash;
			offline?: boolean;
			/** False: nobody has asked it to listen yet. */
			listens?: boolean;
			logLevel?: string;
			lamp?: boolean;
			page?: Uint8Array;
		} = {},
	) {
		const { clock, pool, counters, platform } = this;
		const log = new Log(
			options.logLevel ?? "error",
			(line) => this.lines.push(line.slice(10)),
			() => clock.now(),
		);
		const flash = options.flash ?? smallFlash();
		const store = new PatternStore(flash, pool, {
			cacheBlocks: CACHE_BLOCKS,
			requirePrism: false,
		});
		const heap = new HeapMonitor({ size: () => 1000, used: () => 400, largestFree: () => 0 });
		const metrics = new Metrics(heap, pool, store, counters);
		const site = {
			access: { hostNames: ["prism-k1.local"], origins: options.origins ?? [], token: options.token ?? "" },
			page: {
				bytes: options.page ?? ascii("<!doctype html><title>K1</title>"),
				etag: PAGE_ETAG,
				policy: "default-src 'none'",
			},
			problem: "",
			portal: this.portal,
		};
		this.store = store;
		this.lamp = options.lamp ? new LampBench(flash, undefined, platform, store).lamp : noLamp();
		this.server = new Server({ platform, clock, log, pool, store, counters, metrics, lamp: this.lamp, site });
		platform.offline = options.offline ?? false;
		this.server.start();
		if (options.listens !== false) this.server.listen(80);
		if (options.lamp) this.lamp.start(false);
	}

	/** A peer asks for a page and gets the whole answer. @param patience how long it waits for it, ms */
	request(text: string, address?: string, patience = 0): string {
		const peer = this.platform.connect(address);
		peer.send(ascii(text));
		this.platform.pass(patience);
		return textOf(peer.take());
	}

	/** A peer becomes a WebSocket client, or is turned away. @param patience how long it waits for that, ms */
	client(address?: string, room?: number, patience = 0): Client {
		const peer = this.platform.connect(address, room);
		peer.send(ascii(`GET /ws HTTP/1.1\r\n${HOST}${WEBSOCKET}\r\n`));
		this.platform.pass(patience);
		return new Client(this.platform, peer);
	}
}

/** A WebSocket client that reads and writes bytes. */
export class Client {
	/** What the K1 said to the handshake. */
	readonly handshake: string;

	constructor(
		private readonly platform: FakePlatform,
		readonly peer: Peer,
	) {
		const bytes = peer.take();
		let end = 0;
		while (end < bytes.length && toHex(bytes, end, end + 4) !== "0d0a0d0a") end++;
		this.handshake = textOf(bytes.subarray(0, end));
		this.#rest = bytes.slice(end + 4);
	}

	/** What came with the handshake. */
	#rest: Uint8Array;

	/** Sends a message in one frame; returns what the K1 sends, in hexadecimal. */
	say(message: string | Uint8Array, first = BINARY): string {
		const payload = typeof message === "string" ? hex(message) : message;
		this.peer.send(maskedFrame(first, payload, hex("01020304")));
		return this.heard();
	}

	/** What the K1 has sent since the last time, in hexadecimal. */
	heard(): string {
		this.platform.settle();
		const before = toHex(this.#rest);
		this.#rest = new Uint8Array(0);
		const bytes = this.peer.take();
		// The peer has read it: the room is there again.
		if (bytes.length > 0) this.peer.give(bytes.length);
		this.platform.settle();
		return before + toHex(bytes);
	}
}

/** Text of bytes, one character a byte. */
export function textOf(bytes: Uint8Array): string {
	let text = "";
	for (const byte of bytes) text += String.fromCharCode(byte);
	return text;
}

/** The Host field of a request. */
export const HOST = "Host: prism-k1.local\r\n";
/** The fields that ask for the WebSocket. */
export const WEBSOCKET =
	"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n";

/** The status of an answer. */
export function statusOf(answer: string): number {
	return Number(answer.slice(9, 12));
}

/** The body of an answer. */
export function bodyOf(answer: string): string {
	return answer.slice(answer.indexOf("\r\n\r\n") + 4);
}

/** First byte of a text message in one frame. */
export const TEXT = 0x81;
/** The key that clients mask with here. */
export const KEY = hex("01020304");
/** STATUS ok in its WebSocket frame, in hexadecimal. */
export const OK = "820430000100";

function byte(value: number): string {
	return value.toString(16).padStart(2, "0");
}

/** A whole ERROR frame in its WebSocket frame, in hexadecimal. */
export function error(refusal: Refusal, retryAfterMs = 0): string {
	const { code, reason } = refusal;
	const value = `${byte(code)}${retryAfterMs.toString(16).padStart(8, "0")}${toHex(ascii(reason))}`;
	return `82${byte(value.length / 2 + 3)}4000${byte(value.length / 2)}${value}`;
}

/** A close frame, in hexadecimal. */
export function close(code: number, reason = ""): string {
	return `88${byte(2 + reason.length)}${code.toString(16).padStart(4, "0")}${toHex(ascii(reason))}`;
}

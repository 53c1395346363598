/** What the specs of the transfer share: a session on a small flash, messages in hexadecimal, answers likewise. */

import { HeapMonitor } from "../../modules/core/heap-monitor.js";
import { Log } from "../../modules/core/log.js";
import { BLOCK_SIZE, MemoryPool } from "../../modules/core/memory-pool.js";
import type { Lamp } from "../../modules/lamp/lamp.js";
import { PatternStore } from "../../modules/storage/pattern-store.js";
import { Counters } from "../../modules/transfer/counters.js";
import { Metrics } from "../../modules/transfer/metrics.js";
import { REPLY_START, Session } from "../../modules/transfer/session.js";
import { hex, toHex } from "./hex.js";
import { noLamp } from "./lamp.js";
import type { NorFlash } from "./nor-flash.js";
import { smallFlash } from "./store.js";

/** STATUS ok. */
export const OK = "30000100";
/** No answer. */
export const SILENCE = "";

/** A K1 without a server: one store and as many sessions as are asked for. */
export class Bench {
	readonly counters = new Counters();
	readonly pool = new MemoryPool(3);
	readonly store: PatternStore;
	/** Milliseconds since boot. */
	now = 1000;
	/** Lines of the log. */
	readonly lines: string[] = [];
	/** What CONTROL and SHOW are for. */
	lamp: Lamp = noLamp();
	readonly #log: Log;
	readonly #metrics: Metrics;
	readonly #block = new Uint8Array(BLOCK_SIZE);

	constructor(
		readonly flash: NorFlash = smallFlash(),
		requirePrism = false,
		logLevel = "silent",
	) {
		this.store = new PatternStore(flash, this.pool, { cacheBlocks: 1, requirePrism });
		this.#log = new Log(
			logLevel,
			(line) => this.lines.push(line.slice(16)),
			() => this.now,
		);
		const heap = new HeapMonitor({ size: () => 1000, used: () => 400, largestFree: () => 0 });
		this.#metrics = new Metrics(heap, this.pool, this.store, this.counters);
	}

	session(): Session {
		const session = new Session(this.store, this.#metrics, this.counters, this.#log, this.lamp);
		session.open("10.0.0.1");
		return session;
	}

	/** Hands a session a message; returns the answer in hexadecimal. */
	say(session: Session, message: string | Uint8Array): string {
		const bytes = typeof message === "string" ? hex(message) : message;
		this.#block.set(bytes);
		const end = session.receive(this.#block, bytes.length, this.now);
		return end === 0 ? "" : toHex(this.#block, REPLY_START, end);
	}
}

/** The reason in an ERROR's hexadecimal; "" for another answer. */
export function reasonOf(answer: string): string {
	if (!answer.startsWith("40")) return "";
	let reason = "";
	for (const byte of hex(answer.slice(16))) reason += String.fromCharCode(byte);
	return reason;
}

/** The code in an ERROR's hexadecimal; 0 for another answer. */
export function codeOf(answer: string): number {
	return answer.startsWith("40") ? Number.parseInt(answer.slice(6, 8), 16) : 0;
}

/**
 * The chip under the firmware, as far as its boot and its network go: a clock, the main loop, the queue of messages, what is kept
 * over a restart. The fakes of the SDK's modules in ../sdk work on it; each rule in them names the place in the SDK or the ESP-IDF
 * where it was read (Moddable SDK 8.2.3, ESP-IDF 6.0).
 */
import type { NorFlash } from "../../support/nor-flash.js";
import { LedDriver } from "./led-driver.js";
import { Lwip } from "./lwip.js";
import { Radio } from "./radio.js";

/** Which task does something: the script's own, or one of the others, which may wait. */
export type Task = "script" | "lwip" | "event";

/** A timer of the script. */
export interface ChipTimer {
	due: number;
	repeat: number;
	callback: (timer: ChipTimer) => void;
}

/** Ends the script at once, past every `catch` that is not the harness's: the run loop looks at `ended`. */
class Gone extends Error {}

export class Chip {
	/** Milliseconds since power-on. */
	now = 0;
	/** What is added to that for the script's ticks, so that they wrap where a spec wants it. */
	ticksBefore = 0;
	/** What the log said, without the time, and how often: so that weeks of it fit into the heap. */
	readonly log = new Map<string, number>();
	/** Why the machine has ended, or hangs; empty while it runs. */
	ended = "";
	/** Messages that were in the queue at the most. */
	mostQueued = 0;
	/** The NVS, as `preference` sees it: `domain/key`. */
	readonly preferences = new Map<string, string>();
	/** `preference` throws: the NVS is full, or broken. */
	preferencesFail = false;
	/** What esp_reset_reason says. */
	reset = { reason: 1, string: "Power-On" };
	/** What `mc/config` holds. */
	config: Record<string, unknown> = {};
	/** The partition "patterns"; none: the partition table is another one. */
	flash: NorFlash | undefined;
	/** WiFi.accessPoint throws so often. */
	accessPointFails = 0;
	/** Modem sleep was turned off. */
	awake = false;
	/** Host names of others in the network, without `.local`, in lower case. */
	readonly neighbours = new Set<string>();
	/** What the K1 advertises by mDNS. */
	readonly advertised: { readonly host: string; readonly serviceType: string; readonly port: number }[] = [];
	/** Asks the K1's DNS server for a name; none while there is no such server. */
	lookUp: ((name: string) => void) | undefined;
	/** What the DNS server answered. */
	readonly answers: string[] = [];
	readonly leds = new LedDriver(this);
	readonly radio = new Radio(this);
	readonly lwip = new Lwip(this);
	readonly #timers: ChipTimer[] = [];
	readonly #events: { at: number; run: () => void }[] = [];
	readonly #queue: (() => void)[] = [];
	readonly #blocked: { task: Task; run: () => void }[] = [];

	/** @param queueLength places in the task's queue (MODDEF_TASK_QUEUELENGTH, xs/platforms/esp/xsHost.c) */
	constructor(readonly queueLength: number) {
		globalThis.chip = this;
	}

	/** `trace`: a line of the log. */
	trace(text: string): void {
		const line = text.trim().replace(/^[\d.]+ /, "");
		this.log.set(line, (this.log.get(line) ?? 0) + 1);
	}

	/** How many lines of the log hold the text. */
	logged(text: string): number {
		let lines = 0;
		for (const [line, times] of this.log) if (line.includes(text)) lines += times;
		return lines;
	}

	/** Has something happen outside of the script, in `ms`. */
	later(ms: number, run: () => void): void {
		const at = this.now + ms;
		let i = this.#events.length;
		while (i > 0 && this.#events[i - 1].at > at) i--;
		this.#events.splice(i, 0, { at, run });
	}

	/**
	 * modMessagePostToMachine (xs/platforms/esp/xsHost.c): waits for room, in a release build for ever. The script's own task is
	 * the one that makes room, so for it that is the end.
	 */
	post(task: Task, run: () => void): void {
		if (this.#queue.length < this.queueLength) {
			this.#queue.push(run);
			this.mostQueued = Math.max(this.mostQueued, this.#queue.length);
		} else if (task === "script") this.end("hangs: the script's task waits for room in its own queue");
		else this.#blocked.push({ task, run });
	}

	/** The script calls into lwIP and waits for its task (tcpip_api_call, modules/network/socket/lwip/modLwipSafe.c). */
	callLwip(): void {
		if (this.#blocked.some(({ task }) => task === "lwip")) this.end("hangs: lwIP and the script wait for each other");
	}

	/** The machine ends, or hangs, here. */
	end(why: string): never {
		this.ended ||= why;
		throw new Gone(why);
	}

	addTimer(callback: (timer: ChipTimer) => void, interval: number, repeat: number): ChipTimer {
		const timer = { due: this.now + interval, repeat, callback };
		this.#timers.push(timer);
		return timer;
	}

	/** Whether there was such a timer. */
	removeTimer(timer: ChipTimer): boolean {
		const index = this.#timers.indexOf(timer);
		if (index >= 0) this.#timers.splice(index, 1);
		return index >= 0;
	}

	hasTimer(timer: ChipTimer): boolean {
		return this.#timers.includes(timer);
	}

	/**
	 * The main loop (build/devices/esp32/lib/main/main.c) for so many milliseconds: timers, then the messages that are in the queue.
	 * @param coarse ms that the clock jumps by at least, so that weeks do not take as long as they are: timers fire late then
	 */
	run(ms: number, coarse = 0): void {
		const until = this.now + ms;
		while (this.ended === "") {
			this.#fireTimers();
			this.#serve();
			if (this.ended !== "" || this.#queue.length > 0) continue;
			const next = Math.max(this.#nextMoment(), this.now + coarse);
			if (next > until) break;
			this.now = Math.max(this.now, next);
			this.#fireEvents();
		}
		this.now = Math.max(this.now, until);
	}

	/** Runs until something is so; returns whether it came to that within `ms`. */
	runUntil(is: () => boolean, ms: number): boolean {
		const until = this.now + ms;
		while (!is() && this.now < until && this.ended === "") this.run(Math.min(50, until - this.now));
		return is();
	}

	/** A turn of the script. An exception that nobody catches ends the machine (fxAbort, xs/platforms/esp/xsPlatform.c). */
	turn(run: () => void): void {
		if (this.ended !== "") return;
		try {
			run();
		} catch (error) {
			this.fail(error);
		}
	}

	/** An exception came out of the script: XS calls the global `abort`, and restarts the chip. */
	fail(error: unknown): void {
		if (this.ended === "") this.ended = `restarts: ${error instanceof Error ? error.message : error}`;
		const hook = (globalThis as { abort?: (message: string, error: unknown) => void }).abort;
		if (!(error instanceof Gone)) hook?.("unhandled exception", error);
	}

	#nextMoment(): number {
		let next = this.#events[0]?.at ?? Number.POSITIVE_INFINITY;
		for (const { due } of this.#timers) next = Math.min(next, due);
		return next;
	}

	/** modTimersExecute: those that are due now, each once. */
	#fireTimers(): void {
		const due = this.#timers.filter((timer) => timer.due <= this.now);
		for (const timer of due) {
			if (!this.#timers.includes(timer)) continue;
			if (timer.repeat > 0) timer.due = this.now + timer.repeat;
			else this.removeTimer(timer);
			this.turn(() => timer.callback(timer));
		}
	}

	/** modMessageService: as many messages as there are on entry. */
	#serve(): void {
		for (let count = this.#queue.length; count > 0 && this.ended === ""; count--) {
			const run = this.#queue.shift();
			const [waiting] = this.#blocked.splice(0, 1);
			if (waiting) this.#queue.push(waiting.run);
			if (run) this.turn(run);
		}
	}

	#fireEvents(): void {
		while ((this.#events[0]?.at ?? Number.POSITIVE_INFINITY) <= this.now) this.#events.shift()?.run();
	}
}

declare global {
	/** The chip that the firmware runs on in this rehearsal. */
	var chip: Chip;
}

import type { Clock } from "../core/clock.js";
import type { HeapMonitor } from "../core/heap-monitor.js";
import type { Platform, TimerHandle } from "../server/platform.js";
import { MAX_PATTERN_SIZE } from "../storage/geometry.js";
import type { PatternStore } from "../storage/pattern-store.js";
import type { Counters } from "../transfer/counters.js";

/** Nobody has asked anything for so long: it is quiet, ms. */
const QUIET = 2000;
/** How often to see whether it is quiet, or whether there is work again, ms. */
const LOOK_AGAIN = 250;
/** A transfer of which no bytes have come or gone for so long does not move, ms. */
const STILL = 250;
/** Transfers put the work off for so long at most, ms. */
const PATIENCE = 10_000;
/** Of the time, one part in so many at most goes to the work while clients keep asking, when little is erased ... */
const SHARE = 4;
/** ... and when there is plenty: one answer in some hundreds meets an erase. */
const SMALL_SHARE = 400;
/** A step that took less than this still lets the clients have so long, ms. */
const LEAST_PAUSE = 10;

/**
 * Gives the store time to erase ahead and to move what lies still. An erase stops the whole chip, 45 ms a sector, so this waits until
 * nobody has asked anything for 2 s: neither a message nor a page. It goes on between questions too, else a client that asks
 * every second would stop it for good: a quarter of the time at most when less than one largest pattern is erased, and
 * a 400th otherwise. While a pattern comes or goes it waits, for 10 s at most.
 */
export class Housekeeping {
	#timer: TimerHandle;
	/** When the last step ended. */
	#lastStep = 0;
	/** When there may be a step between questions again. */
	#nextStep = 0;

	constructor(
		private readonly platform: Platform,
		private readonly clock: Clock,
		private readonly store: PatternStore,
		private readonly counters: Counters,
		private readonly heap: HeapMonitor,
	) {}

	start(): void {
		this.#timer = this.platform.timer.repeat(() => this.#step(), LOOK_AGAIN);
	}

	#step(): void {
		this.heap.sample();
		const pause = this.#work();
		this.platform.timer.schedule(this.#timer, pause, LOOK_AGAIN);
	}

	/** Does one step if this is the time for it; returns how long to wait for the next, ms. */
	#work(): number {
		const { clock, counters, store } = this;
		const before = clock.now();
		const quiet = before - counters.lastAsked >= QUIET && before - counters.lastMoved >= QUIET;
		if (!quiet) {
			if (before - counters.lastMoved < STILL && before - this.#lastStep < PATIENCE) return LOOK_AGAIN;
			if (before < this.#nextStep) return Math.min(this.#nextStep - before, LOOK_AGAIN);
		}
		if (!store.tidy()) return LOOK_AGAIN;
		const after = clock.now();
		this.#lastStep = after;
		const share = store.cleanBytes < MAX_PATTERN_SIZE ? SHARE : SMALL_SHARE;
		const pause = Math.max((share - 1) * (after - before), LEAST_PAUSE);
		this.#nextStep = after + pause;
		return quiet ? 1 : Math.min(pause, LOOK_AGAIN);
	}
}

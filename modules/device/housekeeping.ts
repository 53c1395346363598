import type { Clock } from "../core/clock.js";
import type { HeapMonitor } from "../core/heap-monitor.js";
import type { Platform, TimerHandle } from "../server/platform.js";
import { MAX_PATTERN_SIZE } from "../storage/geometry.js";
import type { PatternStore } from "../storage/pattern-store.js";
import type { Counters } from "../transfer/counters.js";

/** No frame for so long is quiet, ms. */
const QUIET = 2000;
/** How often to see whether it is quiet, or whether there is work again, ms. */
const LOOK_AGAIN = 250;
/** Of the time, one part in so many at most goes to erasing while clients keep asking. */
const SHARE = 4;
/** A step that took less than this still lets the clients have so long, ms. */
const LEAST_PAUSE = 10;

/**
 * Gives the store time to erase ahead. An erase stops the whole chip, 45 ms a sector, so it waits until no upload is
 * under way and nobody has asked anything for 2 s. When less than one largest pattern is erased it goes on between
 * questions too, a quarter of the time at most: else a client that asks every second would keep all uploads slow.
 */
export class Housekeeping {
	#timer: TimerHandle;

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
		if (counters.uploads > 0) return LOOK_AGAIN;
		const before = clock.now();
		if (before - counters.lastFrame >= QUIET) return store.tidy() ? 1 : LOOK_AGAIN;
		if (store.cleanBytes >= MAX_PATTERN_SIZE) return LOOK_AGAIN;
		if (!store.tidy()) return LOOK_AGAIN;
		return Math.max((SHARE - 1) * (clock.now() - before), LEAST_PAUSE);
	}
}

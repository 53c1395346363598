import type { Clock } from "../core/clock.js";
import type { HeapMonitor } from "../core/heap-monitor.js";
import type { TimerHandle, Timers } from "../core/timer.js";
import type { Lamp, Onlooker } from "../lamp/lamp.js";
import { LIVE, PLAYING } from "../playback/player.js";
import { BLOCK_SECTORS } from "../storage/blocks.js";
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
/** While something plays there is one step in so many ms. */
const BESIDE_LIGHT = 1000;
/** A step that took less than this still lets the clients have so long, ms. */
const LEAST_PAUSE = 10;

/**
 * Gives the store time to erase ahead and to move what lies still. An erase stops the whole chip, 150 ms for a block of 16 sectors, so this waits
 * until nobody has asked anything for 2 s: neither a message nor a page. It goes on between questions too, else a client that asks
 * every second would stop it for good, sector by sector, 45 ms: a quarter of the time at most when less than one largest pattern is erased, and
 * a 400th otherwise. While a pattern comes or goes it waits, for 10 s at most, and
 * longer where uploads erase what they need themselves: else two erases would come between two answers. While something plays there is a step a second, right
 * after a picture went out, and it erases data sectors only when less than one largest pattern is erased.
 */
export class Housekeeping implements Onlooker {
	#timer: TimerHandle;
	/** When the last step ended. */
	#lastStep = 0;
	/** When a picture was last taken for the moment of a step. */
	#lastBeside = 0;
	/** When there may be a step between questions again. */
	#nextStep = 0;
	/** The store's erases up to the last look. */
	#erases = 0;

	constructor(
		private readonly timers: Timers,
		private readonly clock: Clock,
		private readonly store: PatternStore,
		private readonly counters: Counters,
		private readonly heap: HeapMonitor,
		private readonly lamp: Lamp,
	) {}

	start(): void {
		this.lamp.watch(this);
		this.#timer = this.timers.repeat(() => this.#step(), LOOK_AGAIN);
	}

	/** A picture went out: if ever a step harms none, then now. */
	shown(now: number): void {
		if (now - this.#lastBeside < BESIDE_LIGHT || !this.#plays) return;
		this.#lastBeside = now;
		if (this.#mayWork(now)) this.#tidy(now, this.store.cleanBytes < MAX_PATTERN_SIZE ? 1 : 0);
	}

	changed(): void {}

	#step(): void {
		this.heap.sample();
		const pause = this.#work();
		this.timers.schedule(this.#timer, pause, LOOK_AGAIN);
	}

	/** Does one step if this is the time for it; returns how long to wait for the next, ms. */
	#work(): number {
		const now = this.clock.now();
		if (this.#plays || !this.#mayWork(now))
			return Math.max(0, Math.min(this.#nextStep - now, LOOK_AGAIN)) || LOOK_AGAIN;
		const quiet = this.#isQuiet(now);
		if (!this.#tidy(now, quiet ? BLOCK_SECTORS : 1)) return LOOK_AGAIN;
		return quiet ? 1 : Math.min(this.#nextStep - this.#lastStep, LOOK_AGAIN);
	}

	/** Pictures come one after the other. */
	get #plays(): boolean {
		const { state } = this.lamp.player;
		return state === PLAYING || state === LIVE;
	}

	#isQuiet(now: number): boolean {
		const { lastAsked, lastMoved } = this.counters;
		return now - lastAsked >= QUIET && now - lastMoved >= QUIET;
	}

	/** Whether clients leave time for a step. */
	#mayWork(now: number): boolean {
		if (this.#isQuiet(now)) return true;
		const { erases } = this.store;
		const erasing = erases !== this.#erases;
		this.#erases = erases;
		if (now - this.counters.lastMoved < STILL && (erasing || now - this.#lastStep < PATIENCE)) return false;
		return now >= this.#nextStep;
	}

	/** Does one step, with so many data sectors to be erased at most; returns whether there was one to do. */
	#tidy(now: number, most: number): boolean {
		if (!this.store.tidy(most)) return false;
		const after = this.clock.now();
		this.#lastStep = after;
		const share = this.store.cleanBytes < MAX_PATTERN_SIZE ? SHARE : SMALL_SHARE;
		this.#nextStep = after + Math.max((share - 1) * (after - now), LEAST_PAUSE);
		return true;
	}
}

import { type Clock, NOT_SET } from "../core/clock.js";
import { RefusedError } from "../core/errors.js";
import { NEVER, type TimerHandle, type Timers } from "../core/timer.js";

/**
 * From one save to the next at least, ms: what is older than 2 s is kept, and a slider that is moved day and night does not wear
 * the journal out (docs/pattern-store.md, "Settings").
 */
export const SAVE_INTERVAL = 1900;

/** Saves what changes, not more often than the flash can bear. */
export class Keeper {
	#timer: TimerHandle;
	#lastSave = -SAVE_INTERVAL;
	/** When it is saved; not set: there is nothing new. */
	#due = NOT_SET;
	/** The last try failed, and somebody was told. */
	#failing = false;

	/**
	 * @param save writes it; may throw a RefusedError, and is called again later then
	 * @param failed takes the reason why it could not be saved; not again while that goes on
	 */
	constructor(
		private readonly timers: Timers,
		private readonly clock: Clock,
		private readonly save: () => void,
		private readonly failed: (reason: string) => void,
	) {}

	start(): void {
		this.#timer = this.timers.repeat(() => this.#run(), NEVER);
	}

	/** Something is different from what was saved. */
	changed(now: number): void {
		if (this.#due !== NOT_SET) return;
		this.#due = Math.max(now, this.#lastSave + SAVE_INTERVAL);
		if (this.#timer) this.timers.schedule(this.#timer, this.#due - now, NEVER);
	}

	#run(): void {
		this.#due = NOT_SET;
		this.#lastSave = this.clock.now();
		try {
			this.save();
			this.#failing = false;
		} catch (error) {
			if (!(error instanceof RefusedError)) throw error;
			if (!this.#failing) this.failed(error.refusal.reason);
			this.#failing = true;
			this.changed(this.#lastSave);
		}
	}
}

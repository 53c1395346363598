/** Stands for a time that is not set. */
export const NOT_SET = -1;

/**
 * Milliseconds since boot, as a number that does not wrap. The platform's ticks are 32 bits and start over after 49
 * days; differences of them are right all the same as long as the clock is read more often than every 24 days.
 */
export class Clock {
	#now = 0;
	#last: number;

	/** @param ticks the platform's own count of milliseconds, whatever its origin */
	constructor(private readonly ticks: () => number) {
		this.#last = ticks();
	}

	/** Milliseconds since this clock was made. */
	now(): number {
		const ticks = this.ticks();
		const now = this.#now + ((ticks - this.#last) | 0);
		this.#now = now;
		this.#last = ticks;
		return now;
	}
}

/** `timer`: modules/base/timer/modTimer.c and xs/platforms/esp. */
import type { ChipTimer } from "../chip/chip.js";

const Timer = {
	set(callback: (timer: ChipTimer) => void, interval = 0, repeat = 0): ChipTimer {
		return chip.addTimer(callback, interval, repeat);
	},

	repeat(callback: (timer: ChipTimer) => void, interval: number): ChipTimer {
		return chip.addTimer(callback, interval, interval);
	},

	/** xs_timer_schedule looks for the timer behind the object: one that fired once and is done has none. */
	schedule(timer: ChipTimer, interval?: number, repeat = 0): void {
		if (!chip.hasTimer(timer)) throw new Error("invalid");
		timer.due = interval === undefined ? Number.POSITIVE_INFINITY : chip.now + interval;
		timer.repeat = repeat;
	},

	/** Forgives one that is done, and nothing at all (xs_timer_clear). */
	clear(timer: ChipTimer | undefined | null): void {
		if (timer) chip.removeTimer(timer);
	},
};

export default Timer;

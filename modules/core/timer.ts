/** The platform's timers, in the shape of the SDK's `timer` module. */

/** One timer; opaque. */
export type TimerHandle = object | null | undefined;

/** Longer than any device runs without a turn: with this interval a repeating timer is one that can be scheduled again and again, ms. */
export const NEVER = 0x7fffffff;

export interface Timers {
	repeat(callback: () => void, interval: number): TimerHandle;
	/** Without an interval the timer stops until it is scheduled again. */
	schedule(timer: TimerHandle, interval?: number, repeat?: number): void;
}

/** `timer`: call something later. A callback runs alone: never inside another callback. */
declare module "timer" {
	/** What `set` and `repeat` return and the other calls take; it has no members of its own. */
	class Timer {
		private constructor();
		/** Calls back after `interval` ms (default 0), and then every `repeat` ms where that is given. */
		static set(callback: (timer: Timer) => void, interval?: number, repeat?: number): Timer;
		/** Calls back every `interval` ms. */
		static repeat(callback: (timer: Timer) => void, interval: number): Timer;
		/** Sets an existing timer anew; without an interval it stops until it is scheduled again. */
		static schedule(timer: Timer, interval?: number, repeat?: number): void;
		/** Ends a timer for good; nothing happens for `undefined`. */
		static clear(timer: Timer | undefined | null): void;
		private brand: boolean;
	}
	export default Timer;
}

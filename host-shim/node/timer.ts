/** `timer` on Node. A callback never runs inside another one, and 0 ms is the very next turn of the event loop. */

type Callback = (timer: Timer) => void;

export default class Timer {
	#callback: Callback;
	#handle: NodeJS.Timeout | undefined;
	#immediate: NodeJS.Immediate | undefined;

	private constructor(callback: Callback) {
		this.#callback = callback;
	}

	static set(callback: Callback, interval = 0, repeat?: number): Timer {
		const timer = new Timer(callback);
		timer.#start(interval, repeat);
		return timer;
	}

	static repeat(callback: Callback, interval: number): Timer {
		return Timer.set(callback, interval, interval);
	}

	static schedule(timer: Timer, interval?: number, repeat?: number): void {
		timer.#stop();
		if (interval !== undefined) timer.#start(interval, repeat);
	}

	static clear(timer: Timer | undefined | null): void {
		if (timer) timer.#stop();
	}

	#start(interval: number, repeat: number | undefined): void {
		const fire = () => {
			this.#immediate = undefined;
			// Armed again before the callback, which may schedule or clear the timer itself.
			if (repeat !== undefined) this.#start(repeat, repeat);
			this.#callback(this);
		};
		// Node makes 1 ms of a timeout of 0. What is meant is: after the sockets have been looked at, which is between two
		// immediates, as the first may come in the loop's present turn.
		if (interval <= 0) {
			this.#immediate = setImmediate(() => {
				this.#immediate = setImmediate(fire);
			});
		} else this.#handle = setTimeout(fire, interval);
	}

	#stop(): void {
		clearTimeout(this.#handle);
		clearImmediate(this.#immediate);
		this.#handle = undefined;
		this.#immediate = undefined;
	}
}

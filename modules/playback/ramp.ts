/** A number that goes to another one in a straight line over some time: brightness, gamma. */
export class Ramp {
	/** Where it goes. */
	target: number;
	/** Where it is, as of the last `at`. */
	value: number;
	#from: number;
	#start = 0;
	#time = 0;

	constructor(value: number) {
		this.target = value;
		this.value = value;
		this.#from = value;
	}

	/** It is on its way, as of the last `at`. */
	get moving(): boolean {
		return this.value !== this.target;
	}

	/** Starts on the way to `target`, from where it is at `now`; it takes `time` ms. With 0 it is there at once. */
	go(target: number, time: number, now: number): void {
		this.#from = this.at(now);
		this.target = target;
		if (time === 0) this.value = target;
		this.#start = now;
		this.#time = time;
	}

	/** Moves to where it has to be at `now`, a whole number, and returns that. */
	at(now: number): number {
		if (this.value === this.target) return this.value;
		const passed = now - this.#start;
		this.value =
			passed >= this.#time ? this.target : this.#from + Math.round(((this.target - this.#from) * passed) / this.#time);
		return this.value;
	}
}

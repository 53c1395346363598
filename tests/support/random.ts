/** Numbers that look random and are the same on every engine: xorshift (Marsaglia, 2003). */
export class Random {
	#state: number;

	constructor(seed: number) {
		this.#state = (seed * 2654435761 + 12345) | 1;
	}

	/** 0 to `below` - 1. */
	below(below: number): number {
		this.#state ^= this.#state << 13;
		this.#state ^= this.#state >>> 17;
		this.#state ^= this.#state << 5;
		return (this.#state >>> 0) % below;
	}

	/** True once in so many times. */
	oneIn(times: number): boolean {
		return this.below(times) === 0;
	}
}

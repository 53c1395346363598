import { percentile } from "./percentile.js";

/** Several measurements of one thing, a few figures each. */
export class Samples<Name extends string> {
	readonly #values = new Map<Name, number[]>();

	add(figures: Readonly<Record<Name, number>>): void {
		for (const [name, value] of Object.entries(figures) as [Name, number][]) {
			this.#values.set(name, [...this.of(name), value]);
		}
	}

	of(name: Name): number[] {
		return this.#values.get(name) ?? [];
	}

	median(name: Name): number {
		return median(this.of(name));
	}

	/** Median, and from the least to the most in brackets. */
	show(name: Name, digits = 0): string {
		return spread(this.of(name), digits);
	}
}

export function median(values: readonly number[]): number {
	return percentile(values, 0.5);
}

/** Median, and from the least to the most in brackets. */
export function spread(values: readonly number[], digits = 0): string {
	if (values.length === 1) return values[0].toFixed(digits);
	const [least, most] = [Math.min(...values), Math.max(...values)];
	return `${median(values).toFixed(digits)} (${least.toFixed(digits)} to ${most.toFixed(digits)})`;
}

/** Does each of these once in so many rounds, one after the other: what the machine does meanwhile hits all alike. */
export async function interleave(rounds: number, works: readonly (() => Promise<void>)[]): Promise<void> {
	for (let round = 0; round < rounds; round++) for (const work of works) await work();
}

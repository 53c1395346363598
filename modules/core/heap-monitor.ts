// biome-ignore-all lint/complexity/useMathMinMax: on XS a call costs ten times what a comparison does.
/** Where the figures of the heap come from: the platform, given by `main.ts`. */
export interface HeapProbe {
	/** Bytes of the whole JavaScript heap, chunks and slots; on a K1 always the same. */
	size(): number;
	/** Bytes in use now, garbage that is not collected yet included. */
	used(): number;
	/** Bytes of the largest block of the memory outside of it, or 0 where the platform does not tell. */
	largestFree(): number;
}

/** Keeps the lowest mark of the free heap since boot, from samples taken at every tick and every STATUS. */
export class HeapMonitor {
	size = 0;
	free = 0;
	leastFree = Number.POSITIVE_INFINITY;
	largestFree = 0;

	constructor(private readonly probe: HeapProbe) {
		this.sample();
	}

	sample(): void {
		const { probe } = this;
		const size = probe.size();
		const left = size - probe.used();
		const free = left > 0 ? left : 0;
		this.size = size;
		this.free = free;
		if (free < this.leastFree) this.leastFree = free;
		this.largestFree = probe.largestFree();
	}
}

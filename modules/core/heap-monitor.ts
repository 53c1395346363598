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
		this.size = this.probe.size();
		this.free = Math.max(0, this.size - this.probe.used());
		if (this.free < this.leastFree) this.leastFree = this.free;
		this.largestFree = this.probe.largestFree();
	}
}

/** Where the figures of the heap come from: the platform, given by `main.ts`. */
export interface HeapProbe {
	/** Bytes of the whole JavaScript heap, chunks and slots. */
	readonly size: number;
	/** Bytes in use now, garbage that is not collected yet included. */
	used(): number;
	/** Bytes of the largest block of the memory outside of it, or 0 where the platform does not tell. */
	largestFree(): number;
}

/** Keeps the lowest mark of the free heap since boot, from samples taken at every tick and every STATUS. */
export class HeapMonitor {
	free: number;
	leastFree: number;
	largestFree = 0;

	constructor(private readonly probe: HeapProbe) {
		this.free = probe.size;
		this.leastFree = probe.size;
		this.sample();
	}

	get size(): number {
		return this.probe.size;
	}

	sample(): void {
		this.free = Math.max(0, this.probe.size - this.probe.used());
		if (this.free < this.leastFree) this.leastFree = this.free;
		this.largestFree = this.probe.largestFree();
	}
}

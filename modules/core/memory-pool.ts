/**
 * Fixed blocks for everything that needs a buffer, all made at boot: what a K1 can take at once is decided here, and
 * nothing that happens later can run the heap out. Blocks are 4,096 bytes, the size of the largest frame and of a
 * flash sector.
 */

/** Bytes in a block. */
export const BLOCK_SIZE = 4096;

export class MemoryPool {
	/** Blocks handed out now. */
	inUse = 0;
	/** The most that were ever handed out at once. */
	highest = 0;
	/** How often `alloc` had to say no. */
	refused = 0;
	readonly #blocks: Uint8Array[] = [];
	readonly #free: boolean[] = [];

	/** @param total how many blocks there are, for ever */
	constructor(readonly total: number) {
		for (let i = 0; i < total; i++) {
			this.#blocks.push(new Uint8Array(new ArrayBuffer(BLOCK_SIZE)));
			this.#free.push(true);
		}
	}

	/**
	 * A block that is nobody else's until `free`, its content undefined; or nothing when there is none for the caller.
	 * @param keep blocks that must stay free for others after this one
	 */
	alloc(keep = 0): Uint8Array | undefined {
		if (this.total - this.inUse <= keep) {
			this.refused++;
			return undefined;
		}
		const index = this.#free.indexOf(true);
		this.#free[index] = false;
		if (++this.inUse > this.highest) this.highest = this.inUse;
		return this.#blocks[index];
	}

	/** Gives a block back. @throws Error for a block that is free already or is not of this pool */
	free(block: Uint8Array): void {
		const index = this.#blocks.indexOf(block);
		if (index < 0) throw new Error("free of a block that is not of this pool");
		if (this.#free[index]) throw new Error("free of a block that is free");
		this.#free[index] = true;
		this.inUse--;
	}
}

/**
 * The data sectors by blocks: 16 sectors that start at a multiple of 64 KiB of the partition. The chip erases such a
 * block in 150 ms, where each sector by itself takes 45 (`esp_flash_erase_region` does so where one call covers all of
 * it, and the K1's partition starts at a multiple of 64 KiB). So it is known of each block how much of it is free.
 */

import { find } from "../bytes/bytes.js";

/** Sectors in a block. */
export const BLOCK_SECTORS = 16;
/** The same as a power of two. */
export const BLOCK_SHIFT = 4;
/** So much is added to what is taken of a block that cannot be erased as one. */
const NEVER_WHOLE = 64;

export class Blocks {
	/** Sectors of each block that are not free. */
	readonly taken: Uint8Array;
	/** Sectors of each block that are free and known to be erased. */
	readonly clean: Uint8Array;
	/** What is added to a data sector's number so that its block is a 16th of it. */
	readonly offset: number;
	readonly #sectors: number;

	/**
	 * @param sectors number of data sectors
	 * @param start sector number, from the partition's start, of the first of them
	 */
	constructor(sectors: number, start: number) {
		this.#sectors = sectors;
		this.offset = start % BLOCK_SECTORS;
		const count = Math.ceil((this.offset + sectors) / BLOCK_SECTORS);
		this.taken = new Uint8Array(count);
		this.clean = new Uint8Array(count);
		this.clear();
	}

	/** The block that a sector is in. */
	of(sector: number): number {
		return (sector + this.offset) >> BLOCK_SHIFT;
	}

	/** First sector of a block. */
	start(block: number): number {
		return Math.max(0, (block << BLOCK_SHIFT) - this.offset);
	}

	/** Behind its last sector. */
	end(block: number): number {
		return Math.min(((block + 1) << BLOCK_SHIFT) - this.offset, this.#sectors);
	}

	/** The next block that starts at `sector` or behind it, round the end, of which all is clean; or -1. */
	nextClean(sector: number): number {
		return this.#next(this.clean, BLOCK_SECTORS, sector);
	}

	/** The same of which all is free, erased or not. */
	nextFree(sector: number): number {
		return this.#next(this.taken, 0, sector);
	}

	/** All sectors are free, and none is known to be erased. What the data begin or end in the middle of is no block. */
	clear(): void {
		this.taken.fill(0);
		this.clean.fill(0);
		if (this.offset > 0) this.neverWhole(0);
		if ((this.offset + this.#sectors) % BLOCK_SECTORS > 0) this.neverWhole(this.taken.length - 1);
	}

	/** Has a block's sectors be erased by themselves from now on. */
	neverWhole(block: number): void {
		if (this.taken[block] < NEVER_WHOLE) this.taken[block] += NEVER_WHOLE;
	}

	#next(counts: Uint8Array, wanted: number, sector: number): number {
		const from = Math.min(this.of(sector + BLOCK_SECTORS - 1), counts.length);
		const ahead = find(counts, wanted, from, counts.length);
		return ahead >= 0 ? ahead : find(counts, wanted, 0, from);
	}
}

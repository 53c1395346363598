/**
 * The pattern sectors read last, in a few pool blocks; the one not used for the longest time gives way. The figures are
 * counted as they happen.
 */

import { BLOCK_SIZE, type MemoryPool } from "../core/memory-pool.js";
import type { Partition } from "./partition.js";
import { USED } from "./sectors.js";

const EMPTY = 0xffff;

export class BlockCache {
	hits = 0;
	misses = 0;
	/** Blocks that hold a sector now. */
	held = 0;
	/** Sector in each block. */
	readonly #sectors: Uint16Array;
	readonly #views: Uint8Array[] = [];
	/** Blocks by use, the latest first. */
	readonly #order: Uint8Array;
	readonly #partition: Partition;

	/** @param count blocks to take from the pool, for good. @throws Error when the pool has not got them */
	constructor(partition: Partition, pool: MemoryPool, count: number) {
		const { sectorLength } = partition.geometry;
		if (count < 1) throw new Error("the store needs at least one cache block");
		this.#partition = partition;
		this.#sectors = new Uint16Array(count).fill(EMPTY);
		this.#order = new Uint8Array(count);
		for (let i = 0; i < count; i++) {
			const block = pool.alloc();
			if (!block) throw new Error("no pool block left for the store's cache");
			this.#views.push(sectorLength === BLOCK_SIZE ? block : block.subarray(0, sectorLength));
			this.#order[i] = i;
		}
	}

	/**
	 * The content of a data sector. It is good until the next call.
	 * @throws RefusedError(FLASH_FAILED)
	 */
	get(sector: number): Uint8Array {
		const order = this.#order;
		const found = this.#sectors.indexOf(sector);
		const block = found >= 0 ? found : order[order.length - 1];
		const view = this.#views[block];
		order.copyWithin(1, 0, order.indexOf(block));
		order[0] = block;
		if (found >= 0) {
			this.hits++;
			return view;
		}
		this.misses++;
		const { dataOffset, sectorLength } = this.#partition.geometry;
		this.#forget(block);
		this.#partition.read(view, dataOffset + sector * sectorLength);
		this.#sectors[block] = sector;
		this.held++;
		return view;
	}

	/** Lets go of every sector that no pattern uses any more. */
	sweep(states: Uint8Array): void {
		for (let i = 0; i < this.#sectors.length; i++) {
			const sector = this.#sectors[i];
			if (sector !== EMPTY && states[sector] !== USED) this.#forget(i);
		}
	}

	#forget(block: number): void {
		if (this.#sectors[block] === EMPTY) return;
		this.#sectors[block] = EMPTY;
		this.held--;
	}
}

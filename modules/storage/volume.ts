/**
 * The parts of a store put together, for the uploads and readers that share it: sectors are given back
 * here, and every change goes to the journal first and to RAM only once it is durable.
 */

import { PATTERNS_FULL, RefusedError } from "../core/errors.js";
import type { MemoryPool } from "../core/memory-pool.js";
import { BlockCache } from "./block-cache.js";
import { Directory, UNCHECKED } from "./directory.js";
import type { FlashPort } from "./flash-port.js";
import type { Geometry } from "./geometry.js";
import { CAPACITY } from "./geometry.js";
import { Journal } from "./journal.js";
import { Partition } from "./partition.js";
import { DIRTY, END, Sectors } from "./sectors.js";
import { Supply } from "./supply.js";

/** Whoever may be reading a chain whose pattern is replaced or deleted. */
export interface ChainUser {
	/** First sector of the chain in use, or END. */
	head: number;
	/** The sector of it that was used last, or END. */
	sector: number;
	/** The chain belongs to no pattern any more: the last user gives it back. */
	orphan: boolean;
}

export class Volume {
	readonly partition: Partition;
	readonly geometry: Geometry;
	readonly sectors: Sectors;
	readonly directory = new Directory();
	readonly journal: Journal;
	readonly supply: Supply;
	readonly cache: BlockCache;
	/** Uploads under way. */
	uploads = 0;
	/** All that may be reading. */
	readonly users: ChainUser[] = [];

	/** Recovers what the flash holds. @throws RefusedError(FLASH_FAILED), or Error for a flash or pool that will not do */
	constructor(flash: FlashPort, pool: MemoryPool, cacheBlocks: number) {
		this.partition = new Partition(flash);
		this.geometry = this.partition.geometry;
		this.sectors = new Sectors(this.geometry.dataSectors, this.geometry.dataStart);
		this.journal = new Journal(this.partition, this.directory, this.sectors);
		this.supply = new Supply(this.partition, this.sectors, this.journal);
		// First of all: where it throws, the pool is whole as it was.
		this.journal.mount();
		this.cache = new BlockCache(this.partition, pool, cacheBlocks);
	}

	/**
	 * One step of the journal's work that can wait, see `Journal.tidy`. Where it fails, the next commit meets the same failure, and
	 * its client is told.
	 * @returns whether anything was done
	 */
	tidyJournal(most: number): boolean {
		try {
			return this.journal.tidy(most);
		} catch {
			return false;
		}
	}

	/**
	 * Makes a chain the pattern of the name in name[start..end), in place of any earlier one.
	 * @throws RefusedError PATTERNS_FULL or FLASH_FAILED: nothing has changed then, and the chain is still the caller's
	 */
	put(name: Uint8Array, start: number, end: number, size: number, crc: number, head: number): void {
		const { directory } = this;
		const position = directory.search(name, start, end);
		if (position < 0 && directory.count === CAPACITY) throw new RefusedError(PATTERNS_FULL);
		const sequence = this.journal.put(name, start, end, size, crc, head);
		let slot: number;
		if (position < 0) {
			slot = directory.insert(position, name, start, end);
		} else {
			slot = directory.order[position];
			this.release(directory.heads[slot]);
		}
		directory.sizes[slot] = size;
		directory.crcs[slot] = crc;
		directory.sequences[slot] = sequence;
		directory.turns[slot] = this.sectors.turn;
		directory.heads[slot] = head;
		directory.checked[slot] = UNCHECKED;
	}

	/** Deletes the pattern in a slot. @throws RefusedError(FLASH_FAILED): it is still there then */
	remove(slot: number): void {
		const { directory } = this;
		this.journal.remove(directory.sequences[slot]);
		const head = directory.heads[slot];
		directory.remove(slot);
		this.release(head);
	}

	/**
	 * Puts a copy in the place of one sector of the pattern in a slot.
	 * @param index the sector's place in the chain
	 * @param before the sector before it, or END
	 * @throws RefusedError(FLASH_FAILED): nothing has changed then
	 */
	replace(slot: number, index: number, before: number, from: number, to: number): void {
		const { directory, sectors } = this;
		this.journal.move(directory.sequences[slot], index, to);
		sectors.next[to] = sectors.next[from];
		if (before === END) directory.heads[slot] = to;
		else sectors.next[before] = to;
		for (let i = 0; i < this.users.length; i++) {
			const user = this.users[i];
			if (user.head === from) user.head = to;
			if (user.sector === from) user.sector = to;
		}
		sectors.set(from, DIRTY);
		this.cache.sweep(sectors.states);
	}

	/** Gives a chain back that no pattern owns, or leaves that to the last reader of it. */
	release(head: number): void {
		if (head === END) return;
		let used = false;
		for (let i = 0; i < this.users.length; i++) {
			const user = this.users[i];
			if (user.head !== head) continue;
			user.orphan = true;
			used = true;
		}
		if (used) return;
		this.sectors.freeChain(head);
		this.cache.sweep(this.sectors.states);
	}
}

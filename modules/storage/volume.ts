/**
 * The parts of a store put together, for the uploads and readers that share it: sectors are taken and given back
 * here, and every change goes to the journal first and to RAM only once it is durable.
 */

import { FLASH_FAILED, NO_SPACE, PATTERNS_FULL, RefusedError } from "../core/errors.js";
import type { MemoryPool } from "../core/memory-pool.js";
import { BlockCache } from "./block-cache.js";
import { Directory, UNCHECKED } from "./directory.js";
import type { FlashPort } from "./flash-port.js";
import type { Geometry } from "./geometry.js";
import { CAPACITY } from "./geometry.js";
import { Journal } from "./journal.js";
import { Partition } from "./partition.js";
import { BAD, CLEAN, DIRTY, END, Sectors, UNKNOWN, USED } from "./sectors.js";

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
	readonly cache: BlockCache;
	/** Uploads under way. */
	uploads = 0;
	/** All that may be reading. */
	readonly users: ChainUser[] = [];

	/** Recovers what the flash holds. @throws RefusedError(FLASH_FAILED), or Error for a flash or pool that will not do */
	constructor(flash: FlashPort, pool: MemoryPool, cacheBlocks: number) {
		this.partition = new Partition(flash);
		this.geometry = this.partition.geometry;
		this.sectors = new Sectors(this.geometry.dataSectors);
		this.journal = new Journal(this.partition, this.directory, this.sectors);
		// First of all: where it throws, the pool is whole as it was.
		this.journal.mount();
		this.cache = new BlockCache(this.partition, pool, cacheBlocks);
	}

	/**
	 * Takes the next free sector, erased: one that is known to be, else the pointer's next, erased on the spot.
	 * @param promised the sector is one of those that were reserved
	 * @throws RefusedError NO_SPACE or FLASH_FAILED
	 */
	takeSector(promised: boolean): number {
		const sectors = this.sectors;
		if (!promised && sectors.free <= sectors.reserved) throw new RefusedError(NO_SPACE);
		if (!this.journal.spoilt) this.journal.spoilSuspects();
		let sector = sectors.nextClean();
		if (sector < 0) {
			sector = sectors.nextFree();
			// A sector that was set aside has taken a promised one's place.
			if (sector < 0) throw new RefusedError(FLASH_FAILED);
			if (!this.look(sector)) this.erase(sector);
		}
		sectors.set(sector, USED);
		sectors.next[sector] = END;
		sectors.passed(sector);
		return sector;
	}

	/** Whether a free sector is erased, reading it when that is not known yet. @throws RefusedError(FLASH_FAILED) */
	look(sector: number): boolean {
		const sectors = this.sectors;
		if (sectors.states[sector] === UNKNOWN) {
			const { dataOffset, sectorLength } = this.geometry;
			const start = dataOffset + sector * sectorLength;
			sectors.set(sector, this.partition.blank(start, start + sectorLength) ? CLEAN : DIRTY);
		}
		return sectors.states[sector] === CLEAN;
	}

	/** Erases a free sector; one that fails is set aside until the next start. @throws RefusedError(FLASH_FAILED) */
	erase(sector: number): void {
		// What the sector held may still be wanted by a journal that reads differently next time.
		this.journal.changing(sector);
		const at = this.geometry.dataStart + sector;
		try {
			this.partition.erase(at, at + 1);
		} catch (error) {
			this.setAside(sector);
			throw error;
		}
		this.sectors.set(sector, CLEAN);
	}

	/** Sets a sector that failed aside until the next start, which has to erase it before it uses it. */
	setAside(sector: number): void {
		this.sectors.set(sector, BAD);
		this.partition.spoil(sector);
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

/**
 * Which sector an upload gets next, and the erasing of those that are given back. Uploads of a block or more write to
 * whole blocks, each to its own, so that their space comes free in whole blocks again.
 */

import { find } from "../bytes/bytes.js";
import { FLASH_FAILED, RefusedError } from "../core/errors.js";
import { BLOCK_SECTORS } from "./blocks.js";
import type { Journal } from "./journal.js";
import type { Partition } from "./partition.js";
import { BAD, CLEAN, DIRTY, END, type Sectors, UNKNOWN, USED } from "./sectors.js";

/** From so many dirty sectors on a block is erased sooner as one: 150 ms, and not 45 for each. */
const WORTH_WAITING = 4;
/** In idle time there must be more: what is clean of the block is erased for nothing, and perhaps again before it is used. */
const WORTH_WEARING = 12;
/** Single sectors are passed over for whole blocks until those were handed out so many times more often. */
const MOST_LAG = 3;

export class Supply {
	constructor(
		private readonly partition: Partition,
		private readonly sectors: Sectors,
		private readonly journal: Journal,
	) {}

	/**
	 * Takes a free sector for an upload, erased: on the spot if need be. The chain that it goes on with gets it.
	 * @param last the sector that the upload took last, or END
	 * @param expected sectors that the upload is going to need, this one included
	 * @throws RefusedError(FLASH_FAILED)
	 */
	take(last: number, expected: number): number {
		const { sectors } = this;
		if (!this.journal.spoilt) this.journal.spoilSuspects();
		let sector = last === END ? -1 : this.#cleanFrom(last);
		if (sector < 0) sector = this.#choose(expected);
		else if (sector === sectors.pointer) sectors.pointTo(sector + 1);
		sectors.set(sector, USED);
		sectors.next[sector] = END;
		if (last !== END) sectors.next[last] = sector;
		sectors.worn(sector, 1);
		return sector;
	}

	/** Whether a free sector is erased, reading it when that is not known yet. @throws RefusedError(FLASH_FAILED) */
	look(sector: number): boolean {
		const { sectors } = this;
		if (sectors.states[sector] === UNKNOWN) {
			const { dataOffset, sectorLength } = this.partition.geometry;
			const start = dataOffset + sector * sectorLength;
			sectors.set(sector, this.partition.blank(start, start + sectorLength) ? CLEAN : DIRTY);
		}
		return sectors.states[sector] === CLEAN;
	}

	/**
	 * Erases a dirty sector, or its whole block where that is free and mostly dirty, and `most` sectors are as many. Never
	 * the block that is being handed out: what is clean of it would be erased for nothing, again and again.
	 * @throws RefusedError(FLASH_FAILED)
	 */
	eraseAround(sector: number, most: number): void {
		const { blocks, pointer } = this.sectors;
		const block = blocks.of(sector);
		const begun = blocks.start(block) < pointer && pointer < blocks.end(block) && blocks.clean[block] > 0;
		const whole = most >= BLOCK_SECTORS && blocks.taken[block] === 0 && !begun;
		if (!whole || !this.#eraseBlock(block, WORTH_WEARING)) this.#erase(sector);
	}

	/** Sets a sector that failed aside until the next start, which has to erase it before it uses it. */
	setAside(sector: number): void {
		this.sectors.set(sector, BAD);
		this.partition.spoil(sector);
	}

	/** The first clean sector of a sector's block, from that one on, or -1. */
	#cleanFrom(sector: number): number {
		const { blocks, states } = this.sectors;
		return find(states, CLEAN, sector, blocks.end(blocks.of(sector)));
	}

	/** A sector for an upload that cannot go on in its block, erased; the pointer goes behind what the upload may take from there. */
	#choose(expected: number): number {
		const { sectors } = this;
		const { blocks } = sectors;
		const single = sectors.clean > 0 ? sectors.nextOf(CLEAN) : sectors.nextFree();
		// A sector that was set aside has taken a promised one's place.
		if (single < 0) throw new RefusedError(FLASH_FAILED);
		const large = expected >= BLOCK_SECTORS;
		let block = large ? blocks.nextClean(sectors.pointer) : -1;
		// What is clean in single places, if it is enough, is sooner had than what has to be erased.
		if (block < 0 && sectors.clean < expected && (large || !this.look(single)))
			block = blocks.nextFree(sectors.pointer);
		if (block >= 0 && !this.#lags(single, block)) {
			const first = this.#ready(block);
			sectors.pointTo(large ? blocks.end(block) : first + 1);
			return first;
		}
		if (!this.look(single)) this.eraseAround(single, BLOCK_SECTORS);
		sectors.pointTo(single + 1);
		return single;
	}

	/** Whether a single sector was passed over too often. */
	#lags(sector: number, block: number): boolean {
		const { blocks, wear } = this.sectors;
		return wear[sector] + MOST_LAG <= wear[blocks.start(block)];
	}

	/** Sees to it that a free block has a clean sector, all of them where that takes one erase. @returns the first of them */
	#ready(block: number): number {
		const { blocks } = this.sectors;
		const start = blocks.start(block);
		if (blocks.clean[block] < BLOCK_SECTORS) {
			for (let sector = start; sector < start + BLOCK_SECTORS; sector++) this.look(sector);
			if (!this.#eraseBlock(block, WORTH_WAITING) && blocks.clean[block] === 0) this.#erase(start);
		}
		return this.#cleanFrom(start);
	}

	/** Erases a free block of which all was looked at, with so many dirty sectors at least. @returns whether all of it is erased now */
	#eraseBlock(block: number, least: number): boolean {
		const { blocks, states } = this.sectors;
		if (BLOCK_SECTORS - blocks.clean[block] < least) return false;
		const start = blocks.start(block);
		// What the sectors held may still be wanted by a journal that reads differently next time.
		this.journal.changing(start, BLOCK_SECTORS);
		const at = this.partition.geometry.dataStart + start;
		let state = CLEAN;
		try {
			this.partition.erase(at, at + BLOCK_SECTORS);
		} catch {
			// Perhaps one sector of it does not erase: it will be found out which.
			state = DIRTY;
			blocks.neverWhole(block);
		}
		for (let sector = start; sector < start + BLOCK_SECTORS; sector++) {
			// Nobody got what it was erased for.
			if (states[sector] === CLEAN) this.sectors.worn(sector, 1);
			this.sectors.set(sector, state);
		}
		return state === CLEAN;
	}

	/** Erases a free sector; one that fails is set aside until the next start. @throws RefusedError(FLASH_FAILED) */
	#erase(sector: number): void {
		this.journal.changing(sector, 1);
		const at = this.partition.geometry.dataStart + sector;
		try {
			this.partition.erase(at, at + 1);
		} catch (error) {
			this.setAside(sector);
			throw error;
		}
		this.sectors.set(sector, CLEAN);
	}
}

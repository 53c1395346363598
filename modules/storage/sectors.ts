/**
 * The data sectors: which are free, which of those are erased, and the chains that patterns are made of. Sectors are
 * handed out from a pointer that moves round and round, so every free sector takes its turn.
 */

import { find } from "../bytes/bytes.js";
import { BLOCK_SECTORS, BLOCK_SHIFT, Blocks } from "./blocks.js";

/** States of a sector. All but USED and BAD are free. */
export const USED = 0;
/** Free, and known to be erased. */
export const CLEAN = 1;
/** Free, but must be erased before use. */
export const DIRTY = 2;
/** Free, and not looked at since the start. */
export const UNKNOWN = 3;
/** Failed to erase or program: set aside until the next start. */
export const BAD = 4;

/** Free, and perhaps half erased or half programmed when the power failed: it may read blank and not be. */
export const SUSPECT = 5;

/** Uploads at a time. */
export const UPLOADS = 4;
/** Sectors that a lease in the journal lets uploads take. */
export const LEASE_LENGTH = 16;
/** All that a lease stretches over. */
const MOST_SPAN = 64;
/** What is taken for handed out of a lease during which the power failed. */
export const HALF_LEASE = 8;
const MOST_WEAR = 255;

/** End of a chain. */
export const END = 0xffff;

export class Sectors {
	/** Sectors in state CLEAN, DIRTY or UNKNOWN. */
	free: number;
	/** Sectors in state CLEAN. */
	clean = 0;
	/** Free sectors that are promised to uploads of known size and not taken yet. */
	reserved = 0;
	/** Where the search for the next sector starts. */
	pointer = 0;
	/** Sectors handed out to uploads since the store was first used: the clock by which a pattern's age is told. */
	turn = 0;
	/** The sectors that may be handed out before the journal has to be told: the first of them, and how many. */
	leaseFirst = 0;
	leaseSpan = 0;
	readonly states: Uint8Array;
	readonly blocks: Blocks;
	/** The sector that follows in a sector's chain, or END. */
	readonly next: Uint16Array;
	/** The sectors that uploads are writing to, or END; before the suspect ones have been dealt with, those from before the start. */
	readonly open = new Uint16Array(UPLOADS).fill(END);
	/** How often each sector was handed out, less what all of them were. */
	readonly wear: Uint8Array;

	/**
	 * @param count number of data sectors; all are free and not looked at
	 * @param start sector number, from the partition's start, of the first of them
	 */
	constructor(
		readonly count: number,
		start: number,
	) {
		this.free = count;
		this.blocks = new Blocks(count, start);
		this.states = new Uint8Array(count).fill(UNKNOWN);
		this.next = new Uint16Array(count);
		this.wear = new Uint8Array(count);
	}

	/** The next sector from the pointer on that is free, but perhaps not erased, or -1. */
	nextFree(): number {
		const dirty = this.nextOf(DIRTY);
		const unknown = this.nextOf(UNKNOWN);
		if (dirty < 0 || unknown < 0) return dirty < 0 ? unknown : dirty;
		const dirtyAhead = dirty >= this.pointer;
		if (dirtyAhead !== unknown >= this.pointer) return dirtyAhead ? dirty : unknown;
		return Math.min(dirty, unknown);
	}

	/** The next sector from the pointer on that is in this state, or -1. */
	nextOf(state: number): number {
		const ahead = find(this.states, state, this.pointer, this.count);
		return ahead >= 0 ? ahead : find(this.states, state, 0, this.pointer);
	}

	/** Records what is known of a sector. */
	set(sector: number, state: number): void {
		const before = this.states[sector];
		const { blocks } = this;
		const block = blocks.of(sector);
		if (before === CLEAN) {
			this.clean--;
			blocks.clean[block]--;
		}
		if (state === CLEAN) {
			this.clean++;
			blocks.clean[block]++;
		}
		const wasFree = before !== USED && before !== BAD;
		const isFree = state !== USED && state !== BAD;
		if (wasFree !== isFree) {
			this.free += isFree ? 1 : -1;
			blocks.taken[block] += isFree ? -1 : 1;
		}
		this.states[sector] = state;
	}

	/**
	 * Adds the sector behind the last of a chain to it, if that is erased and of the same block. Most sectors are had so, and
	 * it is one step, where `set` and `worn` are a dozen calls.
	 * @returns the sector, or -1
	 */
	takeNext(last: number): number {
		const { blocks, states, wear, next } = this;
		const sector = last + 1;
		const place = sector + blocks.offset;
		if ((place & (BLOCK_SECTORS - 1)) === 0 || states[sector] !== CLEAN || wear[sector] === MOST_WEAR) return -1;
		const block = place >> BLOCK_SHIFT;
		states[sector] = USED;
		next[last] = sector;
		next[sector] = END;
		wear[sector]++;
		this.free--;
		this.clean--;
		blocks.taken[block]++;
		blocks.clean[block]--;
		if (sector === this.pointer) this.pointTo(sector + 1);
		return sector;
	}

	/** Moves the pointer to a sector, or to the first one where that is behind the last. */
	pointTo(sector: number): void {
		this.pointer = sector < this.count ? sector : 0;
	}

	/** Counts that a sector was handed out so many times. */
	worn(sector: number, times: number): void {
		const { wear } = this;
		if (wear[sector] + times > MOST_WEAR) this.#lower();
		wear[sector] = Math.min(wear[sector] + times, MOST_WEAR);
	}

	/** Takes off what all have in common; where that is nothing, for want of idle time to move what lies still, half. */
	#lower(): void {
		const { wear } = this;
		let least = MOST_WEAR;
		for (let i = 0; i < this.count; i++) if (wear[i] < least) least = wear[i];
		for (let i = 0; i < this.count; i++) wear[i] = least > 0 ? wear[i] - least : wear[i] >> 1;
	}

	/** Counts the next free sectors from `first` on as handed out, so many of them. */
	wornFrom(first: number, times: number): void {
		this.pointer = first;
		for (let i = 0; i < times; i++) {
			const sector = this.nextFree();
			if (sector < 0) continue;
			this.pointTo(sector + 1);
			this.worn(sector, 1);
		}
	}

	/**
	 * Starts a lease at a sector: of sixteen, and one more for each of them that is in use, but not round the end. What
	 * other uploads write to close by is in it, too, so that two do not need a new one turn by turn.
	 */
	startLease(first: number): void {
		const most = Math.min(first + MOST_SPAN, this.count);
		let end = Math.min(first + LEASE_LENGTH, this.count);
		let at = first + 1;
		while (end < most && at < end) {
			at = find(this.states, USED, at, end) + 1;
			if (at === 0) break;
			end++;
		}
		let start = first;
		for (let i = 0; i < UPLOADS; i++) {
			const other = this.open[i];
			if (other === END) continue;
			const otherEnd = Math.min(other + LEASE_LENGTH, this.count);
			if (other < start && end - other <= MOST_SPAN) start = other;
			else if (otherEnd > end && otherEnd - start <= MOST_SPAN) end = otherEnd;
		}
		this.leaseFirst = start;
		this.leaseSpan = end - start;
	}

	/** After a start: puts the pointer behind the lease. */
	skipLease(): void {
		// One round is no multiple of this and a lease, else the next one would come to the same sectors again.
		const more = this.free % (LEASE_LENGTH + 1) === 0 ? 3 : 1;
		this.pointer = (this.leaseFirst + this.leaseSpan) % this.count;
		for (let i = 0; i < more; i++) {
			const sector = this.nextFree();
			if (sector >= 0) this.pointer = (sector + 1) % this.count;
		}
	}

	/** Whether a sector is one of `span` from `first` on, round the end. */
	within(sector: number, first: number, span: number): boolean {
		const distance = sector - first;
		return (distance < 0 ? distance + this.count : distance) < span;
	}

	/** Believes of no free sector within the span that it is erased, however it reads. */
	distrust(first: number, span: number): void {
		for (let i = 0; i < Math.min(span, this.count); i++) {
			const sector = (first + i) % this.count;
			if (this.states[sector] === UNKNOWN) this.set(sector, SUSPECT);
		}
	}

	/** Frees all sectors of a chain but those set aside; they must be erased before they are used again. */
	freeChain(head: number): void {
		// Up to 128 at once, so without a call for each: that would cost 3 ms of the chip.
		const { blocks, states, next } = this;
		const { offset, taken } = blocks;
		let freed = 0;
		for (let sector = head; sector !== END; sector = next[sector]) {
			if (states[sector] !== USED) continue;
			states[sector] = DIRTY;
			taken[(sector + offset) >> BLOCK_SHIFT]--;
			freed++;
		}
		this.free += freed;
	}

	/** Forgets everything: all sectors are free and not looked at. */
	clear(): void {
		this.states.fill(UNKNOWN);
		this.wear.fill(0);
		this.open.fill(END);
		this.blocks.clear();
		this.free = this.count;
		this.clean = 0;
	}
}

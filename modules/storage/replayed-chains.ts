/** The sectors that patterns have, as the records of a journal area give and take them when it is read back. */

import type { Directory } from "./directory.js";
import type { LostPatterns } from "./lost-patterns.js";
import { type JournalRecord, PUT } from "./record.js";
import { END, type Sectors, UNKNOWN, USED } from "./sectors.js";

export class ReplayedChains {
	constructor(
		private readonly record: JournalRecord,
		private readonly directory: Directory,
		private readonly sectors: Sectors,
		private readonly lost: LostPatterns,
	) {}

	/** Chains the sectors of a PUT, which are used then. @returns false when one is out of range or there twice: none is taken */
	take(): boolean {
		const { record, sectors } = this;
		let last = END;
		for (let i = 0; i < record.sectors; i++) {
			const sector = record.sector(i);
			if (sector >= sectors.count || (sectors.states[sector] === USED && !this.#evict(sector, -1))) {
				if (last !== END) this.release(record.sector(0));
				return false;
			}
			sectors.set(sector, USED);
			if (last !== END) sectors.next[last] = sector;
			sectors.next[sector] = END;
			last = sector;
		}
		return true;
	}

	/**
	 * Puts sector `to` in the place of number `index` of the chain of a slot.
	 * @returns false when that chain is shorter, or `to` is out of range or in it already: nothing has changed then
	 */
	move(slot: number, index: number, to: number): boolean {
		const { directory, sectors } = this;
		if (to >= sectors.count) return false;
		let before = END;
		let from = directory.heads[slot];
		for (let i = index; i > 0 && from !== END; i--) {
			before = from;
			from = sectors.next[from];
		}
		if (from === END || (sectors.states[to] === USED && !this.#evict(to, slot))) return false;
		sectors.set(to, USED);
		sectors.worn(to, 1);
		sectors.next[to] = sectors.next[from];
		if (before === END) directory.heads[slot] = to;
		else sectors.next[before] = to;
		sectors.set(from, UNKNOWN);
		return true;
	}

	/** The pattern in a slot is no more. */
	drop(slot: number): void {
		this.release(this.directory.heads[slot]);
		this.directory.remove(slot);
	}

	/** As `Sectors.freeChain`, but what these sectors hold now is not known. */
	release(head: number): void {
		const { sectors } = this;
		for (let sector = head; sector !== END; sector = sectors.next[sector]) sectors.set(sector, UNKNOWN);
	}

	/**
	 * Drops the pattern that has a sector which the record gives to another: the one by which it let go of that is lost.
	 * @returns false when none has it, or the pattern in slot `except`
	 */
	#evict(sector: number, except: number): boolean {
		const { directory, record, sectors } = this;
		for (let i = 0; i < directory.count; i++) {
			const slot = directory.order[i];
			let at = directory.heads[slot];
			while (at !== END && at !== sector) at = sectors.next[at];
			if (at === END) continue;
			if (slot === except) return false;
			const same = record.type === PUT && directory.find(record.bytes, record.nameStart, record.nameEnd) === slot;
			// Its new version is what has the sector now.
			if (!same) this.lost.addSlot(slot);
			this.drop(slot);
			return true;
		}
		return false;
	}
}

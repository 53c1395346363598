/**
 * Static wear levelling: a pattern that nobody replaces keeps its sectors from taking their turn, so the others would
 * wear out first. In idle time the least worn sector of those that lie still is copied to the most worn one that is
 * free, and so comes free itself. One sector goes at a time and nothing is held between two steps, so it takes a single
 * free sector to do this, and no upload ever waits for it.
 */

import { FLASH_FAILED, RefusedError } from "../core/errors.js";
import { CLEAN, DIRTY, END, USED } from "./sectors.js";
import type { Volume } from "./volume.js";

/**
 * A sector moves when the free one was handed out so many times more often. This adds an eighth to the erases at most;
 * with fewer the wear would be more even than anybody needs.
 */
const DIFFERENCE = 8;

export class Mover {
	/** What lies still, as `#findStill` left it. */
	#slot = 0;
	#index = 0;
	#before = END;
	#still = END;
	/** `Sectors.turn` at the last search that found nothing. */
	#searchedAt = -1;
	readonly #volume: Volume;

	constructor(volume: Volume) {
		this.#volume = volume;
	}

	/** Moves one sector, when there is one to move and nobody uploads. @returns true while there may be more to do */
	step(): boolean {
		const { sectors, uploads } = this.#volume;
		if (uploads > 0 || sectors.turn === this.#searchedAt) return false;
		const target = this.#mostWorn();
		if (target >= 0) this.#findStill();
		if (target < 0 || this.#still === END || sectors.wear[target] - sectors.wear[this.#still] < DIFFERENCE) {
			this.#searchedAt = sectors.turn;
			return false;
		}
		this.#move(target);
		return true;
	}

	/** The erased sector that was handed out most often, or -1. Nobody uploads, so none is promised to anybody. */
	#mostWorn(): number {
		const { sectors } = this.#volume;
		let found = -1;
		for (let i = 0; i < sectors.count; i++) {
			if (sectors.states[i] === CLEAN && (found < 0 || sectors.wear[i] > sectors.wear[found])) found = i;
		}
		return found;
	}

	/** Finds the sector that was handed out least often of the patterns stored before uploads last took the whole store. */
	#findStill(): void {
		const { directory, sectors } = this.#volume;
		this.#still = END;
		for (let i = 0; i < directory.count; i++) {
			const slot = directory.order[i];
			if (sectors.turn - directory.turns[slot] < sectors.count) continue;
			let before = END;
			let index = 0;
			for (let at = directory.heads[slot]; at !== END; at = sectors.next[at]) {
				if (this.#still === END || sectors.wear[at] < sectors.wear[this.#still]) {
					this.#slot = slot;
					this.#index = index;
					this.#before = before;
					this.#still = at;
				}
				before = at;
				index++;
			}
		}
	}

	#move(target: number): void {
		const volume = this.#volume;
		const { cache, directory, geometry, partition, sectors } = volume;
		const { dataOffset, sectorLength } = geometry;
		const length = Math.min(sectorLength, directory.sizes[this.#slot] - this.#index * sectorLength);
		volume.journal.changing(target, 1);
		const view = cache.get(this.#still);
		sectors.set(target, USED);
		sectors.worn(target, 1);
		const offset = dataOffset + target * sectorLength;
		try {
			partition.program(length === view.length ? view : view.subarray(0, length), offset);
			// Damaged bytes move as they are, and whoever reads them is told. But none are damaged on the way.
			if (!partition.same(view, length, offset)) throw new RefusedError(FLASH_FAILED);
		} catch (error) {
			volume.supply.setAside(target);
			throw error;
		}
		try {
			volume.replace(this.#slot, this.#index, this.#before, this.#still, target);
		} catch (error) {
			sectors.set(target, DIRTY);
			throw error;
		}
	}
}

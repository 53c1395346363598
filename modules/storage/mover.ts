/**
 * Static wear levelling: a pattern that nobody replaces keeps its sectors from taking their turn, so the others would
 * wear out first. In idle time the pattern that has lain longest is written to other sectors, one sector a step, and
 * committed as an upload is. An upload makes it pause, and one that needs the room makes it give up.
 */

import { crc32 } from "../bytes/bytes.js";
import { DAMAGED } from "./directory.js";
import { NAME_LENGTH } from "./geometry.js";
import { END } from "./sectors.js";
import type { Volume } from "./volume.js";

/**
 * A pattern moves once uploads have taken twice the store's sectors since it was written where it is. All that lies
 * still is at most once the store's sectors, so this adds at most half to the erases.
 */
const TURNS_AT_REST = 2;

export class Mover {
	/** Slot of the pattern that is being moved, or -1. */
	#slot = -1;
	#sequence = 0;
	/** The next sector to copy, bytes that are left, and the CRC-32 of those copied. */
	#source = END;
	#left = 0;
	#crc = 0;
	/** The copy so far. */
	#head = END;
	#last = END;
	/** `Sectors.turn` at which the next search for a pattern to move makes sense. */
	#searchAt = 0;
	readonly #volume: Volume;

	constructor(volume: Volume) {
		this.#volume = volume;
	}

	/** Copies one sector, when there is a pattern to move and nobody uploads. @returns true while there is more to do */
	step(): boolean {
		const volume = this.#volume;
		if (volume.uploads > 0) return false;
		if (this.#slot < 0 && !this.#start()) return false;
		if (volume.directory.findSequence(this.#sequence) !== this.#slot) {
			this.cancel();
			return true;
		}
		try {
			if (this.#left > 0) this.#copySector();
			else this.#finish();
		} catch (error) {
			this.cancel();
			throw error;
		}
		return true;
	}

	/** Gives the copy up. The pattern stays where it is. */
	cancel(): void {
		if (this.#slot < 0) return;
		this.#slot = -1;
		this.#volume.release(this.#head);
		this.#head = END;
	}

	/** Picks the pattern that has lain longest of those that are due, whole as far as known, and for which there is room. */
	#start(): boolean {
		const { directory, geometry, sectors } = this.#volume;
		const due = TURNS_AT_REST * geometry.dataSectors;
		if (sectors.turn < this.#searchAt) return false;
		let oldest = due - 1;
		let found = -1;
		for (let i = 0; i < directory.count; i++) {
			const slot = directory.order[i];
			const age = sectors.turn - directory.turns[slot];
			if (age <= oldest || directory.checked[slot] === DAMAGED) continue;
			if (Math.ceil(directory.sizes[slot] / geometry.sectorLength) > sectors.clean) continue;
			oldest = age;
			found = slot;
		}
		if (found < 0) {
			this.#searchAt = sectors.turn + (geometry.dataSectors >> 4);
			return false;
		}
		this.#slot = found;
		this.#sequence = directory.sequences[found];
		this.#source = directory.heads[found];
		this.#left = directory.sizes[found];
		this.#crc = 0;
		this.#head = END;
		this.#last = END;
		return true;
	}

	#copySector(): void {
		const volume = this.#volume;
		const { geometry, sectors } = volume;
		const { sectorLength } = geometry;
		const sector = volume.takeSector(false);
		if (this.#last === END) this.#head = sector;
		else sectors.next[this.#last] = sector;
		this.#last = sector;
		const length = Math.min(this.#left, sectorLength);
		const view = volume.cache.get(this.#source);
		this.#crc = crc32(this.#crc, view, 0, length);
		volume.program(sector, length === view.length ? view : view.subarray(0, length));
		this.#source = sectors.next[this.#source];
		this.#left -= length;
	}

	#finish(): void {
		const { directory } = this.#volume;
		const slot = this.#slot;
		if (this.#crc !== directory.crcs[slot]) {
			// The bytes have changed on flash. They stay where they are, and whoever reads them is told.
			directory.checked[slot] = DAMAGED;
			this.cancel();
			return;
		}
		const name = slot * NAME_LENGTH;
		const nameEnd = name + directory.nameLengths[slot];
		this.#volume.put(directory.names, name, nameEnd, directory.sizes[slot], this.#crc, this.#head);
		this.#slot = -1;
		this.#head = END;
	}
}

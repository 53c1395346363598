/**
 * One upload at a time onto flash, as its bytes come: nothing of the pattern is held in RAM but what the .prism
 * rules need: a header and one frame. A session makes one at boot and uses it again and again.
 */

import { copy, crc32 } from "../bytes/bytes.js";
import {
	CRC_MISMATCH,
	FLASH_FAILED,
	NO_SPACE,
	PATTERN_EMPTY,
	PATTERN_TOO_LARGE,
	PATTERNS_FULL,
	type Refusal,
	RefusedError,
	SIZE_MISMATCH,
} from "../core/errors.js";
import { PrismCheck } from "../pattern/check.js";
import { BLOCK_SECTORS } from "./blocks.js";
import { CAPACITY, MAX_PATTERN_SIZE, NAME_LENGTH } from "./geometry.js";
import { END, UPLOADS } from "./sectors.js";
import type { Volume } from "./volume.js";

/** Stands for a size or a CRC that was not given. */
export const UNKNOWN_VALUE = -1;

export class Upload {
	/** Bytes taken so far, all of them on flash. */
	received = 0;
	/** CRC-32 of those. */
	crc = 0;
	/** Between `begin` and the end of the upload, whichever way it ends. */
	active = false;
	/** Bytes left in the sector at hand. */
	#room = 0;
	/** Where the next byte goes, from the partition's start. */
	#position = 0;
	/** The most bytes that may come. */
	#limit = 0;
	/** Sectors reserved and not taken yet. */
	#promised = 0;
	#head = END;
	#last = END;
	/** Place in `Sectors.open`, from the first sector on. */
	#place = 0;
	#declaredSize = UNKNOWN_VALUE;
	#declaredCrc = UNKNOWN_VALUE;
	/** The pattern's name is the first `nameLength` bytes. */
	readonly name = new Uint8Array(NAME_LENGTH);
	nameLength = 0;
	readonly #prism = new PrismCheck();
	readonly #volume: Volume;
	readonly #requirePrism: boolean;

	/** Made by `PatternStore.writer`. */
	constructor(volume: Volume, requirePrism: boolean) {
		this.#volume = volume;
		this.#requirePrism = requirePrism;
	}

	/**
	 * Starts an upload to the name in bytes[start..end), which is copied. An upload that was under way is aborted.
	 * @param size the pattern's bytes, or -1 where they are not known; room for them is reserved
	 * @param crc the pattern's CRC-32, or -1 where it is not known
	 * @throws RefusedError PATTERN_TOO_LARGE, PATTERNS_FULL or NO_SPACE, or Error for one upload more than the store is made for
	 */
	begin(bytes: Uint8Array, start: number, end: number, size: number, crc: number): void {
		this.abort();
		const { directory, geometry, sectors } = this.#volume;
		if (size > MAX_PATTERN_SIZE) throw new RefusedError(PATTERN_TOO_LARGE);
		if (directory.count === CAPACITY && directory.find(bytes, start, end) < 0) throw new RefusedError(PATTERNS_FULL);
		const needed = size < 0 ? 1 : Math.ceil(size / geometry.sectorLength);
		if (needed > sectors.free - sectors.reserved) throw new RefusedError(NO_SPACE);
		if (this.#volume.uploads === UPLOADS) throw new Error(`more than ${UPLOADS} uploads at a time`);
		this.received = 0;
		this.crc = 0;
		this.active = true;
		this.#volume.uploads++;
		this.#room = 0;
		this.#limit = size < 0 ? MAX_PATTERN_SIZE : size;
		this.#promised = size < 0 ? 0 : needed;
		sectors.reserved += this.#promised;
		this.#head = END;
		this.#last = END;
		this.#declaredSize = size;
		this.#declaredCrc = crc;
		this.nameLength = end - start;
		copy(this.name, 0, bytes, start, end);
		this.#prism.reset();
	}

	/**
	 * Takes the next bytes[start..end) of the pattern. They are on flash when it returns.
	 * @throws RefusedError SIZE_MISMATCH, PATTERN_TOO_LARGE, NO_SPACE or FLASH_FAILED: the upload is aborted then
	 */
	append(bytes: Uint8Array, start: number, end: number): void {
		const total = this.received + end - start;
		if (total > this.#limit) this.#refuse(this.#declaredSize < 0 ? PATTERN_TOO_LARGE : SIZE_MISMATCH);
		if (!this.#prism.done) this.#prism.feed(this.crc, bytes, start, end, this.received);
		this.crc = crc32(this.crc, bytes, start, end);
		try {
			let from = start;
			while (from < end) {
				if (this.#room === 0) this.#nextSector();
				const to = end - from > this.#room ? from + this.#room : end;
				const whole = from === 0 && to === bytes.length;
				this.#volume.partition.flash.write(whole ? bytes : bytes.subarray(from, to), this.#position);
				this.#position += to - from;
				this.#room -= to - from;
				from = to;
			}
		} catch (error) {
			const refused = error instanceof RefusedError;
			// The flash itself: the sector at hand did not take the bytes.
			if (!refused) this.#volume.supply.setAside(this.#last);
			this.abort();
			throw refused ? error : new RefusedError(FLASH_FAILED);
		}
		this.received = total;
	}

	/**
	 * Checks the pattern, now that all of it is there: not empty, declared size and CRC-32, the .prism rules.
	 * @param crc a CRC-32 that came at the end, or -1
	 * @throws RefusedError PATTERN_EMPTY, SIZE_MISMATCH, CRC_MISMATCH or one of the PRISM_ ones: the upload is aborted then
	 */
	validate(crc = UNKNOWN_VALUE): void {
		const { received } = this;
		if (received === 0) this.#refuse(PATTERN_EMPTY);
		if (this.#declaredSize >= 0 && received !== this.#declaredSize) this.#refuse(SIZE_MISMATCH);
		if (this.#declaredCrc >= 0 && this.crc !== this.#declaredCrc) this.#refuse(CRC_MISMATCH);
		if (crc >= 0 && this.crc !== crc) this.#refuse(CRC_MISMATCH);
		try {
			this.#prism.check(this.#requirePrism, received, this.crc);
		} catch (error) {
			this.abort();
			throw error;
		}
	}

	/**
	 * Makes the pattern the one of its name, durably and all at once. Ends the upload.
	 * @throws RefusedError PATTERN_EMPTY, PATTERNS_FULL or FLASH_FAILED: the upload is aborted then
	 */
	commit(): void {
		if (!this.active || this.received === 0) this.#refuse(PATTERN_EMPTY);
		try {
			this.#volume.put(this.name, 0, this.nameLength, this.received, this.crc, this.#head);
		} catch (error) {
			this.abort();
			throw error;
		}
		this.#head = END;
		this.abort();
	}

	/** Ends the upload and gives everything back that it took. Does nothing when there is none. */
	abort(): void {
		if (!this.active) return;
		this.active = false;
		this.#volume.uploads--;
		if (this.#last !== END) this.#volume.sectors.open[this.#place] = END;
		this.#last = END;
		this.#volume.sectors.reserved -= this.#promised;
		this.#promised = 0;
		this.#volume.release(this.#head);
		this.#head = END;
	}

	#nextSector(): void {
		const { geometry, journal, sectors } = this.#volume;
		if (this.#promised > 0) {
			this.#promised--;
			sectors.reserved--;
		} else if (sectors.free <= sectors.reserved) {
			throw new RefusedError(NO_SPACE);
		}
		const next = this.#last === END ? -1 : sectors.takeNext(this.#last);
		const sector = next < 0 ? this.#elsewhere() : next;
		sectors.open[this.#place] = sector;
		this.#last = sector;
		// Now that nothing had to be erased for a sector: a commit or the next erase would have others wait for two.
		if (next >= 0 && journal.pressing) this.#volume.tidyJournal(BLOCK_SECTORS);
		if (!journal.leased(sector)) journal.lease(sector);
		sectors.turn++;
		this.#room = geometry.sectorLength;
	}

	/** Takes a sector at the upload's begin, or where it cannot go on behind the last one. @throws RefusedError(FLASH_FAILED) */
	#elsewhere(): number {
		const { geometry, sectors, supply } = this.#volume;
		// Where the size is not known: as much again as there has been.
		const { sectorLength } = geometry;
		const expected = this.#declaredSize < 0 ? 1 + Math.ceil(this.received / sectorLength) : this.#promised + 1;
		const sector = supply.take(this.#last, expected);
		if (this.#last === END) {
			this.#head = sector;
			this.#place = sectors.open.indexOf(END);
		}
		this.#position = geometry.dataOffset + sector * sectorLength;
		return sector;
	}

	#refuse(refusal: Refusal): never {
		this.abort();
		throw new RefusedError(refusal);
	}
}

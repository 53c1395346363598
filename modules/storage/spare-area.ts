/**
 * The journal area that is not open. It is erased whole before a snapshot goes there, and the open area's marks say
 * durably when that has been done: an erase that was cut may leave what reads blank and is not.
 */

import { type AreaMarks, BEGUN, BLANK, TOUCHED } from "./area-marks.js";
import { BLOCK_SECTORS } from "./blocks.js";
import type { Partition } from "./partition.js";

export class SpareArea {
	/** All of it is erased. */
	blank = false;
	/** A later start might take it for the newer area, so nothing is acknowledged before its start has been erased. */
	rival = false;
	/** Number of its first sector on the partition. */
	#first = 0;
	/** Leading sectors that were erased since the start. */
	#erased = 0;
	/** The marks do not say that it is blank, for sure. */
	#touched = false;
	readonly #partition: Partition;
	readonly #marks: AreaMarks;

	constructor(partition: Partition, marks: AreaMarks) {
		this.#partition = partition;
		this.#marks = marks;
	}

	/** Takes area 0 or 1 for the spare, of which is known what the marks of the open one say. */
	become(area: number): void {
		this.#first = area * this.#partition.geometry.areaSectors;
		this.#erased = 0;
		this.#touched = false;
		this.blank = this.#marks.spareBlank;
		this.rival = this.#marks.spareBegun;
	}

	/** Announces that it is going to be changed. @throws RefusedError(FLASH_FAILED) */
	touch(): void {
		if (this.#touched) return;
		this.#marks.set(TOUCHED);
		this.#touched = true;
	}

	/**
	 * Erases one sector that was not erased since the start, or a block where `most` is as many, and notes it when that was
	 * the last. @throws RefusedError(FLASH_FAILED)
	 */
	eraseNext(most: number): void {
		const { areaSectors } = this.#partition.geometry;
		const whole = (this.#first + this.#erased) % BLOCK_SECTORS === 0 && this.#erased + BLOCK_SECTORS <= areaSectors;
		this.#eraseTo(this.#erased + (whole && most >= BLOCK_SECTORS ? BLOCK_SECTORS : 1));
		if (!this.blank || !this.#marks.room) return;
		this.#marks.set(BLANK);
		this.#touched = false;
	}

	/** Erases what is left to erase, or all of it when it is not what it should be. @throws RefusedError(FLASH_FAILED) */
	eraseAll(): void {
		const { areaLength, areaSectors, sectorLength } = this.#partition.geometry;
		const offset = this.#first * sectorLength;
		if (this.blank && this.#partition.blank(offset, offset + areaLength)) return;
		if (this.blank) this.#erased = 0;
		this.#eraseTo(areaSectors);
	}

	/** Sees to it that no later start can take it for the newer area. @throws RefusedError(FLASH_FAILED) */
	disarm(): void {
		if (this.rival) this.#eraseTo(1);
	}

	/** Announces that a snapshot goes there. @throws RefusedError(FLASH_FAILED) */
	begin(): void {
		this.#marks.set(BEGUN);
		this.#touched = true;
		this.#erased = 0;
		this.blank = false;
		this.rival = true;
	}

	/** Erases up to, not including, sector `end` of the area, neighbours in one call: the driver takes 64 KiB at once. */
	#eraseTo(end: number): void {
		this.touch();
		this.#partition.erase(this.#first + this.#erased, this.#first + end);
		this.#erased = end;
		this.rival = false;
		this.blank = end === this.#partition.geometry.areaSectors;
	}
}

/**
 * Which patterns are stored, on flash: two areas used in turn, each a header, a snapshot of what was stored when the
 * area was opened, and the changes since, one record each (docs/pattern-store.md, "Journal").
 */

import { AreaHeader, HEADER_MARK } from "./area-header.js";
import type { Directory } from "./directory.js";
import { AREA_HEADER_LENGTH, NAME_LENGTH } from "./geometry.js";
import type { Partition } from "./partition.js";
import { JournalRecord } from "./record.js";
import { replay } from "./replay.js";
import type { Sectors } from "./sectors.js";

const MARK = 0x00;

export class Journal {
	/** The open area's end is not to be relied on: nothing is appended or erased before everything was written anew. */
	#unsettled = true;
	/** Where the next record goes, from the area's start. */
	#tail = AREA_HEADER_LENGTH;
	#sequence = 0;
	#generation = 0;
	/** The open area, 0 or 1. A new flash has none: the first change opens area 0. */
	#area = 1;
	/** Where the records that came after the snapshot start. */
	#snapshotEnd = AREA_HEADER_LENGTH;
	/** Leading sectors of the other area that are known to be erased. */
	#spareBlank = 0;
	readonly #partition: Partition;
	readonly #directory: Directory;
	readonly #sectors: Sectors;
	readonly #header: AreaHeader;
	readonly #record: JournalRecord;
	readonly #mark = new Uint8Array([MARK]);

	constructor(partition: Partition, directory: Directory, sectors: Sectors) {
		this.#partition = partition;
		this.#directory = directory;
		this.#sectors = sectors;
		this.#header = new AreaHeader(partition.geometry);
		this.#record = new JournalRecord(partition.geometry);
	}

	/** Fills directory and sectors from flash. Writes nothing. @throws RefusedError(FLASH_FAILED) */
	mount(): void {
		const generation0 = this.#readHeader(0) ? this.#header.generation : -1;
		const generation1 = this.#readHeader(1) ? this.#header.generation : -1;
		const newer = generation1 > generation0 ? 1 : 0;
		if (Math.max(generation0, generation1) < 0) return;
		if (this.#load(newer) || Math.min(generation0, generation1) < 0) return;
		// The switch to the newer area was cut short, so nothing was ever appended to it: the older one still holds.
		if (!this.#load(1 - newer)) this.#load(newer);
	}

	/**
	 * Makes it safe to erase data sectors: after this, flash shows the same patterns however it is read again.
	 * @throws RefusedError(FLASH_FAILED)
	 */
	settle(): void {
		if (this.#unsettled) this.#compact();
	}

	/**
	 * Appends that a pattern is stored under the name in name[start..end), in place of any earlier one. Once this returns it is so for good.
	 * @returns the record's sequence number
	 * @throws RefusedError(FLASH_FAILED) and then the directory still tells what is stored
	 */
	put(name: Uint8Array, start: number, end: number, size: number, crc: number, head: number): number {
		this.#makeRoom();
		const { turn, next } = this.#sectors;
		const sequence = this.#sequence + 1;
		const record = this.#record;
		this.#append(record.encodePut(this.#generation, sequence, name, start, end, size, crc, turn, head, next));
		return sequence;
	}

	/** Appends that the pattern which record `target` stored is deleted. @throws RefusedError(FLASH_FAILED) as `put` */
	remove(target: number): void {
		this.#makeRoom();
		this.#append(this.#record.encodeDelete(this.#generation, this.#sequence + 1, target));
	}

	/**
	 * One step of work that can wait for quiet: looks at a sector of the other area and erases it when needed, or
	 * changes areas when this one is nearly full.
	 * @returns false when there was nothing to do
	 * @throws RefusedError(FLASH_FAILED)
	 */
	tidy(): boolean {
		const { areaSectors, areaLength } = this.#partition.geometry;
		if (this.#spareBlank < areaSectors) {
			this.#eraseSpare(this.#spareBlank + 1);
			return true;
		}
		const nearlyFull = areaLength - this.#tail < areaLength >> 3 && this.#tail - this.#snapshotEnd > areaLength >> 2;
		if (!this.#unsettled && !nearlyFull) return false;
		this.#compact();
		return true;
	}

	#makeRoom(): void {
		this.settle();
		const { areaLength, maxRecord } = this.#partition.geometry;
		if (this.#tail + maxRecord > areaLength) this.#compact();
	}

	#append(length: number): void {
		const partition = this.#partition;
		const offset = this.#offset(this.#area) + this.#tail;
		// Until all is programmed, what the tail holds is open.
		this.#unsettled = true;
		partition.program(this.#record.bytes.subarray(0, length - 1), offset);
		this.#tail += length;
		this.#sequence++;
		try {
			partition.program(this.#mark, offset + length - 1);
			this.#unsettled = false;
		} catch {
			// The record itself is whole, and everything is written anew before anything relies on its mark.
		}
	}

	/** Opens the other area with a snapshot of the directory. The header goes last: until then the old area holds. */
	#compact(): void {
		const partition = this.#partition;
		const directory = this.#directory;
		const sectors = this.#sectors;
		const record = this.#record;
		const header = this.#header;
		const { areaSectors } = partition.geometry;
		const area = 1 - this.#area;
		const offset = this.#offset(area);
		const generation = this.#generation + 1;
		this.#eraseSpare(areaSectors);
		this.#spareBlank = 0;
		let tail = AREA_HEADER_LENGTH;
		for (let i = 0; i < directory.count; i++) {
			const slot = directory.order[i];
			const name = slot * NAME_LENGTH;
			const length = record.encodePut(
				generation,
				directory.sequences[slot],
				directory.names,
				name,
				name + directory.nameLengths[slot],
				directory.sizes[slot],
				directory.crcs[slot],
				directory.turns[slot],
				directory.heads[slot],
				sectors.next,
			);
			record.bytes[length - 1] = MARK;
			partition.program(record.bytes.subarray(0, length), offset + tail);
			tail += length;
		}
		header.generation = generation;
		header.sequence = this.#sequence;
		header.snapshotLength = tail - AREA_HEADER_LENGTH;
		header.turn = sectors.turn;
		header.pointer = sectors.pointer;
		header.encode();
		partition.program(header.bytes.subarray(0, HEADER_MARK), offset);
		partition.program(this.#mark, offset + HEADER_MARK);
		this.#area = area;
		this.#generation = generation;
		this.#tail = tail;
		this.#snapshotEnd = tail;
		this.#unsettled = false;
	}

	/** Sees to it that the first `count` sectors of the other area are blank, erasing only those that are not. */
	#eraseSpare(count: number): void {
		const partition = this.#partition;
		const { areaSectors, sectorLength } = partition.geometry;
		const first = (1 - this.#area) * areaSectors;
		let dirty = -1;
		for (let i = this.#spareBlank; i < count; i++) {
			const at = (first + i) * sectorLength;
			const blank = partition.blank(at, at + sectorLength);
			// Neighbours go in one call: the driver erases 64 KiB in a third of the time of 16 sectors.
			if (blank && dirty >= 0) partition.erase(first + dirty, first + i);
			if (blank) dirty = -1;
			else if (dirty < 0) dirty = i;
		}
		if (dirty >= 0) partition.erase(first + dirty, first + count);
		this.#spareBlank = count;
	}

	#offset(area: number): number {
		return area * this.#partition.geometry.areaLength;
	}

	#readHeader(area: number): boolean {
		this.#partition.read(this.#header.bytes, this.#offset(area));
		return this.#header.parse();
	}

	/** Takes directory and sectors from an area. @returns whether it was opened for good and its snapshot is whole */
	#load(area: number): boolean {
		this.#readHeader(area);
		const header = this.#header;
		const end = replay(this.#partition, this.#offset(area), header, this.#record, this.#directory, this.#sectors);
		this.#area = area;
		this.#generation = header.generation;
		this.#sequence = end.sequence;
		this.#tail = end.tail;
		this.#snapshotEnd = AREA_HEADER_LENGTH + header.snapshotLength;
		this.#unsettled = !end.settled;
		this.#spareBlank = 0;
		return end.opened;
	}
}

/**
 * Journal records as bytes (docs/pattern-store.md, "Journal record"). Integers are little-endian.
 *
 *     0 crc32 u32, of bytes 4 to length-2, running on from the area's generation
 *     4 type u8   5 name length u8   6 record length u16   8 sequence u32
 *     PUT: 12 pattern size u32   16 pattern crc32 u32   20 turn u32   24 sectors u16 each   then the name
 *     DELETE: 12 sequence of the PUT whose pattern goes, u32
 *     then 0xFF up to the last byte of a multiple of four: the mark, 0x00 once the record is known to be complete
 *
 * The CRC runs on from the generation so that no record of another generation passes for one of this.
 */

import { copy, crc32 } from "../bytes/bytes.js";
import { type Geometry, MAX_PATTERN_SIZE, NAME_LENGTH, PUT_FIXED_LENGTH } from "./geometry.js";
import { END } from "./sectors.js";

export const PUT = 0x50;
export const DELETE = 0x44;
export const DELETE_LENGTH = 20;

const COMMON_LENGTH = 12;
/** Flash is read ahead in pieces of at least this, so the buffer has room for it. */
const LEAST_BUFFER = 512;

function padded(length: number): number {
	return (length + 1 + 3) & ~3;
}

/** One buffer for the record at hand, and its fields after `parse`. */
export class JournalRecord {
	readonly bytes: Uint8Array;
	/** Fields of a parsed record. The sector list of a PUT is read with `sector(i)`. */
	type = 0;
	length = 0;
	sequence = 0;
	size = 0;
	crc = 0;
	turn = 0;
	/** Sectors of a PUT. */
	sectors = 0;
	/** The name of a PUT is bytes[nameStart..nameEnd). */
	nameStart = 0;
	nameEnd = 0;
	/** Sequence number that a DELETE refers to. */
	target = 0;
	/** The record's mark is programmed. */
	marked = false;
	readonly #view: DataView;
	readonly #sectorLength: number;

	constructor(geometry: Geometry) {
		this.bytes = new Uint8Array(Math.max(LEAST_BUFFER, geometry.maxRecord));
		this.#view = new DataView(this.bytes.buffer);
		this.#sectorLength = geometry.sectorLength;
	}

	/**
	 * Writes a PUT record to the start of the buffer.
	 * @param name name in name[start..end)
	 * @param head first sector of the chain in `next`
	 * @returns the record's length
	 */
	encodePut(
		generation: number,
		sequence: number,
		name: Uint8Array,
		start: number,
		end: number,
		size: number,
		crc: number,
		turn: number,
		head: number,
		next: Uint16Array,
	): number {
		const view = this.#view;
		view.setUint32(12, size, true);
		view.setUint32(16, crc, true);
		view.setUint32(20, turn, true);
		let at = PUT_FIXED_LENGTH;
		for (let sector = head; sector !== END; sector = next[sector]) {
			view.setUint16(at, sector, true);
			at += 2;
		}
		copy(this.bytes, at, name, start, end);
		return this.#finish(PUT, generation, sequence, end - start, at + end - start);
	}

	/** Writes a DELETE record to the start of the buffer: the pattern that record `target` stored goes. */
	encodeDelete(generation: number, sequence: number, target: number): number {
		this.#view.setUint32(12, target, true);
		return this.#finish(DELETE, generation, sequence, 0, 16);
	}

	#finish(type: number, generation: number, sequence: number, nameLength: number, end: number): number {
		const length = padded(end);
		this.bytes.fill(0xff, end, length);
		this.bytes[4] = type;
		this.bytes[5] = nameLength;
		this.#view.setUint16(6, length, true);
		this.#view.setUint32(8, sequence, true);
		this.#view.setUint32(0, crc32(generation, this.bytes, 4, length - 1), true);
		return length;
	}

	/**
	 * Takes the record at the start of the buffer apart.
	 * @param available how many bytes of the buffer are the journal's
	 * @returns false when no whole record of this generation is there
	 */
	parse(generation: number, available: number): boolean {
		const { bytes } = this;
		const view = this.#view;
		if (available < COMMON_LENGTH) return false;
		this.type = bytes[4];
		this.length = view.getUint16(6, true);
		if (this.length < DELETE_LENGTH || this.length > available || this.length > bytes.length) return false;
		if (crc32(generation, bytes, 4, this.length - 1) !== view.getUint32(0, true)) return false;
		this.sequence = view.getUint32(8, true);
		this.marked = bytes[this.length - 1] !== 0xff;
		if (this.type === DELETE) {
			this.target = view.getUint32(12, true);
			return this.length === DELETE_LENGTH;
		}
		return this.type === PUT && this.#parsePut();
	}

	#parsePut(): boolean {
		const view = this.#view;
		const nameLength = this.bytes[5];
		this.size = view.getUint32(12, true);
		this.crc = view.getUint32(16, true);
		this.turn = view.getUint32(20, true);
		if (this.size === 0 || this.size > MAX_PATTERN_SIZE || nameLength === 0 || nameLength > NAME_LENGTH) return false;
		this.sectors = Math.ceil(this.size / this.#sectorLength);
		this.nameStart = PUT_FIXED_LENGTH + 2 * this.sectors;
		this.nameEnd = this.nameStart + nameLength;
		return this.length === padded(this.nameEnd);
	}

	/** Sector number `index` of a parsed PUT. */
	sector(index: number): number {
		return this.#view.getUint16(PUT_FIXED_LENGTH + 2 * index, true);
	}
}

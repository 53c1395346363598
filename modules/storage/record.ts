/**
 * Journal records as bytes (docs/pattern-store.md, "Journal record"). Integers are little-endian.
 *
 *     0 crc32 u32, of bytes 4 to length-2, running on from the area's generation
 *     4 type u8   5 name length u8   6 record length u16   8 sequence u32
 *     PUT: 12 pattern size u32   16 pattern crc32 u32   20 turn u32   24 sectors u16 each   then the name
 *     DELETE: 12 sequence of the PUT whose pattern goes, u32
 *     MOVE: 12 sequence of the PUT, u32   16 index in its list u16   18 the sector that is there now u16
 *     LEASE: 12 turn u32   16 sector u16   18 sectors u16   20 sectors being written to, four u16, 0xFFFF for none
 *     ERASE: 12 sector u16   14 sectors u16; 0 of them: nothing is under way
 *     SETTINGS: 12 on u8   13 brightness u8   14 gamma u16   then the name, unless its length is 0xFF: as before
 *     WEAR: 12 sector u16   14 sectors u16   then a byte for each
 *     then 0xFF up to the last byte of a multiple of four: the mark, 0x00 once the record is known to be complete
 *
 * The CRC runs on from the generation so that no record of another generation passes for one of this.
 */

import { copy, crc32 } from "../bytes/bytes.js";
import { isMarked } from "./area-marks.js";
import { type Geometry, MAX_PATTERN_SIZE, NAME_LENGTH, PUT_FIXED_LENGTH } from "./geometry.js";
import type { SavedSettings } from "./saved-settings.js";
import { END, type Sectors, UPLOADS } from "./sectors.js";

export const PUT = 0x50;
export const DELETE = 0x44;
export const MOVE = 0x4d;
export const LEASE = 0x4c;
export const ERASE = 0x45;
export const SETTINGS = 0x53;
export const WEAR = 0x57;
/**
 * No record, but a place where one may have been begun that reads blank or otherwise: the longest record's length is to
 * be passed over. Only this byte is programmed, in the place of the type.
 */
export const VOID = 0x00;
/** Offset of the type in a record. */
export const TYPE_AT = 4;
/** Bytes of the shortest record. */
export const LEAST_RECORD = 20;

/** Where the name of a SETTINGS record and the bytes of a WEAR record start. */
const SHORT_FIXED_LENGTH = 16;
const SAME_NAME = 0xff;
/** Where a LEASE record tells of the sectors that uploads write to. */
export const OPEN_AT = 20;
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
	/** Bytes of a PUT's pattern. */
	size = 0;
	crc = 0;
	/** Of a PUT or LEASE. */
	turn = 0;
	/** Sectors of a PUT, of an ERASE or of a WEAR. */
	sectors = 0;
	/** The name of a PUT or SETTINGS is bytes[nameStart..nameEnd); the bytes of a WEAR are there too. */
	nameStart = 0;
	nameEnd = 0;
	/** A SETTINGS has a name. */
	named = false;
	/** Sequence number that a DELETE or MOVE refers to. */
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

	/** Writes a MOVE record: what was in sector number `index` of the pattern that record `target` stored is in `sector`. */
	encodeMove(generation: number, sequence: number, target: number, index: number, sector: number): number {
		this.#view.setUint32(12, target, true);
		this.#view.setUint16(16, index, true);
		this.#view.setUint16(18, sector, true);
		return this.#finish(MOVE, generation, sequence, 0, 20);
	}

	/** Writes a LEASE record: free sectors of those leased may have been handed out since, and uploads write to the open ones. */
	encodeLease(generation: number, sequence: number, sectors: Sectors): number {
		const view = this.#view;
		view.setUint32(12, sectors.turn, true);
		view.setUint16(16, sectors.leaseFirst, true);
		view.setUint16(18, sectors.leaseSpan, true);
		for (let i = 0; i < UPLOADS; i++) view.setUint16(OPEN_AT + 2 * i, sectors.open[i], true);
		return this.#finish(LEASE, generation, sequence, 0, OPEN_AT + 2 * UPLOADS);
	}

	/** Writes an ERASE record: an erase of one of `count` sectors from `sector` on, or a move there, may have been cut since. */
	encodeErase(generation: number, sequence: number, sector: number, count: number): number {
		this.#view.setUint16(12, sector, true);
		this.#view.setUint16(14, count, true);
		return this.#finish(ERASE, generation, sequence, 0, 16);
	}

	/** Writes a SETTINGS record, with its name or without. */
	encodeSettings(generation: number, sequence: number, settings: SavedSettings, named: boolean): number {
		const end = named ? settings.nameLength : 0;
		this.bytes[12] = settings.on ? 1 : 0;
		this.bytes[13] = settings.brightness;
		this.#view.setUint16(14, settings.gamma, true);
		copy(this.bytes, SHORT_FIXED_LENGTH, settings.name, 0, end);
		return this.#finish(SETTINGS, generation, sequence, named ? end : SAME_NAME, SHORT_FIXED_LENGTH + end);
	}

	/** Writes a WEAR record: wear[start..end), a byte a sector. */
	encodeWear(generation: number, sequence: number, wear: Uint8Array, start: number, end: number): number {
		this.#view.setUint16(12, start, true);
		this.#view.setUint16(14, end - start, true);
		copy(this.bytes, SHORT_FIXED_LENGTH, wear, start, end);
		return this.#finish(WEAR, generation, sequence, 0, SHORT_FIXED_LENGTH + end - start);
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
		if (available < LEAST_RECORD) return false;
		this.type = bytes[4];
		this.length = view.getUint16(6, true);
		if (this.length < LEAST_RECORD || this.length > available) return false;
		if (crc32(generation, bytes, 4, this.length - 1) !== view.getUint32(0, true)) return false;
		this.sequence = view.getUint32(8, true);
		this.marked = isMarked(bytes[this.length - 1]);
		this.target = view.getUint32(12, true);
		switch (this.type) {
			case PUT:
				return this.#parsePut();
			case DELETE:
				return this.length === padded(16);
			case MOVE:
				return this.length === padded(20);
			case LEASE:
				this.turn = this.target;
				return this.length === padded(OPEN_AT + 2 * UPLOADS);
			case ERASE:
				this.sectors = view.getUint16(14, true);
				return this.length === padded(16);
			case SETTINGS: {
				const nameLength = bytes[5];
				this.named = nameLength !== SAME_NAME;
				if (this.named && nameLength > NAME_LENGTH) return false;
				this.nameStart = SHORT_FIXED_LENGTH;
				this.nameEnd = SHORT_FIXED_LENGTH + (this.named ? nameLength : 0);
				// A later firmware may have added something behind the name.
				return this.length >= padded(this.nameEnd);
			}
			case WEAR:
				this.sectors = view.getUint16(14, true);
				this.nameStart = SHORT_FIXED_LENGTH;
				this.nameEnd = SHORT_FIXED_LENGTH + this.sectors;
				return this.length === padded(this.nameEnd);
		}
		return false;
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

	/** The u16 at byte `offset` of the record: index and sector of a MOVE, first sector of an ERASE or WEAR, and so on. */
	u16(offset: number): number {
		return this.#view.getUint16(offset, true);
	}
}

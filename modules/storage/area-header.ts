/**
 * The start of a journal area (docs/pattern-store.md, "Journal area"). Integers are little-endian.
 *
 *     0 header   32 the same header again   64 marks (see area-marks.ts)   96 the first record
 *
 * A header is 32 bytes:
 *
 *     0 "K1PS"   4 format u8 (2)   5 format u8, all bits inverted   6 data sectors u16   8 generation u32
 *     12 sequence u32   16 snapshot length u32   20 turn u32   24 pointer u16   26 crc32 u32, of bytes 0 to 25
 *     30 reserved u16 (0xFFFF)
 *
 * Format 1 had one header, 0xFF at 5, a single mark at 31, and its first record at 32.
 */

import { crc32 } from "../bytes/bytes.js";
import { AREA_START, AREA_START_1, type Geometry } from "./geometry.js";

/** The format that this firmware writes. */
export const FORMAT = 2;
const MAGIC = 0x5350314b;
const HEADER_LENGTH = 32;
const CRC_AT = 26;
const MARK_1 = 31;
/** Both headers. */
export const HEADERS_LENGTH = 2 * HEADER_LENGTH;

/** Thrown for a flash that a newer firmware has written. Nothing on it has been changed. */
export class NewerFormatError extends Error {
	constructor(format: number) {
		super(
			`the flash holds patterns in format ${format}, this firmware knows formats 1 to ${FORMAT}: install the newer firmware again; nothing has been changed`,
		);
	}
}

export class AreaHeader {
	/** Both headers as on flash. */
	readonly bytes = new Uint8Array(HEADERS_LENGTH);
	/** 1 or 2; only 2 is written. */
	format = FORMAT;
	/** Goes up by one with every change of areas; the area with the higher one is the newer. */
	generation = 0;
	/** Sequence number of the last record that the snapshot includes. */
	sequence = 0;
	/** Bytes of records that were there when the header was written. */
	snapshotLength = 0;
	/** `turn` and `pointer` of the sectors when the header was written. */
	turn = 0;
	pointer = 0;
	/** Format 1: the header's mark is programmed. */
	marked = false;
	readonly #view = new DataView(this.bytes.buffer);
	readonly #geometry: Geometry;

	constructor(geometry: Geometry) {
		this.#geometry = geometry;
	}

	/** Where the first record is, from the area's start. */
	get start(): number {
		return this.format === 1 ? AREA_START_1 : AREA_START;
	}

	/** Writes the fields to `bytes`, in format 2. */
	encode(): void {
		const view = this.#view;
		this.format = FORMAT;
		this.bytes.fill(0xff);
		view.setUint32(0, MAGIC, true);
		view.setUint8(4, FORMAT);
		view.setUint8(5, FORMAT ^ 0xff);
		view.setUint16(6, this.#geometry.dataSectors, true);
		view.setUint32(8, this.generation, true);
		view.setUint32(12, this.sequence, true);
		view.setUint32(16, this.snapshotLength, true);
		view.setUint32(20, this.turn, true);
		view.setUint16(24, this.pointer, true);
		view.setUint32(CRC_AT, crc32(0, this.bytes, 0, CRC_AT), true);
		this.bytes.copyWithin(HEADER_LENGTH, 0, HEADER_LENGTH);
	}

	/**
	 * Takes `bytes` apart: one whole header of the two is enough.
	 * @returns false when there is none of a store of this geometry
	 * @throws NewerFormatError where there is one of a newer format instead
	 */
	parse(): boolean {
		if (this.#parseAt(0) || this.#parseAt(HEADER_LENGTH)) return true;
		for (const at of [0, HEADER_LENGTH]) {
			const format = this.bytes[at + 4];
			if (this.#isSure(at) && format > FORMAT) throw new NewerFormatError(format);
		}
		return false;
	}

	/** Whether there is a header whose format is sure, whatever else is wrong with it. */
	#isSure(at: number): boolean {
		const { bytes } = this;
		return this.#view.getUint32(at, true) === MAGIC && bytes[at + 5] === (bytes[at + 4] ^ 0xff);
	}

	#parseAt(at: number): boolean {
		const { bytes } = this;
		const view = this.#view;
		if (view.getUint32(at, true) !== MAGIC) return false;
		this.format = bytes[at + 4];
		if (this.format === 1 ? at > 0 : !this.#isSure(at) || this.format !== FORMAT) return false;
		this.generation = view.getUint32(at + 8, true);
		this.sequence = view.getUint32(at + 12, true);
		this.snapshotLength = view.getUint32(at + 16, true);
		this.turn = view.getUint32(at + 20, true);
		this.pointer = view.getUint16(at + 24, true);
		this.marked = bytes[MARK_1] !== 0xff;
		const { areaLength, dataSectors } = this.#geometry;
		return (
			view.getUint16(at + 6, true) === dataSectors &&
			view.getUint32(at + CRC_AT, true) === crc32(0, bytes, at, at + CRC_AT) &&
			this.pointer < dataSectors &&
			this.snapshotLength <= areaLength - this.start
		);
	}
}

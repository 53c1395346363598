/**
 * The start of a journal area (docs/pattern-store.md, "Journal area"). Integers are little-endian.
 *
 *     0 "K1PS"   4 format u8 (1)   5 reserved u8 (0xFF)   6 data sectors u16   8 generation u32   12 sequence u32
 *     16 snapshot length u32   20 turn u32   24 pointer u16   26 crc32 u32, of bytes 0 to 25   30 reserved u8 (0xFF)
 *     31 mark u8: 0x00 once the header is known to be complete
 */

import { crc32 } from "../bytes/bytes.js";
import { AREA_HEADER_LENGTH, type Geometry } from "./geometry.js";

const FORMAT = 1;
const MAGIC = 0x5350314b;
const CRC_AT = 26;
/** Offset of the mark in the header. */
export const HEADER_MARK = AREA_HEADER_LENGTH - 1;

export class AreaHeader {
	readonly bytes = new Uint8Array(AREA_HEADER_LENGTH);
	/** Goes up by one with every compaction; the area with the higher one is the newer. */
	generation = 0;
	/** Sequence number of the last record that the snapshot includes. */
	sequence = 0;
	/** Bytes of records that were there when the header was written. */
	snapshotLength = 0;
	/** `turn` and `pointer` of the sectors when the header was written. */
	turn = 0;
	pointer = 0;
	/** The header's mark is programmed. */
	marked = false;
	readonly #view = new DataView(this.bytes.buffer);
	readonly #dataSectors: number;
	readonly #longest: number;

	constructor(geometry: Geometry) {
		this.#dataSectors = geometry.dataSectors;
		this.#longest = geometry.areaLength - AREA_HEADER_LENGTH;
	}

	/** Writes the fields to `bytes`, without the mark. */
	encode(): void {
		const view = this.#view;
		this.bytes.fill(0xff);
		view.setUint32(0, MAGIC, true);
		view.setUint8(4, FORMAT);
		view.setUint16(6, this.#dataSectors, true);
		view.setUint32(8, this.generation, true);
		view.setUint32(12, this.sequence, true);
		view.setUint32(16, this.snapshotLength, true);
		view.setUint32(20, this.turn, true);
		view.setUint16(24, this.pointer, true);
		view.setUint32(CRC_AT, crc32(0, this.bytes, 0, CRC_AT), true);
	}

	/** Takes `bytes` apart. @returns false when they are no whole header of a store of this geometry */
	parse(): boolean {
		const view = this.#view;
		this.generation = view.getUint32(8, true);
		this.sequence = view.getUint32(12, true);
		this.snapshotLength = view.getUint32(16, true);
		this.turn = view.getUint32(20, true);
		this.pointer = view.getUint16(24, true);
		this.marked = this.bytes[HEADER_MARK] !== 0xff;
		return (
			view.getUint32(0, true) === MAGIC &&
			this.bytes[4] === FORMAT &&
			view.getUint16(6, true) === this.#dataSectors &&
			view.getUint32(CRC_AT, true) === crc32(0, this.bytes, 0, CRC_AT) &&
			this.pointer < this.#dataSectors &&
			this.snapshotLength <= this.#longest
		);
	}
}

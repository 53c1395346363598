/** Writes what is stored to a journal area, behind the place of its header, and reads it back. */

import { crc32 } from "../bytes/bytes.js";
import { FLASH_FAILED, RefusedError } from "../core/errors.js";
import { type AreaHeader, HEADERS_LENGTH } from "./area-header.js";
import type { Directory } from "./directory.js";
import { AREA_START, NAME_LENGTH, WEAR_PIECE } from "./geometry.js";
import type { Partition } from "./partition.js";
import type { JournalRecord } from "./record.js";
import type { SavedSettings } from "./saved-settings.js";
import type { Sectors } from "./sectors.js";

const MARK = 0x00;

/** What a snapshot takes in. */
export interface Stored {
	readonly directory: Directory;
	readonly sectors: Sectors;
	readonly settings: SavedSettings;
	/** The sectors of which one may be half erased. */
	readonly eraseFirst: number;
	readonly eraseSpan: number;
	/** No sector is suspect. */
	readonly spoilt: boolean;
}

/** One snapshot on its way to flash. */
export class Snapshot {
	/** Where the next record goes, from the area's start. */
	tail = AREA_START;
	/** CRC-32 of what was programmed. */
	#crc = 0;

	constructor(
		private readonly partition: Partition,
		private readonly offset: number,
		private readonly header: AreaHeader,
		private readonly record: JournalRecord,
	) {}

	/**
	 * Writes the records, then both headers; the header's generation and sequence are set. Nothing is opened yet.
	 * @throws RefusedError(FLASH_FAILED) also when something else is read back
	 */
	write(stored: Stored): void {
		const { header, offset, partition, record } = this;
		const { directory, sectors, settings } = stored;
		const { generation, sequence } = header;
		if (settings.saved) this.#add(record.encodeSettings(generation, sequence, settings, true));
		this.#add(record.encodeErase(generation, sequence, stored.eraseFirst, stored.eraseSpan));
		// Until the suspect sectors have been dealt with nothing is handed out, so it is the last lease that counts.
		if (stored.spoilt) sectors.startLease(sectors.pointer);
		this.#add(record.encodeLease(generation, sequence, sectors));
		for (let first = 0; first < sectors.count; first += WEAR_PIECE) {
			const end = Math.min(first + WEAR_PIECE, sectors.count);
			this.#add(record.encodeWear(generation, sequence, sectors.wear, first, end));
		}
		for (let i = 0; i < directory.count; i++) this.#add(this.#encodePattern(stored, directory.order[i]));
		header.snapshotLength = this.tail - AREA_START;
		header.turn = sectors.turn;
		header.pointer = sectors.pointer;
		header.encode();
		partition.program(header.bytes, offset);
		if (
			partition.crc(0, offset + AREA_START, offset + this.tail) !== this.#crc ||
			!partition.same(header.bytes, HEADERS_LENGTH, offset)
		) {
			throw new RefusedError(FLASH_FAILED);
		}
	}

	#encodePattern({ directory, sectors }: Stored, slot: number): number {
		const name = slot * NAME_LENGTH;
		return this.record.encodePut(
			this.header.generation,
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
	}

	/** Programs the record of this length, mark included: the snapshot counts as a whole. */
	#add(length: number): void {
		const { bytes } = this.record;
		bytes[length - 1] = MARK;
		this.partition.program(bytes.subarray(0, length), this.offset + this.tail);
		this.#crc = crc32(this.#crc, bytes, 0, length);
		this.tail += length;
	}
}

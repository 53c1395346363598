/** Names of the patterns that damaged journal records have cost at this start, as far as they can be read. */

import type { Directory } from "./directory.js";
import { type Geometry, NAME_LENGTH, PUT_FIXED_LENGTH } from "./geometry.js";
import { DELETE, ERASE, type JournalRecord, LEASE, MOVE, PUT, SETTINGS, WEAR } from "./record.js";

/** What a pattern's name says of it that can no longer be read, and for each byte of a name that is no ASCII. */
const UNREADABLE = "?";

export class LostPatterns {
	readonly names: string[] = [];

	constructor(
		private readonly geometry: Geometry,
		private readonly directory: Directory,
	) {}

	/** The pattern in a slot is lost. */
	addSlot(slot: number): void {
		const { names, nameLengths } = this.directory;
		this.add(names, slot * NAME_LENGTH, slot * NAME_LENGTH + nameLengths[slot]);
	}

	/** The pattern of the name in bytes[start..end) is lost. */
	add(bytes: Uint8Array, start: number, end: number): void {
		let name = "";
		for (let i = start; i < end; i++) {
			name += bytes[i] >= 0x20 && bytes[i] < 0x7f ? String.fromCharCode(bytes[i]) : UNREADABLE;
		}
		this.names.push(name);
	}

	/** Whatever pattern the damaged record in the buffer was about is lost. */
	addDamaged(record: JournalRecord): void {
		const { bytes } = record;
		switch (bytes[4]) {
			case LEASE:
			case ERASE:
			case SETTINGS:
			case WEAR:
			case DELETE:
				// These cost no pattern: where the end of one is lost, it is there again.
				return;
			case MOVE: {
				const slot = this.directory.findSequence(u32(record, 12));
				if (slot >= 0) this.addSlot(slot);
				else this.names.push(UNREADABLE);
				return;
			}
		}
		const length = bytes[5];
		const start = PUT_FIXED_LENGTH + 2 * Math.ceil(u32(record, 12) / this.geometry.sectorLength);
		const readable = bytes[4] === PUT && length > 0 && length <= NAME_LENGTH && start + length <= bytes.length;
		if (readable) this.add(bytes, start, start + length);
		else this.names.push(UNREADABLE);
	}
}

function u32(record: JournalRecord, offset: number): number {
	return record.u16(offset) + record.u16(offset + 2) * 0x10000;
}

/** What each record of a journal area does to directory, sectors and settings when the area is read back at start. */

import type { AreaHeader } from "./area-header.js";
import { type Directory, UNCHECKED } from "./directory.js";
import type { LostPatterns } from "./lost-patterns.js";
import { DELETE, ERASE, type JournalRecord, LEASE, MOVE, OPEN_AT, PUT, SETTINGS } from "./record.js";
import { ReplayedChains } from "./replayed-chains.js";
import type { SavedSettings } from "./saved-settings.js";
import { END, HALF_LEASE, LEASE_LENGTH, type Sectors, UPLOADS } from "./sectors.js";

export class RecordEffects {
	/** The sectors of which one may be half erased: the first of them, and how many. */
	eraseFirst = 0;
	eraseSpan = 0;
	/** Some sector of the lease may be half programmed. */
	#leaseOpen = false;
	/** `turn` at the lease at hand, and how many of its sectors went to patterns that were stored. */
	#leaseTurn: number;
	#stored = 0;
	readonly #chains: ReplayedChains;

	/** Empties directory, sectors and settings. */
	constructor(
		private readonly header: AreaHeader,
		private readonly record: JournalRecord,
		private readonly directory: Directory,
		private readonly sectors: Sectors,
		private readonly settings: SavedSettings,
		private readonly lost: LostPatterns,
	) {
		this.#chains = new ReplayedChains(record, directory, sectors, lost);
		this.#leaseTurn = header.turn;
		directory.clear();
		settings.clear();
		sectors.clear();
		sectors.turn = header.turn;
		sectors.leaseFirst = header.pointer;
		sectors.leaseSpan = 0;
	}

	/** Some sectors may read blank and not be. */
	get suspicious(): boolean {
		return this.#leaseOpen || this.eraseSpan > 0;
	}

	/** Has the record at hand take effect. @returns false when it does not fit what is there */
	apply(inSnapshot: boolean): boolean {
		switch (this.record.type) {
			case PUT:
				return this.#put(inSnapshot);
			case DELETE:
				return this.#delete();
			case MOVE:
				return this.#move();
			case LEASE:
				return this.#lease();
			case ERASE:
				return this.#erase();
			case SETTINGS:
				return this.#set();
		}
		return this.#wear();
	}

	/** Behind the last record: counts what the lease may have handed out, and trusts nothing that may be half done. */
	end(): void {
		const { sectors } = this;
		sectors.turn += HALF_LEASE;
		this.#endLease();
		sectors.skipLease();
		if (this.#leaseOpen) sectors.distrust(sectors.leaseFirst, sectors.leaseSpan);
		sectors.distrust(this.eraseFirst, this.eraseSpan);
		for (const sector of sectors.open) if (sector < sectors.count) sectors.distrust(sector, 1);
	}

	#put(inSnapshot: boolean): boolean {
		const { directory, record } = this;
		if (!this.#chains.take()) return false;
		const position = directory.search(record.bytes, record.nameStart, record.nameEnd);
		if (position < 0 && directory.count === directory.order.length) {
			// One of them was deleted, but that record is damaged.
			this.lost.add(record.bytes, record.nameStart, record.nameEnd);
			this.#chains.release(record.sector(0));
			return false;
		}
		let slot: number;
		if (position >= 0) {
			slot = directory.order[position];
			this.#chains.release(directory.heads[slot]);
		} else {
			slot = directory.insert(position, record.bytes, record.nameStart, record.nameEnd);
		}
		directory.sizes[slot] = record.size;
		directory.crcs[slot] = record.crc;
		directory.sequences[slot] = record.sequence;
		directory.turns[slot] = record.turn;
		directory.heads[slot] = record.sector(0);
		directory.checked[slot] = UNCHECKED;
		if (!inSnapshot) this.#countStored();
		return true;
	}

	/** Counts what a PUT after the snapshot took of the lease at hand; the rest of a long list, the leases before have counted. */
	#countStored(): void {
		const { record, sectors } = this;
		const counted = Math.max(0, Math.min(record.sectors, record.turn - this.#leaseTurn));
		for (let i = 1; i <= counted; i++) sectors.worn(record.sector(record.sectors - i), 1);
		this.#stored += counted;
		sectors.turn = Math.max(sectors.turn, record.turn);
		if (this.header.format === 1) sectors.leaseFirst = (record.sector(record.sectors - 1) + 1) % sectors.count;
	}

	#delete(): boolean {
		const slot = this.directory.findSequence(this.record.target);
		if (slot < 0) return false;
		this.#chains.drop(slot);
		return true;
	}

	#move(): boolean {
		const slot = this.directory.findSequence(this.record.target);
		return slot >= 0 && this.#chains.move(slot, this.record.u16(16), this.record.u16(18));
	}

	#lease(): boolean {
		const { record, sectors } = this;
		const first = record.u16(16);
		if (first >= sectors.count) return false;
		sectors.turn = record.turn;
		this.#endLease();
		this.#leaseTurn = record.turn;
		sectors.leaseFirst = first;
		sectors.leaseSpan = record.u16(18);
		this.#leaseOpen = true;
		for (let i = 0; i < UPLOADS; i++) sectors.open[i] = record.u16(OPEN_AT + 2 * i);
		return true;
	}

	/** Counts as handed out what a lease gave to uploads that came to nothing, as far as `turn` has gone on. */
	#endLease(): void {
		const { sectors } = this;
		const lost = Math.min(LEASE_LENGTH, sectors.turn - this.#leaseTurn) - this.#stored;
		sectors.wornFrom(sectors.leaseFirst, lost);
		this.#stored = 0;
	}

	#erase(): boolean {
		const { record, sectors } = this;
		this.eraseFirst = record.u16(12) % sectors.count;
		this.eraseSpan = record.sectors;
		if (record.sectors > 0) return true;
		// Nothing at all was under way.
		this.#leaseOpen = false;
		sectors.open.fill(END);
		return true;
	}

	#set(): boolean {
		const { record, settings } = this;
		settings.saved = true;
		settings.on = record.bytes[12] !== 0;
		settings.brightness = record.bytes[13];
		settings.gamma = record.u16(14);
		if (record.named) settings.setName(record.bytes, record.nameStart, record.nameEnd);
		return true;
	}

	#wear(): boolean {
		const { record, sectors } = this;
		const first = record.u16(12);
		if (first + record.sectors > sectors.count) return false;
		sectors.wear.set(record.bytes.subarray(record.nameStart, record.nameEnd), first);
		return true;
	}
}

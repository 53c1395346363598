/**
 * Reading a journal area back at start. Writes nothing, and takes any bytes: what is not whole is skipped, to the next
 * record that is.
 */

import { filled } from "../bytes/bytes.js";
import type { AreaHeader } from "./area-header.js";
import { isMarked } from "./area-marks.js";
import { type Directory, UNCHECKED } from "./directory.js";
import { NAME_LENGTH } from "./geometry.js";
import type { Partition } from "./partition.js";
import {
	DELETE,
	ERASE,
	type JournalRecord,
	LEASE,
	LEAST_RECORD,
	MOVE,
	OPEN_AT,
	PUT,
	SETTINGS,
	TYPE_AT,
	VOID,
	WEAR,
} from "./record.js";
import type { SavedSettings } from "./saved-settings.js";
import { END, HALF_LEASE, LEASE_LENGTH, type Sectors, UNKNOWN, UPLOADS, USED } from "./sectors.js";

/** What a pattern's name says of it that can no longer be read. */
const NAMELESS = "?";

export class Replay {
	/** Behind the last whole record, from the area's start, and behind what was given up after that. */
	tail: number;
	/** The place that was given up last, when no record follows: the byte that says so may be weak. Or -1. */
	weakVoid = -1;
	/** Sequence number of the last record. */
	sequence: number;
	/** The last record is marked, nothing but blank flash follows it, and all before it was whole: appending may go on. */
	settled = true;
	/** Names of the patterns that damaged records have cost, as far as they can be read. */
	readonly lost: string[] = [];
	/** The sectors of which one may be half erased: the first of them, and how many. */
	eraseFirst = 0;
	eraseSpan = 0;
	/** Some sectors are suspect. */
	suspicious = false;
	readonly #snapshotEnd: number;
	/** Whether the last record is marked. */
	#marked = true;
	/** What the record's buffer starts with, and how much of it is the area's. */
	#bufferedAt = -1;
	#buffered = 0;
	/** What `#restBlank` found, and for which tail. */
	#restFrom = -1;
	#blankRest = false;
	/** Records that may have stood in what was skipped. */
	#slack = 0;
	/** The lease at hand, and how many sectors it gave to patterns that were stored. */
	#leaseTurn: number;
	#stored = 0;
	/** Some sector of the lease may be half programmed. */
	#leaseOpen = false;

	constructor(
		private readonly partition: Partition,
		private readonly offset: number,
		private readonly header: AreaHeader,
		private readonly record: JournalRecord,
		private readonly directory: Directory,
		private readonly sectors: Sectors,
		private readonly settings: SavedSettings,
	) {
		this.tail = header.start;
		this.sequence = header.sequence;
		this.#snapshotEnd = header.start + header.snapshotLength;
		this.#leaseTurn = header.turn;
		if (header.format === 1) this.#marked = header.marked;
	}

	/** Changes were appended after the snapshot. */
	get appended(): boolean {
		return this.tail > this.#snapshotEnd;
	}

	/** Empties directory, sectors and settings and fills them from the area. @throws RefusedError(FLASH_FAILED) */
	run(): void {
		const { directory, header, record, sectors } = this;
		directory.clear();
		this.settings.clear();
		sectors.clear();
		sectors.turn = header.turn;
		sectors.leaseFirst = header.pointer;
		sectors.leaseSpan = 0;
		for (;;) {
			if (!this.#read(this.tail)) {
				if (this.#passVoid()) continue;
				if (this.tail >= this.#snapshotEnd && this.#restBlank()) break;
				const next = this.#nextWhole();
				if (next < 0) break;
				this.settled = false;
				this.tail = next;
				continue;
			}
			this.#slack = 0;
			if (!this.#apply()) this.settled = false;
			if (this.tail >= this.#snapshotEnd) {
				this.sequence = record.sequence;
				this.#marked = record.marked;
			}
			this.#advance();
		}
		if (this.tail < this.#snapshotEnd || !this.#marked || !this.#restBlank()) this.settled = false;
		sectors.turn += HALF_LEASE;
		this.#endLease();
		sectors.skipLease();
		if (this.#leaseOpen) sectors.distrust(sectors.leaseFirst, sectors.leaseSpan);
		sectors.distrust(this.eraseFirst, this.eraseSpan);
		for (const sector of sectors.open) if (sector < sectors.count) sectors.distrust(sector, 1);
		this.suspicious = this.#leaseOpen || this.eraseSpan > 0;
	}

	/** Reads what is at a place. @returns whether it is a whole record that may stand there */
	#read(at: number): boolean {
		const { header, record } = this;
		// Mostly the record is in the buffer already, as a whole.
		if (at !== this.#bufferedAt || !record.parse(header.generation, this.#buffered)) {
			if (!record.parse(header.generation, this.#fill(at))) return false;
		}
		if (at < this.#snapshotEnd) return record.sequence <= header.sequence && at + record.length <= this.#snapshotEnd;
		return record.sequence > this.sequence && record.sequence <= this.sequence + 1 + this.#slack;
	}

	/** Fills the record's buffer from a place. @returns how many bytes of it are the area's */
	#fill(at: number): number {
		const { bytes } = this.record;
		const available = Math.min(bytes.length, this.partition.geometry.areaLength - at);
		this.partition.read(available === bytes.length ? bytes : bytes.subarray(0, available), this.offset + at);
		this.#bufferedAt = at;
		this.#buffered = available;
		return available;
	}

	/** Goes on behind the record at the tail. */
	#advance(): void {
		const { bytes, length } = this.record;
		this.tail += length;
		this.weakVoid = -1;
		bytes.copyWithin(0, length, this.#buffered);
		this.#bufferedAt = this.tail;
		this.#buffered -= length;
	}

	/** Passes over what a cut may have left at the tail, when that was given up. @returns whether it was */
	#passVoid(): boolean {
		const { areaLength, maxRecord } = this.partition.geometry;
		if (this.tail < this.#snapshotEnd || this.tail + maxRecord > areaLength) return false;
		if (this.record.bytes[TYPE_AT] !== VOID) return false;
		this.weakVoid = this.tail;
		this.tail += maxRecord;
		return true;
	}

	/** Whether nothing but blank flash is behind the tail. */
	#restBlank(): boolean {
		if (this.#restFrom !== this.tail) {
			const { areaLength } = this.partition.geometry;
			this.#blankRest = this.partition.blank(this.offset + this.tail, this.offset + areaLength);
			this.#restFrom = this.tail;
		}
		return this.#blankRest;
	}

	/** Where the next whole record is, when none is at the tail, or -1. Notes what is lost in between. */
	#nextWhole(): number {
		const { areaLength } = this.partition.geometry;
		const inSnapshot = this.tail < this.#snapshotEnd;
		for (let at = this.tail + 4; at + LEAST_RECORD <= areaLength; at += 4) {
			this.#slack = Math.floor((at - this.tail) / LEAST_RECORD);
			if (this.#read(at) || (inSnapshot && at === this.#snapshotEnd)) {
				this.#note();
				return at;
			}
			// Nothing is where the flash is blank.
			const available = Math.min(this.record.bytes.length, areaLength - at);
			if (!inSnapshot && filled(this.record.bytes, 0xff, 0, available)) at += (available & ~3) - 4;
		}
		this.#slack = 0;
		if (this.#wasWhole()) this.#note();
		return -1;
	}

	/** What is at the tail had been marked as whole: no cut has left it like this. */
	#wasWhole(): boolean {
		const available = this.#fill(this.tail);
		const { bytes } = this.record;
		const length = available < LEAST_RECORD ? 0 : this.record.u16(6);
		return length >= LEAST_RECORD && length <= available && isMarked(bytes[length - 1]);
	}

	/** Notes the name that the damaged record at the tail was about. */
	#note(): void {
		this.#fill(this.tail);
		const { bytes } = this.record;
		if (bytes[4] === DELETE || bytes[4] === MOVE) {
			const slot = this.directory.findSequence(this.record.u16(12) + this.record.u16(14) * 0x10000);
			this.lost.push(slot < 0 ? NAMELESS : this.#nameOf(slot));
			return;
		}
		// These cost no pattern.
		if (bytes[4] === LEASE || bytes[4] === ERASE || bytes[4] === SETTINGS || bytes[4] === WEAR) return;
		const length = bytes[5];
		const sectors = Math.ceil(
			(this.record.u16(12) + this.record.u16(14) * 0x10000) / this.partition.geometry.sectorLength,
		);
		const start = 24 + 2 * sectors;
		const readable = bytes[4] === PUT && length > 0 && length <= NAME_LENGTH && start + length <= bytes.length;
		this.lost.push(readable ? text(bytes, start, start + length) : NAMELESS);
	}

	#apply(): boolean {
		const { record, sectors } = this;
		switch (record.type) {
			case PUT:
				return this.#applyPut();
			case DELETE:
				return this.#applyDelete();
			case MOVE:
				return this.#applyMove();
			case LEASE:
				if (record.u16(16) >= sectors.count) return false;
				sectors.turn = record.turn;
				this.#endLease();
				this.#leaseTurn = record.turn;
				sectors.leaseFirst = record.u16(16);
				sectors.leaseSpan = record.u16(18);
				this.#leaseOpen = true;
				for (let i = 0; i < UPLOADS; i++) sectors.open[i] = record.u16(OPEN_AT + 2 * i);
				return true;
			case ERASE:
				this.eraseFirst = record.u16(12) % sectors.count;
				this.eraseSpan = record.sectors;
				if (record.sectors > 0) return true;
				this.#leaseOpen = false;
				sectors.open.fill(END);
				return true;
			case SETTINGS:
				this.#applySettings();
				return true;
		}
		return this.#applyWear();
	}

	#applyPut(): boolean {
		const { directory, record, sectors } = this;
		if (!this.#takeChain()) return false;
		const position = directory.search(record.bytes, record.nameStart, record.nameEnd);
		if (position < 0 && directory.count === directory.order.length) {
			this.#releaseChain(record.sector(0));
			return false;
		}
		let slot: number;
		if (position >= 0) {
			slot = directory.order[position];
			this.#releaseChain(directory.heads[slot]);
		} else {
			slot = directory.insert(position, record.bytes, record.nameStart, record.nameEnd);
		}
		directory.sizes[slot] = record.size;
		directory.crcs[slot] = record.crc;
		directory.sequences[slot] = record.sequence;
		directory.turns[slot] = record.turn;
		directory.heads[slot] = record.sector(0);
		directory.checked[slot] = UNCHECKED;
		if (this.tail < this.#snapshotEnd) return true;
		// Of a long list, the leases before have counted the rest.
		const counted = Math.max(0, Math.min(record.sectors, record.turn - this.#leaseTurn));
		for (let i = 1; i <= counted; i++) sectors.worn(record.sector(record.sectors - i), 1);
		this.#stored += counted;
		sectors.turn = Math.max(sectors.turn, record.turn);
		if (this.header.format === 1) sectors.leaseFirst = (record.sector(record.sectors - 1) + 1) % sectors.count;
		return true;
	}

	/** Counts as handed out what a lease gave to uploads that came to nothing, as far as `turn` has gone on. */
	#endLease(): void {
		const { sectors } = this;
		const lost = Math.min(LEASE_LENGTH, sectors.turn - this.#leaseTurn) - this.#stored;
		sectors.wornFrom(sectors.leaseFirst, lost);
		this.#stored = 0;
	}

	#applyDelete(): boolean {
		const { directory, record } = this;
		const slot = directory.findSequence(record.target);
		if (slot < 0) return false;
		this.#drop(slot);
		return true;
	}

	#applyMove(): boolean {
		const { directory, record, sectors } = this;
		const slot = directory.findSequence(record.target);
		const to = record.u16(18);
		if (slot < 0 || to >= sectors.count) return false;
		let before = END;
		let from = directory.heads[slot];
		for (let i = record.u16(16); i > 0 && from !== END; i--) {
			before = from;
			from = sectors.next[from];
		}
		if (from === END || (sectors.states[to] === USED && !this.#evict(to, slot))) return false;
		sectors.set(to, USED);
		sectors.worn(to, 1);
		sectors.next[to] = sectors.next[from];
		if (before === END) directory.heads[slot] = to;
		else sectors.next[before] = to;
		sectors.set(from, UNKNOWN);
		return true;
	}

	#applySettings(): void {
		const { record, settings } = this;
		settings.saved = true;
		settings.on = record.bytes[12] !== 0;
		settings.brightness = record.bytes[13];
		settings.gamma = record.u16(14);
		if (record.named) settings.setName(record.bytes, record.nameStart, record.nameEnd);
	}

	#applyWear(): boolean {
		const { record, sectors } = this;
		const first = record.u16(12);
		if (first + record.sectors > sectors.count) return false;
		sectors.wear.set(record.bytes.subarray(record.nameStart, record.nameEnd), first);
		return true;
	}

	/** Marks the record's sectors as used and chains them; false when one is out of range or there twice. */
	#takeChain(): boolean {
		const { record, sectors } = this;
		let last = END;
		for (let i = 0; i < record.sectors; i++) {
			const sector = record.sector(i);
			if (sector >= sectors.count || (sectors.states[sector] === USED && !this.#evict(sector, -1))) {
				if (last !== END) this.#releaseChain(record.sector(0));
				return false;
			}
			sectors.set(sector, USED);
			if (last !== END) sectors.next[last] = sector;
			sectors.next[sector] = END;
			last = sector;
		}
		return true;
	}

	/**
	 * Drops the pattern that has a sector which a later record gives to another: the record by which it let go of that
	 * is lost. @returns false when none has it, or the pattern in slot `except`
	 */
	#evict(sector: number, except: number): boolean {
		const { directory, record, sectors } = this;
		for (let i = 0; i < directory.count; i++) {
			const slot = directory.order[i];
			let at = directory.heads[slot];
			while (at !== END && at !== sector) at = sectors.next[at];
			if (at === END) continue;
			if (slot === except) return false;
			const same = record.type === PUT && directory.find(record.bytes, record.nameStart, record.nameEnd) === slot;
			// Its new version is what has the sector now.
			if (!same) this.lost.push(this.#nameOf(slot));
			this.#drop(slot);
			return true;
		}
		return false;
	}

	#drop(slot: number): void {
		this.#releaseChain(this.directory.heads[slot]);
		this.directory.remove(slot);
	}

	/** As `Sectors.freeChain`, but what these sectors hold now is not known. */
	#releaseChain(head: number): void {
		const { sectors } = this;
		for (let sector = head; sector !== END; sector = sectors.next[sector]) sectors.set(sector, UNKNOWN);
	}

	#nameOf(slot: number): string {
		const { names, nameLengths } = this.directory;
		return text(names, slot * NAME_LENGTH, slot * NAME_LENGTH + nameLengths[slot]);
	}
}

/** ASCII as text, with NAMELESS's mark for what is none. */
function text(bytes: Uint8Array, start: number, end: number): string {
	let result = "";
	for (let i = start; i < end; i++) {
		result += bytes[i] >= 0x20 && bytes[i] < 0x7f ? String.fromCharCode(bytes[i]) : NAMELESS;
	}
	return result;
}

/**
 * Reading a journal area back at start. Writes nothing, and takes any bytes: what is not whole is skipped, to the next
 * record that is.
 */

import { filled } from "../bytes/bytes.js";
import type { AreaHeader } from "./area-header.js";
import { isMarked } from "./area-marks.js";
import type { LostPatterns } from "./lost-patterns.js";
import type { Partition } from "./partition.js";
import { type JournalRecord, LEAST_RECORD, TYPE_AT, VOID } from "./record.js";
import type { RecordEffects } from "./record-effects.js";

export class Replay {
	/** Behind the last whole record, from the area's start, and behind what was given up after that. */
	tail: number;
	/** The place that was given up last, when no record follows: the byte that says so may be weak. Or -1. */
	weakVoid = -1;
	/** Sequence number of the last record. */
	sequence: number;
	/** The last record is marked, nothing but blank flash follows it, and all before it was whole: appending may go on. */
	settled = true;
	/** All of the snapshot was whole. */
	whole = false;
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

	constructor(
		private readonly partition: Partition,
		private readonly offset: number,
		private readonly header: AreaHeader,
		private readonly record: JournalRecord,
		private readonly effects: RecordEffects,
		private readonly lost: LostPatterns,
	) {
		this.tail = header.start;
		this.sequence = header.sequence;
		this.#snapshotEnd = header.start + header.snapshotLength;
		if (header.format === 1) this.#marked = header.marked;
	}

	/** Changes were appended after the snapshot. */
	get appended(): boolean {
		return this.tail > this.#snapshotEnd;
	}

	/** Has all records take effect, from the first to the last. @throws RefusedError(FLASH_FAILED) */
	run(): void {
		const { record } = this;
		for (;;) {
			if (this.tail === this.#snapshotEnd) this.whole = this.settled;
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
			const inSnapshot = this.tail < this.#snapshotEnd;
			if (!this.effects.apply(inSnapshot)) this.settled = false;
			if (!inSnapshot) {
				this.sequence = record.sequence;
				this.#marked = record.marked;
			}
			this.#advance();
		}
		if (this.tail < this.#snapshotEnd || !this.#marked || !this.#restBlank()) this.settled = false;
		this.effects.end();
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

	/** Notes what the damaged record at the tail costs. */
	#note(): void {
		this.#fill(this.tail);
		this.lost.addDamaged(this.record);
	}
}

/**
 * Which patterns are stored, on flash: two areas used in turn, each a header, a snapshot of what was stored when the
 * area was opened, and the changes since, one record each (docs/pattern-store.md, "Journal area").
 */

import { FLASH_FAILED, RefusedError } from "../core/errors.js";
import { AreaHeader } from "./area-header.js";
import { AreaMarks } from "./area-marks.js";
import type { Directory } from "./directory.js";
import { AREA_START } from "./geometry.js";
import { LostPatterns } from "./lost-patterns.js";
import type { Partition } from "./partition.js";
import { JournalRecord, TYPE_AT } from "./record.js";
import { RecordEffects } from "./record-effects.js";
import { Replay } from "./replay.js";
import { SavedSettings } from "./saved-settings.js";
import { BAD, DIRTY, END, LEASE_LENGTH, type Sectors, SUSPECT } from "./sectors.js";
import { Snapshot, type Stored } from "./snapshot.js";
import { SpareArea } from "./spare-area.js";

/** Sectors of which one may be half erased when the power fails: one ERASE record for so many. */
const ERASE_SPAN = 8;
/** An area change that failed so often is not tried again in idle time: each try wears the journal. */
const MOST_FAILURES = 3;

export class Journal implements Stored {
	/** What was saved last. */
	readonly settings = new SavedSettings();
	/** Names of the patterns that damaged records have cost, as far as they can be read. */
	lost: readonly string[] = [];
	eraseFirst = 0;
	eraseSpan = 0;
	spoilt = true;
	/** The journal names sectors as suspect that need not be: those from before the start, or of a lease that nobody took. */
	#suspicious = false;
	/** How often a suspect sector refused to be spoilt. */
	#refusals = 0;
	/** The open area's end is not to be relied on: nothing is appended or erased before everything was written anew. */
	#unsettled = true;
	/** A record may have been begun at the tail before the start, though it reads blank there: nothing goes to that place. */
	#voidTail = false;
	/** A place given up before the start, by a byte that may be weak; or -1. */
	#weakVoid = -1;
	/** Where the next record goes, from the area's start. */
	#tail = AREA_START;
	#sequence = 0;
	#generation = 0;
	/** The open area, 0 or 1. A new flash has none: the first change opens area 0. */
	#area = 1;
	/** Where the records that came after the snapshot start. */
	#snapshotEnd = AREA_START;
	/** Uploads may take sectors up to this turn. */
	#leasedUntil = 0;
	/** Area changes that failed, one after the other. */
	#failures = 0;
	readonly #partition: Partition;
	readonly #header: AreaHeader;
	readonly #record: JournalRecord;
	readonly #marks: AreaMarks;
	readonly #spare: SpareArea;
	readonly #mark = new Uint8Array(1);

	constructor(
		partition: Partition,
		readonly directory: Directory,
		readonly sectors: Sectors,
	) {
		this.#partition = partition;
		this.#header = new AreaHeader(partition.geometry);
		this.#record = new JournalRecord(partition.geometry);
		this.#marks = new AreaMarks(partition);
		this.#spare = new SpareArea(partition, this.#marks);
		this.#marks.clear();
		this.#spare.become(0);
	}

	/**
	 * Fills directory, sectors and settings from flash. Writes nothing.
	 * @throws NewerFormatError, RefusedError(FLASH_FAILED)
	 */
	mount(): void {
		const generation0 = this.#generationOf(0);
		const generation1 = this.#generationOf(1);
		const newer = generation1 > generation0 ? 1 : 0;
		if (Math.max(generation0, generation1) < 0) {
			this.#marks.clear();
			return;
		}
		if (this.#load(newer) || Math.min(generation0, generation1) < 0) return;
		// Nothing was ever changed in the newer area: the older one, where it is whole, holds the same or, in format 1, is what holds.
		if (!this.#load(1 - newer)) this.#load(newer);
	}

	/**
	 * Makes it safe to erase data sectors: after this, flash shows the same patterns however it is read again.
	 * @throws RefusedError(FLASH_FAILED)
	 */
	settle(): void {
		if (!this.#marks.firm) this.#spare.touch();
		if (this.#unsettled) this.#changeAreas();
		this.#spare.disarm();
		if (!this.#voidTail) return;
		if (this.#full) this.#changeAreas();
		else this.#passTail();
	}

	/**
	 * Appends that a pattern is stored under the name in name[start..end), in place of any earlier one. Once this returns it is so for good.
	 * @returns the record's sequence number
	 * @throws RefusedError(FLASH_FAILED) and then the directory still tells what is stored
	 */
	put(name: Uint8Array, start: number, end: number, size: number, crc: number, head: number): number {
		this.#makeRoom();
		const { turn, next } = this.sectors;
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
	 * Appends that sector number `index` of the pattern which record `target` stored is `sector` now.
	 * @throws RefusedError(FLASH_FAILED) as `put`
	 */
	move(target: number, index: number, sector: number): void {
		this.#makeRoom();
		this.#append(this.#record.encodeMove(this.#generation, this.#sequence + 1, target, index, sector));
	}

	/** Before an upload writes to `sector`: a restart must not hand it out again as if nothing had been. @throws RefusedError(FLASH_FAILED) */
	lease(sector: number): void {
		const generation = this.#generation;
		this.#makeRoom();
		// A new snapshot has a lease in it, and names the sectors that are being written to.
		if (this.#generation !== generation) return;
		const { sectors } = this;
		sectors.startLease(sector);
		this.#leasedUntil = sectors.turn;
		this.#append(this.#record.encodeLease(this.#generation, this.#sequence + 1, sectors));
		this.#leasedUntil = sectors.turn + LEASE_LENGTH;
	}

	/** Whether an upload may write to a sector without more ado. */
	leased(sector: number): boolean {
		const { sectors } = this;
		return sectors.turn < this.#leasedUntil && sectors.within(sector, sectors.leaseFirst, sectors.leaseSpan);
	}

	/**
	 * Before data sectors are erased, or one is written to without a lease: a restart must not believe them blank when
	 * that was cut. @throws RefusedError(FLASH_FAILED)
	 */
	changing(first: number, count: number): void {
		this.settle();
		const { eraseFirst, eraseSpan, sectors } = this;
		const noted =
			sectors.within(first, eraseFirst, eraseSpan) && sectors.within(first + count - 1, eraseFirst, eraseSpan);
		if (!noted) this.#noteErase(first, Math.max(count, ERASE_SPAN));
	}

	/** Nothing is being erased or written, nor left to erase: what was suspect is known to be erased. @throws RefusedError(FLASH_FAILED) */
	resting(): void {
		if (!this.#suspicious) return;
		this.#noteErase(0, 0);
		this.#suspicious = false;
		this.#leasedUntil = this.sectors.turn;
	}

	/**
	 * Before any sector is handed out or erased: sees to it that no suspect one reads blank, so that it does not matter any
	 * more which they were. @throws RefusedError(FLASH_FAILED)
	 */
	spoilSuspects(): void {
		if (this.spoilt) return;
		// What they hold may still be wanted by a record that reads differently next time.
		this.settle();
		const { sectors } = this;
		for (let at = sectors.nextOf(SUSPECT); at >= 0; at = sectors.nextOf(SUSPECT)) {
			if (this.#partition.spoil(at)) sectors.set(at, DIRTY);
			else if (++this.#refusals < MOST_FAILURES) throw new RefusedError(FLASH_FAILED);
			else sectors.set(at, BAD);
		}
		sectors.open.fill(END);
		this.spoilt = true;
	}

	/**
	 * Saves settings. Once this returns they are kept for good.
	 * @throws RefusedError(FLASH_FAILED) and then `settings` is as before
	 */
	save(next: SavedSettings): void {
		const { settings } = this;
		this.#makeRoom();
		const named = !settings.saved || !settings.hasName(next.name, 0, next.nameLength);
		this.#append(this.#record.encodeSettings(this.#generation, this.#sequence + 1, next, named));
		settings.saved = true;
		settings.on = next.on;
		settings.brightness = next.brightness;
		settings.gamma = next.gamma;
		if (named) settings.setName(next.name, 0, next.nameLength);
	}

	/** Whether half of the area is used, and `tidy` has something to do: it should be done before a change cannot wait for it. */
	get pressing(): boolean {
		return this.#tail > this.#partition.geometry.areaLength >> 1 && this.#due;
	}

	/**
	 * One step of work that can wait for quiet: erases a sector of the spare area, or a block where `most` is as many, or
	 * changes areas when the open one is nearly full.
	 * @returns false when there was nothing to do
	 * @throws RefusedError(FLASH_FAILED)
	 */
	tidy(most: number): boolean {
		if (!this.#due) return false;
		if (!this.#spareDue) {
			this.#changeAreas();
			return true;
		}
		this.#failures++;
		this.#spare.eraseNext(most);
		this.#failures--;
		return true;
	}

	get #due(): boolean {
		if (this.#failures >= MOST_FAILURES) return false;
		if (this.#unsettled || this.#spareDue) return true;
		const { areaLength } = this.#partition.geometry;
		return areaLength - this.#tail < areaLength >> 3 && this.#tail - this.#snapshotEnd > areaLength >> 2;
	}

	get #spareDue(): boolean {
		return !this.#spare.blank && this.#marks.room;
	}

	/** Areas have to be changed before anything is appended, and that has failed too often to be tried in idle time. */
	get stuck(): boolean {
		return this.#failures >= MOST_FAILURES && (this.#unsettled || this.#full);
	}

	get #full(): boolean {
		const { areaLength, maxRecord } = this.#partition.geometry;
		return this.#tail + maxRecord > areaLength;
	}

	#makeRoom(): void {
		this.settle();
		if (this.#full) this.#changeAreas();
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

	/** Leaves out what may be a record that was begun before the start, so that it is none however it reads. */
	#passTail(): void {
		const typeAt = this.#offset(this.#area) + TYPE_AT;
		if (this.#weakVoid >= 0) this.#partition.program(this.#mark, typeAt + this.#weakVoid);
		this.#partition.program(this.#mark, typeAt + this.#tail);
		this.#tail += this.#partition.geometry.maxRecord;
		this.#voidTail = false;
	}

	#noteErase(first: number, span: number): void {
		this.#makeRoom();
		this.#append(this.#record.encodeErase(this.#generation, this.#sequence + 1, first, span));
		this.eraseFirst = first;
		this.eraseSpan = span;
	}

	/** Opens the spare area with a snapshot. It is read back before it is opened, and until then the old area holds. */
	#changeAreas(): void {
		this.#failures++;
		const header = this.#header;
		const area = 1 - this.#area;
		const offset = this.#offset(area);
		this.#spare.eraseAll();
		this.#spare.begin();
		header.generation = this.#generation + 1;
		header.sequence = this.#sequence;
		const snapshot = new Snapshot(this.#partition, offset, header, this.#record);
		snapshot.write(this);
		this.#marks.openAt(offset);
		this.#area = area;
		this.#generation = header.generation;
		this.#tail = snapshot.tail;
		this.#snapshotEnd = snapshot.tail;
		this.#unsettled = false;
		this.#voidTail = false;
		this.#leasedUntil = this.sectors.turn + (this.spoilt ? LEASE_LENGTH : 0);
		this.#suspicious = true;
		this.#spare.become(1 - area);
		this.#failures = 0;
	}

	#offset(area: number): number {
		return area * this.#partition.geometry.areaLength;
	}

	/** Generation of an area that may hold, or -1. */
	#generationOf(area: number): number {
		if (!this.#readHeader(area)) return -1;
		return this.#header.format === 1 || this.#marks.open ? this.#header.generation : -1;
	}

	#readHeader(area: number): boolean {
		const offset = this.#offset(area);
		this.#partition.read(this.#header.bytes, offset);
		if (!this.#header.parse()) return false;
		this.#marks.clear();
		if (this.#header.format !== 1) this.#marks.read(offset);
		return true;
	}

	/**
	 * Takes everything from an area. @returns whether that is what holds: it was opened for good, or in format 2 it is at
	 * least whole. One that has just been opened may be half erased, where the mark that opened it was weak.
	 */
	#load(area: number): boolean {
		this.#readHeader(area);
		const { directory, sectors, settings } = this;
		const header = this.#header;
		const marks = this.#marks;
		const offset = this.#offset(area);
		const lost = new LostPatterns(this.#partition.geometry, directory);
		const effects = new RecordEffects(header, this.#record, directory, sectors, settings, lost);
		const replay = new Replay(this.#partition, offset, header, this.#record, effects, lost);
		replay.run();
		const old = header.format === 1;
		this.#area = area;
		this.#generation = header.generation;
		this.#sequence = replay.sequence;
		this.#tail = replay.tail;
		this.#weakVoid = replay.weakVoid;
		this.#snapshotEnd = header.start + header.snapshotLength;
		this.#unsettled = old || !replay.settled;
		this.#voidTail = true;
		this.lost = lost.names;
		this.eraseFirst = effects.eraseFirst;
		this.eraseSpan = effects.eraseSpan;
		this.#suspicious = effects.suspicious;
		this.spoilt = !effects.suspicious;
		// Nobody appends to an area without being sure of it.
		if (replay.appended) marks.firm = true;
		this.#spare.become(1 - area);
		return replay.appended || (old ? header.marked : marks.firm || replay.settled);
	}
}

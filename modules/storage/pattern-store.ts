/**
 * The pattern store: up to 64 named patterns straight on a raw flash partition (docs/pattern-store.md). It is
 * synchronous; names are bytes that the caller has checked.
 */

import { NOT_STORED, RefusedError } from "../core/errors.js";
import type { MemoryPool } from "../core/memory-pool.js";
import { BLOCK_SECTORS } from "./blocks.js";
import type { FlashPort } from "./flash-port.js";
import { CAPACITY } from "./geometry.js";
import { writeList } from "./list.js";
import { Mover } from "./mover.js";
import { Reader } from "./reader.js";
import { SavedSettings } from "./saved-settings.js";
import { DIRTY, END, UNKNOWN } from "./sectors.js";
import { Upload } from "./upload.js";
import { Volume } from "./volume.js";

/** Patterns that can be read at the same time: three downloads, what plays, its new version, and what is to take their place. */
const READERS = 6;
/** Sectors that one idle step looks at: as a rule a step is short, and a look takes a fraction of a millisecond. */
const LOOKS_PER_STEP = 8;

export interface StoreOptions {
	/** Pool blocks to keep pattern sectors in, at least 1. */
	readonly cacheBlocks: number;
	/** Refuse patterns that are not .prism files. */
	readonly requirePrism: boolean;
}

export class PatternStore {
	/** Patterns that fit. */
	readonly capacity = CAPACITY;
	readonly #volume: Volume;
	readonly #mover: Mover;
	/** Settings that are about to be saved. */
	readonly #next = new SavedSettings();
	readonly #readers: Reader[] = [];
	readonly #requirePrism: boolean;

	/**
	 * Recovers what the flash holds, whatever state a loss of power has left it in. Writes nothing yet.
	 * @throws Error for a flash that is too small, or a pool without the cache blocks
	 * @throws NewerFormatError for a flash that a newer firmware has written
	 * @throws RefusedError(FLASH_FAILED)
	 */
	constructor(flash: FlashPort, pool: MemoryPool, options: StoreOptions) {
		this.#volume = new Volume(flash, pool, options.cacheBlocks);
		this.#mover = new Mover(this.#volume);
		this.#requirePrism = options.requirePrism;
		const nothing = new Uint8Array(0);
		for (let i = 0; i < READERS; i++) {
			const reader = new Reader(this.#volume, nothing);
			this.#readers.push(reader);
			this.#volume.users.push(reader);
		}
	}

	/** Patterns stored. */
	get count(): number {
		return this.#volume.directory.count;
	}

	/** Bytes for patterns, free or not. */
	get sizeBytes(): number {
		return this.#volume.geometry.dataSectors * this.#volume.geometry.sectorLength;
	}

	/** Bytes taken, by whole sectors: patterns, uploads under way, sectors set aside. */
	get usedBytes(): number {
		return (this.#volume.geometry.dataSectors - this.#volume.sectors.free) * this.#volume.geometry.sectorLength;
	}

	/** Bytes that are free and erased: what uploads can take at full speed. */
	get cleanBytes(): number {
		return this.#volume.sectors.clean * this.#volume.geometry.sectorLength;
	}

	/** Erases so far, of sectors or blocks, by whomever. */
	get erases(): number {
		return this.#volume.partition.erases;
	}

	/** Sectors asked for that the cache held. */
	get cacheHits(): number {
		return this.#volume.cache.hits;
	}

	/** Sectors asked for that had to be read from flash. */
	get cacheMisses(): number {
		return this.#volume.cache.misses;
	}

	/** Bytes of patterns in the cache now. */
	get cacheBytes(): number {
		return this.#volume.cache.held * this.#volume.geometry.sectorLength;
	}

	/** Names of the patterns that damaged journal records have cost at this start, as far as they can be read. */
	get lost(): readonly string[] {
		return this.#volume.journal.lost;
	}

	/** What was saved last, to be read only. */
	get settings(): Readonly<SavedSettings> {
		return this.#volume.journal.settings;
	}

	/**
	 * Saves what is played and how, all of it at once and for good. Writes nothing when nothing is different. How often
	 * that may be is the caller's affair: docs/pattern-store.md, "Settings", has the sum.
	 * @param brightness 0 to 255
	 * @param gamma gamma times 100, u16
	 * @param name name of the pattern in name[start..end), stored or not; none where that is empty
	 * @throws RefusedError(FLASH_FAILED) and then `settings` is as before
	 */
	saveSettings(on: boolean, brightness: number, gamma: number, name: Uint8Array, start: number, end: number): void {
		const { settings } = this;
		const same = settings.on === on && settings.brightness === brightness && settings.gamma === gamma;
		if (settings.saved && same && settings.hasName(name, start, end)) return;
		const next = this.#next;
		next.on = on;
		next.brightness = brightness;
		next.gamma = gamma;
		next.setName(name, start, end);
		this.#volume.journal.save(next);
	}

	/** Makes a writer, for one upload at a time. Call it at boot, once a session. */
	writer(): Upload {
		return new Upload(this.#volume, this.#requirePrism);
	}

	/** Whether a pattern of the name in bytes[start..end) is stored. */
	has(bytes: Uint8Array, start: number, end: number): boolean {
		return this.#volume.directory.find(bytes, start, end) >= 0;
	}

	/**
	 * Deletes the pattern of the name in bytes[start..end).
	 * @throws RefusedError NOT_STORED or FLASH_FAILED
	 */
	remove(bytes: Uint8Array, start: number, end: number): void {
		const slot = this.#volume.directory.find(bytes, start, end);
		if (slot < 0) throw new RefusedError(NOT_STORED);
		this.#volume.remove(slot);
	}

	/**
	 * Writes what is stored, sorted by name, to target[start..) as LIST's value. 2,625 bytes at most.
	 * @returns the end
	 */
	writeList(target: Uint8Array, start: number): number {
		const { count, order, names, nameLengths, sizes, crcs } = this.#volume.directory;
		return writeList(target, start, count, order, names, nameLengths, sizes.buffer, crcs.buffer);
	}

	/**
	 * Opens the pattern of the name in bytes[start..end). Its bytes stay readable until the reader is closed, even when
	 * it is replaced or deleted meanwhile.
	 * @returns undefined when it is not stored, or when no reader is free
	 */
	open(bytes: Uint8Array, start: number, end: number): Reader | undefined {
		const slot = this.#volume.directory.find(bytes, start, end);
		if (slot < 0) return undefined;
		for (let i = 0; i < READERS; i++) {
			const reader = this.#readers[i];
			if (reader.head !== END) continue;
			reader.attach(slot);
			return reader;
		}
		return undefined;
	}

	/**
	 * One step of the work that can wait for quiet: at most one sector copied, one erase, a few sectors looked at, or the
	 * journal written anew.
	 * @param most how many data sectors may be erased at once: a block of 16 stops the chip for 150 ms, one for 45
	 * @returns true while there is more to do
	 */
	tidy(most = BLOCK_SECTORS): boolean {
		if (this.#volume.tidyJournal(most)) return true;
		try {
			return this.#tidyData(most);
		} catch {
			return false;
		}
	}

	#tidyData(most: number): boolean {
		const volume = this.#volume;
		const { sectors, supply } = volume;
		for (let i = 0; i < LOOKS_PER_STEP; i++) {
			const unknown = sectors.nextOf(UNKNOWN);
			if (unknown < 0) break;
			supply.look(unknown);
			if (i === LOOKS_PER_STEP - 1) return true;
		}
		if (volume.journal.stuck) return false;
		volume.journal.spoilSuspects();
		const dirty = sectors.nextOf(DIRTY);
		if (dirty >= 0 && most > 0) {
			supply.eraseAround(dirty, most);
			return true;
		}
		if (dirty < 0 && volume.uploads === 0) volume.journal.resting();
		return this.#mover.step();
	}
}

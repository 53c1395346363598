/** A journal alone, on a small flash: what it writes, and what the next start reads. */

import { Directory } from "../../modules/storage/directory.js";
import { Journal } from "../../modules/storage/journal.js";
import { Partition } from "../../modules/storage/partition.js";
import { SavedSettings } from "../../modules/storage/saved-settings.js";
import { END, Sectors, USED } from "../../modules/storage/sectors.js";
import type { NorFlash } from "./nor-flash.js";
import { ascii, smallFlash } from "./store.js";

/** Bytes in an area of the small flash, and in its longest record. */
export const AREA = 4608;
export const LONGEST = 188;

export class JournalBench {
	readonly sectors: Sectors;
	readonly directory = new Directory();
	readonly journal: Journal;
	readonly #next = new SavedSettings();

	/** Starts on what the flash holds. */
	constructor(readonly flash: NorFlash = smallFlash()) {
		const partition = new Partition(flash);
		const { dataSectors, dataStart } = partition.geometry;
		this.sectors = new Sectors(dataSectors, dataStart);
		this.journal = new Journal(partition, this.directory, this.sectors);
		this.journal.mount();
	}

	/** The next start. */
	restart(): JournalBench {
		return new JournalBench(this.flash);
	}

	/** Saves settings: a record of 20 bytes where the name is as before. */
	save(brightness: number, name = ""): void {
		this.#next.brightness = brightness;
		this.#next.setName(ascii(name), 0, name.length);
		this.journal.save(this.#next);
	}

	/** Stores a pattern under a new name, in one sector. */
	put(name: string, sector: number): void {
		const { directory, sectors } = this;
		const bytes = ascii(name);
		sectors.next[sector] = END;
		const sequence = this.journal.put(bytes, 0, bytes.length, 9, 0, sector);
		const slot = directory.insert(directory.search(bytes, 0, bytes.length), bytes, 0, bytes.length);
		directory.sizes[slot] = 9;
		directory.sequences[slot] = sequence;
		directory.heads[slot] = sector;
		sectors.set(sector, USED);
	}

	/** What the journal holds: names of patterns with their first sectors, and the brightness. */
	get held(): string {
		const { directory, journal } = this;
		const found: string[] = [];
		for (let i = 0; i < directory.count; i++) {
			const slot = directory.order[i];
			const name = directory.names.subarray(32 * slot, 32 * slot + directory.nameLengths[slot]);
			found.push(`${String.fromCharCode(...name)}:${directory.heads[slot]}`);
		}
		return `${found.join(" ")} ${journal.settings.brightness}`;
	}

	/** A byte of an area. */
	byte(area: number, at: number): number {
		const view = new Uint8Array(1);
		this.flash.read(view, area * AREA + at);
		return view[0];
	}

	/** Where each record of an area is, from the first on: its type, and the place where the next one goes. */
	records(area: number): { types: string; tail: number } {
		let types = "";
		let tail = 96;
		for (; ; tail += this.byte(area, tail + 6)) {
			const type = this.byte(area, tail + 4);
			if (type === 0xff || type === 0) return { types, tail };
			types += String.fromCharCode(type);
		}
	}

	/** The generation that an area's header tells, 0 where there is none. */
	generation(area: number): number {
		return this.byte(area, 0) === 0x4b ? this.byte(area, 8) : 0;
	}

	/** The marks of an area that are set. */
	marks(area: number): number[] {
		return Array.from({ length: 32 }, (_, i) => i).filter((i) => this.byte(area, 64 + i) === 0);
	}

	/** How many programs and erases it takes. */
	operations(run: () => void): number {
		const { operations } = this.flash;
		run();
		return this.flash.operations - operations;
	}
}

/** What journal records come to when an area is read back, without a flash: one record after the other takes effect. */

import { AreaHeader } from "../../modules/storage/area-header.js";
import { Directory } from "../../modules/storage/directory.js";
import { Geometry } from "../../modules/storage/geometry.js";
import { LostPatterns } from "../../modules/storage/lost-patterns.js";
import { JournalRecord } from "../../modules/storage/record.js";
import { RecordEffects } from "../../modules/storage/record-effects.js";
import { SavedSettings } from "../../modules/storage/saved-settings.js";
import { END, Sectors } from "../../modules/storage/sectors.js";
import { ascii, SECTOR, smallFlash } from "./store.js";

const GENERATION = 1;

export class Replayed {
	readonly geometry: Geometry;
	readonly header: AreaHeader;
	readonly record: JournalRecord;
	readonly directory = new Directory();
	readonly sectors: Sectors;
	readonly settings = new SavedSettings();
	readonly lost: LostPatterns;
	readonly effects: RecordEffects;
	#sequence = 0;

	/** @param turn and pointer are the header's @param flashSectors of the flash, of 512 bytes each */
	constructor(turn = 0, pointer = 0, format = 2, flashSectors = 64) {
		this.geometry = new Geometry(smallFlash(flashSectors));
		this.header = new AreaHeader(this.geometry);
		this.record = new JournalRecord(this.geometry);
		this.sectors = new Sectors(this.geometry.dataSectors, this.geometry.dataStart);
		this.lost = new LostPatterns(this.geometry, this.directory);
		this.header.turn = turn;
		this.header.pointer = pointer;
		this.header.format = format;
		this.effects = new RecordEffects(this.header, this.record, this.directory, this.sectors, this.settings, this.lost);
	}

	/** The record in the buffer takes effect. @returns whether it fits what is there */
	apply(length: number, inSnapshot = false): boolean {
		if (!this.record.parse(GENERATION, length)) throw new Error("no record");
		return this.effects.apply(inSnapshot);
	}

	/** A pattern is stored in these sectors, the last of them half full. */
	put(name: string, chain: readonly number[], turn = 0, inSnapshot = false): boolean {
		// By sector, as far as there are any: a typed array up to the last would take all of the device's memory.
		const next: Record<number, number> = {};
		chain.forEach((sector, i) => {
			next[sector] = i + 1 < chain.length ? chain[i + 1] : END;
		});
		const size = chain.length * SECTOR - SECTOR / 2;
		const bytes = ascii(name);
		const { record } = this;
		const head = chain[0];
		return this.apply(
			record.encodePut(
				GENERATION,
				++this.#sequence,
				bytes,
				0,
				bytes.length,
				size,
				5,
				turn,
				head,
				next as unknown as Uint16Array,
			),
			inSnapshot,
		);
	}

	delete(target: number): boolean {
		return this.apply(this.record.encodeDelete(GENERATION, ++this.#sequence, target));
	}

	move(target: number, index: number, sector: number): boolean {
		return this.apply(this.record.encodeMove(GENERATION, ++this.#sequence, target, index, sector));
	}

	lease(turn: number, first: number, span: number, ...open: readonly number[]): boolean {
		const sectors = new Sectors(this.sectors.count, 0);
		sectors.turn = turn;
		sectors.leaseFirst = first;
		sectors.leaseSpan = span;
		sectors.open.set(open);
		return this.apply(this.record.encodeLease(GENERATION, ++this.#sequence, sectors));
	}

	erase(first: number, count: number): boolean {
		return this.apply(this.record.encodeErase(GENERATION, ++this.#sequence, first, count));
	}

	wear(first: number, ...counts: readonly number[]): boolean {
		const wear = new Uint8Array(0x100);
		wear.set(counts, first);
		return this.apply(this.record.encodeWear(GENERATION, ++this.#sequence, wear, first, first + counts.length));
	}

	/** Sectors of each pattern, by name: "a:0,1 b:2". */
	get stored(): string {
		const { directory, sectors } = this;
		const found: string[] = [];
		for (let i = 0; i < directory.count; i++) {
			const slot = directory.order[i];
			let name = "";
			for (const byte of directory.names.subarray(32 * slot, 32 * slot + directory.nameLengths[slot])) {
				name += String.fromCharCode(byte);
			}
			const chain: number[] = [];
			for (let at = directory.heads[slot]; at !== END; at = sectors.next[at]) chain.push(at);
			found.push(`${name}:${chain}`);
		}
		return found.join(" ");
	}

	/** The sectors in a state. */
	inState(state: number): number[] {
		const { states } = this.sectors;
		return Array.from(states.keys()).filter((sector) => states[sector] === state);
	}

	/** How often sectors were handed out, those that were: "3:1 4:2". */
	get worn(): string {
		const { wear } = this.sectors;
		return Array.from(wear.keys())
			.filter((sector) => wear[sector] > 0)
			.map((sector) => `${sector}:${wear[sector]}`)
			.join(" ");
	}
}

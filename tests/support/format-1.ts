/**
 * Flash images of format 1, as the first firmware wrote them: one header of 32 bytes with a single mark, PUT and DELETE
 * records alone, from byte 32 on. What a K1 in the field may hold.
 */

import { crc32 } from "../../modules/bytes/bytes.js";
import type { NorFlash } from "./nor-flash.js";
import { ascii, pattern, SECTOR, smallFlash } from "./store.js";
import type { Stored } from "./store-script.js";

/** Sectors in a journal area of the small flash. */
const AREA_SECTORS = 9;
const AREA = AREA_SECTORS * SECTOR;

interface Entry {
	sequence: number;
	sectors: number[];
	size: number;
	crc: number;
	turn: number;
}

/** Writes an image, change by change, as the first firmware did with a store that never rests. */
export class Format1 {
	readonly flash: NorFlash;
	/** What it holds. */
	readonly stored: Stored = {};
	readonly #entries = new Map<string, Entry>();
	readonly #dataSectors: number;
	#area = 0;
	#generation = 1;
	#sequence = 0;
	#turn = 0;
	#tail = 32;

	constructor() {
		this.flash = smallFlash();
		this.#dataSectors = this.flash.status().blocks - 2 * AREA_SECTORS;
		this.#header(0, 0, true);
	}

	/** Stores `pattern(size, seed)`. Leaves the record's mark out when that is asked for. */
	put(name: string, size: number, seed: number, marked = true): void {
		const bytes = pattern(size, seed);
		const sectors: number[] = [];
		for (let at = 0; at < size; at += SECTOR) {
			const sector = this.#free(sectors);
			this.flash.eraseBlock(2 * AREA_SECTORS + sector, 2 * AREA_SECTORS + sector + 1);
			this.flash.write(bytes.subarray(at, at + SECTOR), (2 * AREA_SECTORS + sector) * SECTOR);
			sectors.push(sector);
			this.#turn++;
		}
		const entry = { sequence: ++this.#sequence, sectors, size, crc: crc32(0, bytes, 0, size), turn: this.#turn };
		this.#append(putRecord(this.#generation, name, entry), marked);
		this.#entries.set(name, entry);
		this.stored[name] = { size, seed };
	}

	remove(name: string): void {
		const bytes = new Uint8Array(20).fill(0xff);
		new DataView(bytes.buffer).setUint32(12, this.#entries.get(name)!.sequence, true);
		this.#append(finish(bytes, this.#generation, 0x44, 0, ++this.#sequence), true);
		this.#entries.delete(name);
		delete this.stored[name];
	}

	/** Goes over to the other area. Without its mark the change was cut just before its end, unless the firmware went on there. */
	changeAreas(marked = true, goesOn = marked): void {
		const area = 1 - this.#area;
		this.flash.eraseBlock(area * AREA_SECTORS, (area + 1) * AREA_SECTORS);
		let tail = 32;
		for (const [name, entry] of this.#entries) {
			const bytes = putRecord(this.#generation + 1, name, entry);
			bytes[bytes.length - 1] = 0;
			this.flash.write(bytes, area * AREA + tail);
			tail += bytes.length;
		}
		this.#generation++;
		this.#header(area, tail - 32, marked);
		if (!goesOn) {
			this.#generation--;
			return;
		}
		this.#area = area;
		this.#tail = tail;
	}

	/** Leaves the first half of a record behind, as a power cut does. */
	tear(): void {
		const entry = { sequence: this.#sequence + 1, sectors: [this.#free([])], size: 1, crc: 0, turn: 0 };
		this.flash.write(putRecord(this.#generation, "torn", entry).subarray(0, 15), this.#area * AREA + this.#tail);
	}

	#free(taken: number[]): number {
		const used = new Set(taken);
		for (const { sectors } of this.#entries.values()) for (const sector of sectors) used.add(sector);
		let sector = this.#turn % this.#dataSectors;
		while (used.has(sector)) sector = (sector + 1) % this.#dataSectors;
		return sector;
	}

	#append(bytes: Uint8Array, marked: boolean): void {
		const at = this.#area * AREA + this.#tail;
		this.flash.write(bytes.subarray(0, bytes.length - 1), at);
		if (marked) this.flash.write(new Uint8Array(1), at + bytes.length - 1);
		this.#tail += bytes.length;
	}

	#header(area: number, snapshotLength: number, marked: boolean): void {
		const bytes = new Uint8Array(32).fill(0xff);
		const view = new DataView(bytes.buffer);
		bytes.set(ascii("K1PS"));
		bytes[4] = 1;
		view.setUint16(6, this.#dataSectors, true);
		view.setUint32(8, this.#generation, true);
		view.setUint32(12, this.#sequence, true);
		view.setUint32(16, snapshotLength, true);
		view.setUint32(20, this.#turn, true);
		view.setUint16(24, this.#turn % this.#dataSectors, true);
		view.setUint32(26, crc32(0, bytes, 0, 26), true);
		this.flash.write(bytes.subarray(0, 31), area * AREA);
		if (marked) this.flash.write(new Uint8Array(1), area * AREA + 31);
	}
}

function putRecord(generation: number, name: string, entry: Entry): Uint8Array {
	const end = 24 + 2 * entry.sectors.length + name.length;
	const bytes = new Uint8Array((end + 4) & ~3).fill(0xff);
	const view = new DataView(bytes.buffer);
	view.setUint32(12, entry.size, true);
	view.setUint32(16, entry.crc, true);
	view.setUint32(20, entry.turn, true);
	entry.sectors.forEach((sector, i) => {
		view.setUint16(24 + 2 * i, sector, true);
	});
	bytes.set(ascii(name), end - name.length);
	return finish(bytes, generation, 0x50, name.length, entry.sequence);
}

function finish(bytes: Uint8Array, generation: number, type: number, nameLength: number, sequence: number): Uint8Array {
	const view = new DataView(bytes.buffer);
	bytes[4] = type;
	bytes[5] = nameLength;
	view.setUint16(6, bytes.length, true);
	view.setUint32(8, sequence, true);
	view.setUint32(0, crc32(generation, bytes, 4, bytes.length - 1), true);
	return bytes;
}

/** Images of every state that the first firmware may have left: by name, what made them. */
export const FORMAT_1_IMAGES: Record<string, () => Format1> = {
	"fresh from its first change": () => lived(1),
	"with a long history": () => lived(40),
	"just after a change of areas": () => {
		const image = lived(20);
		image.changeAreas();
		return image;
	},
	"with changes after a change of areas": () => {
		const image = lived(20);
		image.changeAreas();
		image.put("late", 900, 71);
		image.remove("p1");
		return image;
	},
	"with changes after a change of areas whose mark did not take": () => {
		const image = lived(20);
		image.changeAreas(false, true);
		image.put("late", 900, 71);
		return image;
	},
	"in the middle of a change of areas": () => {
		const image = lived(20);
		image.changeAreas(false);
		return image;
	},
	"with a torn record": () => {
		const image = lived(20);
		image.tear();
		return image;
	},
	"with a last record that has no mark": () => {
		const image = lived(20);
		image.put("late", 900, 71, false);
		return image;
	},
};

function lived(changes: number): Format1 {
	const image = new Format1();
	for (let i = 0; i < changes; i++) {
		image.put(`p${i % 5}`, 1 + ((i * 331) % 2000), i);
		if (i % 7 === 6) image.remove(`p${i % 5}`);
	}
	return image;
}

import { FLASH_FAILED } from "../../../modules/core/errors.js";
import { deepEqual, equal, ok, throws } from "../../support/assert.js";
import type { NorFlash } from "../../support/nor-flash.js";
import {
	append,
	begin,
	hasSectors,
	mount,
	pattern,
	refused,
	remove,
	rest,
	SECTOR,
	smallFlash,
	uploadSectors,
} from "../../support/store.js";

/** Sectors in a block. */
const BLOCK = 16;

/** Has the calls that erase noted, as "first+count". */
function noteErases(flash: NorFlash): string[] {
	const calls: string[] = [];
	const erase = flash.eraseBlock;
	flash.eraseBlock = (start: number, end: number): void => {
		calls.push(`${start}+${end - start}`);
		erase.call(flash, start, end);
	};
	return calls;
}

/** Sectors of the flash that are programmed, from number `first` on. */
function programmed(flash: NorFlash, first: number): number[] {
	const sectors: number[] = [];
	const bytes = new Uint8Array(SECTOR);
	for (let sector = first; sector < flash.status().blocks; sector++) {
		flash.read(bytes, sector * SECTOR);
		if (bytes.some((byte) => byte !== 0xff)) sectors.push(sector);
	}
	return sectors;
}

/** So many sectors from one on. */
function row(first: number, count: number): number[] {
	return Array.from({ length: count }, (_, i) => first + i);
}

/** A flash of five blocks, of which the last three and the end of the second are for data; all of it erased. */
function rested() {
	const flash = smallFlash(5 * BLOCK);
	const store = mount(flash);
	rest(store);
	equal(store.sizeBytes / SECTOR, 5 * BLOCK - 20, "the journal takes 20 sectors");
	return { flash, store };
}

describe("pattern store: blocks of sixteen sectors", () => {
	it("are what a pattern of a block or more is laid out in, its end excepted", () => {
		const { flash, store } = rested();
		uploadSectors(store.writer(), "small", 2, 1);
		uploadSectors(store.writer(), "large", 20, 2);
		uploadSectors(store.writer(), "next", 17, 3);
		uploadSectors(store.writer(), "small 2", 1, 4);
		deepEqual(programmed(flash, 20), [20, 21, 22, 23, ...row(32, 20), ...row(64, 16)]);
	});

	it("are given to two uploads one each, with one lease for both", () => {
		const { flash, store } = rested();
		const [first, second] = [store.writer(), store.writer()];
		begin(first, "p", 28 * SECTOR);
		begin(second, "q", 28 * SECTOR);
		const sector = pattern(SECTOR, 1);
		const blank = new Uint8Array(SECTOR).fill(0xff);
		const { operations } = flash;
		for (let i = 0; i < BLOCK; i++) {
			first.append(sector, 0, SECTOR);
			second.append(blank, 0, SECTOR);
		}
		deepEqual(programmed(flash, 20), row(32, BLOCK));
		// A lease is a record and its mark; one for the first sector of each, and the third after sixteen.
		equal(flash.operations - operations, 2 * BLOCK + 3 * 2);
	});

	it("fill up where the size is not known, once there has been a block of it", () => {
		const { flash, store } = rested();
		const writer = store.writer();
		begin(writer, "p");
		append(writer, pattern(28 * SECTOR, 1), SECTOR);
		// The block behind is not whole any more.
		uploadSectors(store.writer(), "small", 1, 2);
		append(writer, pattern(SECTOR, 3));
		deepEqual(programmed(flash, 20), [...row(20, 29), 64]);
	});

	it("are erased in one call where all of them is free: before they are handed out, and in idle time", () => {
		const { flash, store } = rested();
		uploadSectors(store.writer(), "p", 3 * BLOCK, 1);
		uploadSectors(store.writer(), "q", 12, 1);
		remove(store, "p");
		const calls = noteErases(flash);
		uploadSectors(store.writer(), "r", 20, 2);
		deepEqual(calls, ["32+16", "48+16"]);
		remove(store, "r");
		calls.length = 0;
		rest(store);
		// Of the block that was being handed out twelve are clean.
		deepEqual(calls.sort(), ["32+16", "48+1", "49+1", "50+1", "51+1", "64+16"]);
		equal(store.cleanBytes, store.sizeBytes - 12 * SECTOR);
	});

	it("are erased sector by sector where no more may be erased at once", () => {
		const { flash, store } = rested();
		uploadSectors(store.writer(), "p", BLOCK, 1);
		remove(store, "p");
		const calls = noteErases(flash);
		for (let i = 0; i < BLOCK; i++) ok(store.tidy(1));
		deepEqual(
			calls,
			row(32, BLOCK).map((sector) => `${sector}+1`),
		);
	});

	it("are passed over where a sector is taken, for one that is free, and used when there is no other", () => {
		const { flash, store } = rested();
		const writer = store.writer();
		// A sector of each block but the last one stays.
		uploadSectors(writer, "rest", 12, 9);
		for (const name of ["a", "b"]) {
			uploadSectors(writer, `stays ${name}`, 1, 1);
			uploadSectors(writer, name, 15, 9);
		}
		for (const name of ["rest", "a", "b"]) remove(store, name);
		rest(store);
		uploadSectors(writer, "p", BLOCK, 2);
		equal(programmed(flash, 64).length, BLOCK, "the block that is free");
		const calls = noteErases(flash);
		uploadSectors(writer, "q", BLOCK, 3);
		deepEqual(calls, [], "all that is free is clean");
		ok(hasSectors(store, "q", BLOCK, 3));
	});

	it("that do not erase as one are erased sector by sector, and the one that fails is set aside", () => {
		const { flash, store } = rested();
		const writer = store.writer();
		uploadSectors(writer, "p", BLOCK, 1);
		remove(store, "p");
		flash.refusing.add(32 + 5);
		const calls = noteErases(flash);
		// A step that meets a failure ends the rest.
		for (let i = 0; i < 3; i++) rest(store);
		equal(calls[0], "32+16");
		deepEqual(
			calls.slice(1).sort(),
			row(32, BLOCK).map((sector) => `${sector}+1`),
		);
		equal(store.usedBytes, SECTOR);
		equal(store.cleanBytes, store.sizeBytes - SECTOR);
		flash.failing = true;
		begin(writer, "q", SECTOR);
		throws(() => writer.append(pattern(SECTOR, 2), 0, SECTOR), refused(FLASH_FAILED));
	});

	it("are believed of no sector to be blank after an erase that was cut", () => {
		for (const torn of ["half", "weak"] as const) {
			const { flash, store } = rested();
			uploadSectors(store.writer(), "p", BLOCK, 1);
			remove(store, "p");
			// The record, its mark, the erase.
			flash.cutAt(3, torn);
			store.tidy();
			ok(flash.off);
			flash.powerOn();
			flash.weakReads = "undone";
			const again = mount(flash);
			const calls = noteErases(flash);
			rest(again);
			ok(calls.includes("32+16"), calls.join());
			flash.weakReads = 7;
			const all = again.sizeBytes / SECTOR;
			uploadSectors(again.writer(), "q", all, 2);
			ok(hasSectors(mount(flash), "q", all, 2));
			equal(flash.violation, "");
		}
	});
});

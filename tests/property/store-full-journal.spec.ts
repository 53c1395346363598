import { MemoryPool } from "../../modules/core/memory-pool.js";
import { PatternStore } from "../../modules/storage/pattern-store.js";
import { deepEqual, equal, ok } from "../support/assert.js";
import { NorFlash } from "../support/nor-flash.js";
import {
	append,
	ascii,
	begin,
	mount,
	names,
	pattern,
	read,
	remove,
	rest,
	SECTOR,
	smallFlash,
	upload,
} from "../support/store.js";

/** Bytes in a journal area of the flash that `crowded` makes. */
const AREA = 5120;
/** Bytes in a journal area of a K1, and in the longest record there. */
const K1_AREA = 65_536;
const LONGEST_RECORD = 316;

function crowdedName(index: number): string {
	return `a pattern of this name, no ${index}`.padEnd(32, "x");
}

/** A flash with as many patterns as there can be, of names as long as they can be: a snapshot nearly fills an area. */
function crowded(): NorFlash {
	const flash = smallFlash(128);
	const writer = mount(flash).writer();
	for (let i = 0; i < 64; i++) upload(writer, crowdedName(i), pattern(1, i));
	return flash;
}

function save(store: PatternStore, brightness: number, name = ""): void {
	store.saveSettings(true, brightness & 0xff, 100, ascii(name), 0, name.length);
}

function mountK1(flash: NorFlash): PatternStore {
	return new PatternStore(flash, new MemoryPool(1), { cacheBlocks: 1, requirePrism: false });
}

/** Where the next record goes in area 1 of a K1 that was not started since that was opened, from the area's start. */
function tail(flash: NorFlash): number {
	const record = new Uint8Array(8);
	let at = 96;
	for (; at < K1_AREA; at += record[6] + record[7] * 0x100) {
		flash.read(record, K1_AREA + at);
		if (record[4] === 0xff) break;
	}
	return at;
}

/** The generation of the open area. */
function generation(flash: NorFlash, areaLength = AREA): number {
	const header = new Uint8Array(12);
	const found = [0, areaLength].map((area) => {
		flash.read(header, area);
		return header[0] === 0x4b ? header[8] : 0;
	});
	return Math.max(...found);
}

describe("pattern store: a journal that is nearly full", function () {
	this.timeout(60_000);

	it("is written anew in idle time only when a quarter of it came since the last time", () => {
		const flash = crowded();
		const store = mount(flash);
		for (let i = 0; generation(flash) < 2; i++) save(store, i);
		for (let i = 0; i < 20; i++) {
			save(store, i);
			rest(store);
		}
		// These are 400 bytes, and less than an eighth is left.
		equal(generation(flash), 2);
	});

	it("is written anew in the middle of moving what lies still", () => {
		const flash = crowded();
		const store = mount(flash);
		const writer = store.writer();
		const before = generation(flash);
		for (let i = 0; i < 2000; i++) {
			upload(writer, crowdedName(7), pattern(1, i));
			if (i % 8 === 0) rest(store);
		}
		ok(generation(flash) > before + 20);
		equal(flash.violation, "");
		const again = mount(flash);
		deepEqual(names(again).length, 64);
		for (let i = 0; i < 64; i++) deepEqual(read(again, crowdedName(i)), pattern(1, i === 7 ? 1999 : i));
	});

	it("costs the pattern that has no place when the record is damaged by which one of the 64 went, which is there again", () => {
		const flash = crowded();
		const store = mount(flash);
		remove(store, crowdedName(0));
		upload(store.writer(), "last", pattern(1, 65));
		const record = new Uint8Array(20);
		let at = 0;
		for (flash.read(record, at); record[4] !== 0x44 || record[6] !== 20; flash.read(record, at)) at += 4;
		flash.corrupt(at + 9, 0x55);
		const again = mount(flash);
		equal(again.count, 64);
		deepEqual(again.lost, ["last"]);
		equal(again.usedBytes, 64 * SECTOR);
	});

	it("may end with the area to the byte, and nothing behind it is harmed at the next start", () => {
		// Of a K1, where the longest record of all fits: 128 sectors, and 32 bytes of a name.
		const flash = new NorFlash({ sectors: 1248, sectorLength: 4096 });
		const name = "a name that has all the 32 bytes";
		const store = mountK1(flash);
		const first = pattern(4096, 1);
		const longest = new Uint8Array(524_288).fill(0x33);
		const writer = store.writer();
		upload(writer, "first", first, 4096);
		for (let i = 0; generation(flash, K1_AREA) < 2; i++) save(store, i);
		begin(writer, name, longest.length);
		append(writer, longest, 4096);
		// A record of settings takes 20 bytes and what there is of a name, up to a multiple of four.
		const end = K1_AREA - LONGEST_RECORD;
		for (let i = 0; tail(flash) < end; i++) {
			const left = end - tail(flash);
			save(store, i, "n".repeat(left >= 40 ? 0 : left - 20));
		}
		equal(tail(flash), end);
		writer.validate();
		writer.commit();
		equal(tail(flash), K1_AREA);
		equal(generation(flash, K1_AREA), 2);
		const again = mountK1(flash);
		save(again, 1);
		equal(generation(flash, K1_AREA), 3);
		deepEqual(read(again, "first"), first);
		deepEqual(names(mountK1(flash)), [name, "first"]);
		equal(flash.violation, "");
	});
});

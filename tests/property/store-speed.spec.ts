/** How fast the store is by the data sheet's figures alone: the time that its calls of the flash would take is added up. */

import { eraseTime, programTime } from "../../host-shim/node/nor-flash-file.js";
import { MemoryPool } from "../../modules/core/memory-pool.js";
import { PatternStore } from "../../modules/storage/pattern-store.js";
import type { Upload } from "../../modules/storage/upload.js";
import { equal, ok } from "../support/assert.js";
import { NorFlash } from "../support/nor-flash.js";
import { ascii, remove, rest } from "../support/store.js";

const SIZE = 500_000;
const CHUNK = new Uint8Array(4093).fill(0x5a);
/** What is timed: 20 MB. */
const TIMED = 60_000_000;

/** A K1's store whose calls of the flash are timed. */
class Timed {
	/** What they took so far, ms, and the most that one call of the store took. */
	ms = 0;
	longest = 0;
	/** Sectors erased, and those of them in whole blocks. */
	sectors = 0;
	inBlocks = 0;
	readonly store: PatternStore;
	readonly #flash = new NorFlash({ sectors: 1248, sectorLength: 4096 });
	#seed = 1;

	constructor() {
		const flash = this.#flash;
		const { write, eraseBlock } = flash;
		flash.write = (view: Uint8Array, offset: number): void => {
			this.ms += programTime(offset, view.length);
			write.call(flash, view, offset);
		};
		flash.eraseBlock = (start: number, end: number): void => {
			this.ms += eraseTime(start, end);
			this.sectors += end - start;
			if (end - start === 16) this.inBlocks += 16;
			eraseBlock.call(flash, start, end);
		};
		this.store = new PatternStore(flash, new MemoryPool(1), { cacheBlocks: 1, requirePrism: false });
		rest(this.store);
	}

	random(limit: number): number {
		this.#seed = (Math.imul(this.#seed, 1_103_515_245) + 12_345) & 0x7fffffff;
		return Math.floor((this.#seed / 0x80000000) * limit);
	}

	/** Does something to the store. */
	step(run: () => void): void {
		const before = this.ms;
		run();
		this.longest = Math.max(this.longest, this.ms - before);
	}

	/** So many uploads at a time go on, a chunk each in turn, until so many bytes have come. `name` says what each replaces. */
	replace(writers: readonly Upload[], bytes: number, size: number, name: () => string, declared = true): void {
		const left = writers.map(() => 0);
		for (let come = 0; come < bytes; ) {
			for (const [i, writer] of writers.entries()) {
				if (left[i] === 0) {
					const wanted = ascii(name());
					writer.begin(wanted, 0, wanted.length, declared ? size : -1, -1);
					left[i] = size;
				}
				const length = Math.min(CHUNK.length, left[i]);
				this.step(() => writer.append(CHUNK, 0, length));
				come += length;
				left[i] -= length;
				if (left[i] === 0) this.step(() => writer.commit());
			}
		}
		for (const writer of writers) writer.abort();
		equal(this.#flash.violation, "");
	}

	/** KB/s of what comes once no sector is erased any more. */
	rate(writers: number, size: number, name: () => string, declared = true): number {
		const all = Array.from({ length: writers }, () => this.store.writer());
		this.replace(all, this.store.cleanBytes + size, size, name, declared);
		this.sectors = this.inBlocks = this.longest = 0;
		const before = this.ms;
		this.replace(all, TIMED, size, name, declared);
		return TIMED / (this.ms - before);
	}
}

describe("pattern store: speed by the data sheet", function () {
	this.timeout(60_000);

	for (const [what, writers, names, random, declared, least] of [
		["one client that replaces eight patterns in turn", 1, 8, false, true, 240],
		["one that replaces any of eight", 1, 8, true, true, 220],
		["one that does not say how large they are", 1, 8, true, false, 220],
		["two that replace seven in turn", 2, 7, false, true, 240],
		["two that replace any of seven", 2, 7, true, true, 220],
	] as const) {
		it(`is near the limit of 262 KB/s where no sector is erased, for ${what}`, () => {
			const timed = new Timed();
			let next = 0;
			const name = (): string => `p${random ? timed.random(names) : next++ % names}`;
			const rate = timed.rate(writers, SIZE, name, declared);
			ok(rate >= least, `${rate} KB/s, ${timed.inBlocks} of ${timed.sectors} sectors erased in blocks`);
			ok(timed.longest < 170, `a call took ${timed.longest} ms`);
		});
	}

	it("is never below 75 KB/s, where the free sectors lie scattered", () => {
		const timed = new Timed();
		const { store } = timed;
		const writers = [store.writer(), store.writer()];
		const sector = new Uint8Array(4096).fill(0x5a);
		// Two at a time that take a sector each in turn; and what is left is taken.
		for (let round = 0; round < 31; round++) {
			for (const [i, writer] of writers.entries())
				writer.begin(ascii(`${i} ${round}`), 0, round < 10 ? 3 : 4, 15 * 4096, -1);
			for (let k = 0; k < 15; k++) for (const writer of writers) writer.append(sector, 0, 4096);
			for (const writer of writers) writer.commit();
		}
		for (let i = 0; i < 2; i++) {
			writers[0].begin(ascii(`large ${i}`), 0, 7, 524_288, -1);
			for (let k = 0; k < 128; k++) writers[0].append(sector, 0, 4096);
			writers[0].commit();
		}
		for (let round = 0; round < 31; round++) remove(store, `0 ${round}`);
		const rate = timed.rate(1, 200_000, () => `p${timed.random(3)}`);
		const share = (100 * timed.inBlocks) / timed.sectors;
		ok(rate >= 75, `${rate} KB/s, ${share} % in blocks`);
		ok(share < 100, `${share} % in blocks`);
	});

	it("erases nearly five megabytes that were given back in less than 12 s of idle time, a block a step at most", () => {
		const timed = new Timed();
		const { store } = timed;
		timed.replace([store.writer()], 9 * 524_288, 524_288, () => `p${timed.random(1000)}`);
		ok(store.usedBytes > 4_500_000, `${store.usedBytes} bytes`);
		const list = new Uint8Array(2700);
		for (store.writeList(list, 0); store.count > 0; store.writeList(list, 0)) store.remove(list, 2, 2 + list[1]);
		timed.longest = 0;
		const before = timed.ms;
		let more = true;
		while (more) timed.step(() => (more = store.tidy()));
		ok(timed.ms - before < 12_000, `${timed.ms - before} ms`);
		ok(timed.longest < 160, `a step took ${timed.longest} ms`);
		equal(store.cleanBytes, store.sizeBytes);
	});
});

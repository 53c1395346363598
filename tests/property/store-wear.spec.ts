import { MemoryPool } from "../../modules/core/memory-pool.js";
import { SAVE_INTERVAL } from "../../modules/lamp/keeper.js";
import { MAX_PATTERN_SIZE } from "../../modules/storage/geometry.js";
import { PatternStore } from "../../modules/storage/pattern-store.js";
import { equal, ok } from "../support/assert.js";
import { NorFlash } from "../support/nor-flash.js";
import { ascii, remove, rest } from "../support/store.js";

const SECTORS = 1248;
const JOURNAL_SECTORS = 32;
/** No sector may have been erased more often than this, times the mean. */
const BOUND = 1.5;

/** A store of the K1's size, driven by random numbers that are the same in every run. */
class Machine {
	readonly flash = new NorFlash({ sectors: SECTORS, sectorLength: 4096 });
	store = this.#mount();
	#writer = this.store.writer();
	#state = 20_261_124;
	readonly #block = new Uint8Array(4096).fill(0x5a);

	#mount(): PatternStore {
		return new PatternStore(this.flash, new MemoryPool(1), { cacheBlocks: 1, requirePrism: false });
	}

	restart(): void {
		this.store = this.#mount();
		this.#writer = this.store.writer();
	}

	/** An integer from 0 to below `limit`. */
	random(limit: number): number {
		this.#state = (Math.imul(this.#state, 1_103_515_245) + 12_345) & 0x7fffffff;
		return Math.floor((this.#state / 0x80000000) * limit);
	}

	put(name: string, size: number, commit = true): void {
		const bytes = ascii(name);
		this.#writer.begin(bytes, 0, bytes.length, size, -1);
		for (let left = size; left > 0; left -= 4096) this.#writer.append(this.#block, 0, Math.min(4096, left));
		if (commit) this.#writer.commit();
		else this.#writer.abort();
	}

	/** An upload that never ends. */
	breakOff(name: string, size: number): void {
		this.#writer.begin(ascii(name), 0, name.length, -1, -1);
		for (let left = size; left > 0; left -= 4096) this.#writer.append(this.#block, 0, 4096);
	}

	/** A random upload or deletion: most of up to 100 KB, some aborted. */
	change(names: number): void {
		const name = `a pattern of this name, no ${this.random(names)}`;
		if (this.random(10) < 3) {
			if (this.store.has(ascii(name), 0, name.length)) remove(this.store, name);
		} else {
			this.put(name, 1 + this.random(100_000), this.random(10) > 0);
		}
	}

	/** The most erases of any sector, against the mean over all of them, the journal's included. */
	check(what: string): void {
		const mean = this.flash.erases.reduce((sum, count) => sum + count, 0) / SECTORS;
		const most = Math.max(...this.flash.erases);
		const journal = Math.max(...this.flash.erases.subarray(0, JOURNAL_SECTORS));
		equal(this.flash.violation, "");
		ok(mean > 15, `${what}: a mean of ${mean} erases is too few to tell`);
		ok(most <= BOUND * mean, `${what}: ${most} erases of a sector (journal: ${journal}), the mean is ${mean}`);
	}
}

describe("pattern store: wear", function () {
	this.timeout(600_000);

	it("is even over random uploads and deletes with rests", () => {
		const machine = new Machine();
		for (let i = 0; i < 3000; i++) {
			machine.change(24);
			if (i % 4 === 0) rest(machine.store);
		}
		machine.check("with rests");
	});

	it("is even without a single rest, too", () => {
		const machine = new Machine();
		for (let i = 0; i < 3000; i++) machine.change(24);
		machine.check("without rests");
	});

	it("is even with a restart every ten changes", () => {
		const machine = new Machine();
		for (let i = 0; i < 3000; i++) {
			machine.change(24);
			if (i % 10 === 0) machine.restart();
			else if (i % 10 === 5) rest(machine.store);
		}
		machine.check("with restarts");
	});

	it("includes the journal's where every pattern is one sector and is deleted at once", () => {
		const machine = new Machine();
		for (let i = 0; i < 63; i++) machine.put(`an old pattern that stays here ${i}`.slice(0, 32).padEnd(32, "x"), 100);
		const name = "a name that has all the 32 bytes";
		for (let i = 0; i < 20_000; i++) {
			machine.put(name, 1);
			remove(machine.store, name);
			if (i % 8 === 0) rest(machine.store);
		}
		machine.check("small patterns");
	});

	for (const megabytes of [2, 4]) {
		it(`is even though ${megabytes} megabytes of patterns never change`, () => {
			const machine = new Machine();
			for (let i = 0; i < 2 * megabytes; i++) machine.put(`still ${i}`, MAX_PATTERN_SIZE);
			for (let i = 0; i < 3000; i++) {
				machine.change(6);
				rest(machine.store);
			}
			machine.check("with patterns that lie still");
		});
	}

	it("is even though nine of the largest patterns never change and one-sector patterns are replaced beside them", () => {
		for (const names of [4, 54]) {
			const machine = new Machine();
			for (let i = 0; i < 9; i++) machine.put(`still ${i}`, MAX_PATTERN_SIZE);
			for (let i = 0; i < 36_000; i++) {
				machine.put(`busy ${i % names}`, 1 + machine.random(4096));
				if (i % 8 === 0) rest(machine.store);
				if (i % 1000 === 999) machine.restart();
			}
			machine.check(`with nine patterns of the largest size and ${names} small ones`);
		}
	});

	it("is even where hardly a sector is free", () => {
		const machine = new Machine();
		for (let i = 0; i < 9; i++) machine.put(`still ${i}`, MAX_PATTERN_SIZE);
		machine.put("still 9", 60 * 4096);
		for (let i = 0; i < 36_000; i++) {
			machine.put("busy", 1);
			rest(machine.store);
			if (i % 1000 === 999) machine.restart();
		}
		machine.check("with four sectors free");
	});

	it("is even where uploads are broken off by restarts, before idle time and after, few sectors or many", () => {
		for (const sectors of process.env.K1_LONG ? [3, 30, 100] : [30, 100]) {
			const machine = new Machine();
			machine.put("stored", 4096 * 100);
			for (let handed = 0; handed < 20_000 + 80 * sectors; handed += sectors) {
				machine.breakOff("broken off", 4096 * sectors);
				machine.restart();
				if (handed % (2 * sectors) === 0) rest(machine.store);
			}
			machine.check(`with uploads of ${sectors} sectors broken off`);
		}
	});

	// 16 years of a change every 1.9 s are some 266 million. A sector stands 100,000 erases.
	it("lets a slider be moved for sixteen years, day and night, and leaves two fifths of the journal's erases for patterns", () => {
		const machine = new Machine();
		for (let i = 0; i < 64; i++) machine.put(`an old pattern ${i}`.padEnd(32, "x"), 70_000);
		rest(machine.store);
		const name = ascii("an old pattern 1".padEnd(32, "x"));
		const before = machine.flash.erases.slice();
		const saves = 60_000;
		for (let i = 0; i < saves; i++) {
			machine.store.saveSettings(true, i & 0xff, 100, name, 0, name.length);
			if (i % 8 === 0) rest(machine.store);
		}
		equal(machine.flash.violation, "");
		const most = Math.max(...machine.flash.erases.map((count, sector) => count - before[sector]));
		const years16 = (most / saves) * ((16 * 365.25 * 86_400_000) / SAVE_INTERVAL);
		ok(most > 5, `${most} erases are too few to tell`);
		ok(years16 < 60_000, `a sector of the journal is erased ${years16} times in sixteen years`);
	});
});

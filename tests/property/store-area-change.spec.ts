import { RefusedError } from "../../modules/core/errors.js";
import { MemoryPool } from "../../modules/core/memory-pool.js";
import { PatternStore } from "../../modules/storage/pattern-store.js";
import { equal, ok } from "../support/assert.js";
import { NorFlash, type Torn, type WeakReads } from "../support/nor-flash.js";
import { mount, pattern, remove, rest, SECTOR, upload } from "../support/store.js";
import { holds, type Stored, usedFlash } from "../support/store-script.js";

const NEW = { size: 700, seed: 50 };
const LATER = { size: 500, seed: 51 };

/**
 * So many pairs of records that the next commit changes areas; and the fewest of which the first rest does, so that the
 * old area has room for what follows where that fails.
 */
const FULL = 79;
const NEARLY_FULL = 74;
/** Bytes in a journal area of the small flash. */
const AREA = 9 * SECTOR;

/** Uploads, deletes and restarts; all of it is acknowledged, so all of it must be there whatever weak bits read as. */
function goOn(flash: NorFlash, stored: Stored, what: string, store = mount(flash)): void {
	upload(store.writer(), "later", pattern(LATER.size, LATER.seed));
	remove(store, "old");
	const after: Stored = { ...stored, later: LATER };
	delete after.old;
	ok(holds(store, after), `${what}: at once`);
	for (const reads of ["done", "undone", 7, "done"] as WeakReads[]) {
		flash.weakReads = reads;
		ok(holds(mount(flash), after), `${what}: after a restart where weak bits read ${reads}`);
	}
	const last = mount(flash);
	rest(last);
	upload(last.writer(), "new", pattern(NEW.size, NEW.seed));
	ok(holds(mount(flash), { ...after, new: NEW }), `${what}: in the end`);
	equal(flash.violation, "", what);
}

describe("pattern store: changing areas", function () {
	this.timeout(60_000);

	for (const [when, filling] of [
		["a commit", FULL],
		["idle time", NEARLY_FULL],
	] as const) {
		/** What changes areas: an upload, or idle steps up to the one with this operation. */
		const change = (store: PatternStore, flash: NorFlash, last: number): void => {
			if (filling === FULL) upload(store.writer(), "new", pattern(NEW.size, NEW.seed));
			else for (let i = 0; i < 14 && flash.operations < last; i++) store.tidy();
		};

		it(`loses nothing that is acknowledged after a flash call that failed in ${when}, with or without effect`, () => {
			const { flash: origin, stored } = usedFlash(filling);
			for (const torn of ["none", "half", "done", "weak"] as Torn[]) {
				for (let at = 1, failed = true; failed; at++) {
					const flash = origin.clone();
					const store = mount(flash);
					flash.failAt(at, torn);
					let refused = false;
					try {
						change(store, flash, at);
					} catch (error) {
						if (!(error instanceof RefusedError)) throw error;
						refused = true;
					}
					failed = flash.operations >= at;
					if (!failed) equal(areasOpened(flash), 2, "the areas were not changed");
					flash.powerOn();
					const now = filling === FULL && !refused ? { ...stored, new: NEW } : stored;
					const what = `operation ${at} fails, ${torn}`;
					ok(holds(store, now), what);
					goOn(flash, now, what, store);
				}
			}
		});

		it(`loses nothing that is acknowledged after a power cut in ${when}, however its last bits read at each start`, () => {
			const { flash: origin, stored } = usedFlash(filling);
			for (const reads of ["undone", "done", 3, 4] as WeakReads[]) {
				for (let at = 1, cut = true; cut; at++) {
					const flash = origin.clone();
					flash.cutAt(at, "weak");
					try {
						change(mount(flash), flash, at);
					} catch (error) {
						if (!flash.off) throw error;
					}
					cut = flash.off;
					flash.powerOn();
					flash.weakReads = reads;
					const seen: Stored = holds(mount(flash), stored) ? stored : { ...stored, new: NEW };
					goOn(flash, seen, `cut at ${at}, weak bits read ${reads} first`);
				}
			}
		});
	}

	it("does not believe a sector of the other area blank whose erase was cut", () => {
		const { flash: origin, stored } = usedFlash(FULL);
		upload(mount(origin).writer(), "new", pattern(NEW.size, NEW.seed));
		const after: Stored = { ...stored, new: NEW };
		for (let at = 1; at < 30; at++) {
			const flash = origin.clone();
			flash.cutAt(at, "weak");
			try {
				rest(mount(flash));
			} catch (error) {
				if (!flash.off) throw error;
			}
			flash.powerOn();
			// All that was cut reads as done while the areas are changed, and no longer after that.
			const writer = mount(flash).writer();
			for (let i = 0; i < 120; i++) {
				upload(writer, "f", pattern(1, i));
				if (i % 8 > 0) continue;
				const later = flash.clone();
				later.fade();
				ok(holds(mount(later), { ...after, f: { size: 1, seed: i } }), `cut at ${at}, upload ${i}`);
			}
			equal(flash.violation, "");
		}
	});

	it("erases the other area once for each change, however often the K1 restarts", () => {
		const { flash, stored } = usedFlash(FULL);
		upload(mount(flash).writer(), "wave", pattern(20, 78));
		for (let i = 0; i < 5; i++) rest(mount(flash));
		const erases = erasesOf(flash);
		for (let i = 0; i < 10; i++) {
			const store = mount(flash);
			store.saveSettings(true, i, 100, new Uint8Array(0), 0, 0);
			rest(store);
		}
		equal(erasesOf(flash), erases);
		ok(holds(mount(flash), stored));
	});

	it("keeps all that is stored when a cut leaves the opening mark weak, and another one the erase that takes it back half done", () => {
		const { flash: origin, stored } = usedFlash(FULL);
		// Cut at the mark: the new area is complete, and reads as open or as not.
		for (let at = 1; !origin.off; at++) {
			const flash = origin.clone();
			const write = flash.write;
			let opens = false;
			flash.write = (view: Uint8Array, offset: number): void => {
				opens = view.length === 1 && offset % AREA === 64;
				write.call(flash, view, offset);
			};
			flash.cutAt(at, "weak");
			try {
				upload(mount(flash).writer(), "new", pattern(NEW.size, NEW.seed));
			} catch {}
			flash.powerOn();
			if (!opens) continue;
			flash.weakReads = "undone";
			ok(holds(mount(flash), stored));
			// An erase that has just begun lets go of the weakest bits; and the mark may read as set once more.
			flash.weakReads = "done";
			for (let bit = 96; bit < SECTOR; bit += 3) {
				const victim = flash.clone();
				const view = new Uint8Array(1);
				victim.read(view, AREA + bit);
				if (view[0] === 0xff) continue;
				victim.corrupt(AREA + bit, view[0] | (view[0] + 1));
				const store = mount(victim);
				ok(holds(store, stored), `byte ${bit}: ${store.lost}`);
				equal(store.lost.length, 0);
				if (bit % 60 === 0) goOn(victim, stored, `byte ${bit}`, store);
			}
			return;
		}
	});

	it("opens no area that reads back differently, headers and records, and loses nothing", () => {
		for (const place of [9, 41, 70, 150, 215]) {
			const { flash, stored } = usedFlash(FULL);
			const store = mount(flash);
			const write = flash.write;
			let spoilt = false;
			// The byte at this place of the new area takes a bit more than it should, the first time.
			flash.write = (view: Uint8Array, offset: number): void => {
				write.call(flash, view, offset);
				const at = AREA + place;
				if (spoilt || view.length < 2 || offset > at || offset + view.length <= at) return;
				flash.corrupt(at, view[at - offset] ^ 0x20);
				spoilt = true;
			};
			let refused = false;
			try {
				upload(store.writer(), "new", pattern(NEW.size, NEW.seed));
			} catch (error) {
				if (!(error instanceof RefusedError)) throw error;
				refused = true;
			}
			equal(refused, spoilt, `byte ${place}`);
			ok(holds(mount(flash), refused ? stored : { ...stored, new: NEW }));
			goOn(flash, refused ? stored : { ...stored, new: NEW }, `byte ${place}`, store);
		}
	});

	it("changes areas after a record whose mark failed, and counts the record", () => {
		const { flash, stored } = usedFlash(20);
		const store = mount(flash);
		store.saveSettings(true, 1, 100, new Uint8Array(0), 0, 0);
		const header = new Uint8Array(1);
		flash.failAt(2, "none");
		store.saveSettings(true, 2, 100, new Uint8Array(0), 0, 0);
		equal(store.settings.brightness, 2);
		equal(mount(flash).settings.brightness, 2);
		flash.read(header, AREA);
		equal(header[0], 0xff);
		store.saveSettings(true, 3, 100, new Uint8Array(0), 0, 0);
		flash.read(header, AREA);
		equal(header[0], 0x4b);
		ok(holds(mount(flash), stored));
	});

	it("erases the other area again where bits of it have changed since it was blanked, and refuses nobody", () => {
		for (const again of [false, true]) {
			const { flash, stored } = usedFlash(50);
			let store = mount(flash);
			rest(store);
			equal(areasOpened(flash), 1);
			if (again) store = mount(flash);
			flash.corrupt(AREA + 200, 0x00);
			flash.corrupt(AREA + 5 * SECTOR, 0x7f);
			const writer = store.writer();
			for (let i = 0; areasOpened(flash) < 2; i++) upload(writer, "f", pattern(1, i & 1));
			remove(store, "f");
			ok(holds(mount(flash), stored));
			equal(flash.violation, "");
		}
	});

	it("knows on a K1, too, that the other area is blank, without erasing it again at the next start", () => {
		const flash = new NorFlash({ sectors: 1248, sectorLength: 4096 });
		for (let i = 0; i < 3; i++) {
			const store = new PatternStore(flash, new MemoryPool(1), { cacheBlocks: 1, requirePrism: false });
			store.saveSettings(true, i, 100, new Uint8Array(0), 0, 0);
			rest(store);
		}
		equal(erasesOf(flash), 32);
	});

	it("leaves marks for idle time to say that the other area is blank, however often a K1 starts without any", () => {
		const { flash } = usedFlash(0);
		for (let i = 0; i < 14; i++) mount(flash).saveSettings(true, i, 100, new Uint8Array(0), 0, 0);
		const erases = flash.erases.slice();
		for (let i = 0; i < 3; i++) rest(mount(flash));
		equal(areasOpened(flash), 1);
		ok(flash.erases.every((count, sector) => sector >= 18 || count - erases[sector] === (sector < 9 ? 0 : 1)));
	});

	it("gives a change of areas that always fails up in idle time, and tries again for a commit", () => {
		const { flash, stored } = usedFlash(72);
		const store = mount(flash);
		const writer = store.writer();
		const write = flash.write;
		flash.write = (view: Uint8Array, offset: number): void => {
			if (offset >= AREA && offset < 2 * AREA) throw new Error("takes no program");
			write.call(flash, view, offset);
		};
		upload(writer, "f", pattern(1, 1));
		remove(store, "f");
		for (let i = 0; i < 100; i++) store.tidy();
		const erases = erasesOf(flash);
		ok(erases > 2 * 9, "nothing was tried");
		for (let i = 0; i < 100; i++) store.tidy();
		equal(erasesOf(flash), erases);
		flash.write = write;
		for (let i = 0; i < 20; i++) upload(writer, "f", pattern(1, i));
		remove(store, "f");
		ok(holds(mount(flash), stored));
		equal(flash.violation, "");
	});
});

/** Areas that have been opened, one after the other, on a flash as `usedFlash` makes it. */
function areasOpened(flash: NorFlash): number {
	const generations = [0, AREA].map((area) => {
		const header = new Uint8Array(9);
		flash.read(header, area);
		return header[0] === 0x4b ? header[8] : 0;
	});
	return Math.max(...generations);
}

function erasesOf(flash: NorFlash): number {
	return flash.erases.reduce((sum, count) => sum + count, 0);
}

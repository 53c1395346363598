import { UNCHECKED, WHOLE } from "../../../modules/storage/directory.js";
import { SavedSettings } from "../../../modules/storage/saved-settings.js";
import { END, SUSPECT, UNKNOWN, USED } from "../../../modules/storage/sectors.js";
import { deepEqual, equal, ok } from "../../support/assert.js";
import { Replayed } from "../../support/replayed.js";
import { ascii } from "../../support/store.js";

/** Sectors `first` to `last`. */
function range(first: number, last: number): number[] {
	return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

/** As `Replayed.worn` tells: these were handed out once. */
function once(first: number, last: number): string {
	return range(first, last)
		.map((sector) => `${sector}:1`)
		.join(" ");
}

describe("pattern store: what records come to", () => {
	it("is nothing before the first of them, whatever was known before", () => {
		const { directory, effects, header, lost, record, sectors, settings } = new Replayed(100, 5);
		directory.insert(~0, ascii("a"), 0, 1);
		settings.saved = true;
		sectors.set(3, USED);
		sectors.leaseSpan = 9;
		const Effects = effects.constructor as new (...parts: object[]) => typeof effects;
		const anew = new Effects(header, record, directory, sectors, settings, lost);
		equal(directory.count, 0);
		ok(!settings.saved && !anew.suspicious);
		equal(sectors.free, 46);
		deepEqual([sectors.turn, sectors.leaseFirst, sectors.leaseSpan], [100, 5, 0]);
	});

	it("is a pattern's name, size, CRC, sequence number, turn and sectors", () => {
		const other = new Replayed();
		ok(other.put("wave", [3, 4], 77));
		const slot = other.directory.order[0];
		other.directory.checked[slot] = WHOLE;
		ok(other.put("wave", [9], 78));
		equal(other.stored, "wave:9");
		const { checked, crcs, sequences, sizes, turns } = other.directory;
		deepEqual([sizes[slot], crcs[slot], sequences[slot], turns[slot], checked[slot]], [256, 5, 2, 78, UNCHECKED]);
		deepEqual(other.inState(USED), [9]);
	});

	it("is 64 patterns at most: a 65th costs its own name, and no sector", () => {
		const replayed = new Replayed(0, 0, 2, 128);
		for (let i = 0; i < 64; i++) ok(replayed.put(`p${i}`, [i], 0, true));
		ok(!replayed.put("one more", [70, 71], 0, true));
		deepEqual(replayed.lost.names, ["one more"]);
		deepEqual(replayed.inState(USED), range(0, 63));
		// New versions need no other place, be they the first of all by name.
		ok(replayed.put("p7", [70], 0, true));
		ok(replayed.put("p0", [71], 0, true));
		equal(replayed.directory.count, 64);
		equal(replayed.lost.names.length, 1);
	});

	it("are settings, the name as before where the record has none", () => {
		const replayed = new Replayed();
		const { record, settings } = replayed;
		const next = new SavedSettings();
		for (const [on, brightness, gamma, name, named, expected] of [
			[true, 0, 220, "wave", true, "wave"],
			[false, 255, 65_535, "rain", false, "wave"],
			[true, 1, 100, "", true, ""],
		] as const) {
			next.on = on;
			next.brightness = brightness;
			next.gamma = gamma;
			next.setName(ascii(name), 0, name.length);
			ok(replayed.apply(record.encodeSettings(1, 0, next, named)));
			ok(settings.saved);
			deepEqual([settings.on, settings.brightness, settings.gamma], [on, brightness, gamma]);
			ok(settings.hasName(ascii(expected), 0, expected.length));
		}
	});

	it("are the counts of handed-out sectors, where they are on the partition", () => {
		const replayed = new Replayed();
		ok(replayed.wear(3, 1, 2, 255));
		equal(replayed.worn, "3:1 4:2 5:255");
		ok(replayed.wear(44, 7, 8));
		equal(replayed.worn, "3:1 4:2 5:255 44:7 45:8");
		ok(!replayed.wear(44, 1, 1, 1));
		ok(!replayed.wear(46, 1));
		equal(replayed.worn, "3:1 4:2 5:255 44:7 45:8");
	});

	describe("behind the last record", () => {
		for (const [title, run, turn, worn] of [
			["half of what a lease may hand out", () => {}, 108, once(5, 12)],
			["a lease's own place", (r: Replayed) => r.lease(100, 20, 16), 108, once(20, 27)],
			[
				"all that was handed out of the lease before",
				(r: Replayed) => r.lease(110, 20, 16),
				118,
				`${once(5, 14)} ${once(20, 27)}`,
			],
			[
				"sixteen of the lease before, at most",
				(r: Replayed) => r.lease(150, 30, 16),
				158,
				`${once(5, 20)} ${once(30, 37)}`,
			],
			["what a pattern took", (r: Replayed) => r.put("a", [5, 6], 102), 110, once(5, 14)],
			[
				"of a long pattern what it took of this lease",
				(r: Replayed) => r.put("a", [9, 8, 7, 6], 102),
				110,
				"5:1 6:1 7:1 10:1 11:1 12:1 13:1 14:1 15:1 16:1",
			],
			[
				"nothing of a pattern that is older than the lease",
				(r: Replayed) => r.put("a", [40, 41], 100),
				108,
				once(5, 12),
			],
			["no turn less than none", (r: Replayed) => r.put("a", [40, 41], 90), 108, once(5, 12)],
			["nothing of one in the snapshot", (r: Replayed) => r.put("a", [40, 41], 102, true), 108, once(5, 12)],
			[
				"what patterns took of the lease before only there",
				(r: Replayed) => r.put("a", [5, 6], 102) && r.lease(104, 20, 16),
				112,
				`${once(5, 8)} ${once(20, 27)}`,
			],
		] as const) {
			it(`counts ${title}`, () => {
				const replayed = new Replayed(100, 5);
				run(replayed);
				replayed.effects.end();
				equal(replayed.worn, worn);
				equal(replayed.sectors.turn, turn);
			});
		}

		it("goes on, in format 1, behind the last pattern, round the end", () => {
			for (const [sector, format, from] of [
				[30, 1, 31],
				[45, 1, 0],
				[30, 2, 5],
			] as const) {
				const replayed = new Replayed(100, 5, format);
				ok(replayed.put("a", [sector], 101));
				equal(replayed.sectors.leaseFirst, from);
			}
		});

		it("refuses a lease that starts where no sector is, and then nothing of it holds", () => {
			const replayed = new Replayed(100, 5);
			for (const first of [46, 0xffff]) ok(!replayed.lease(120, first, 16, 3));
			ok(!replayed.effects.suspicious);
			deepEqual([replayed.sectors.turn, replayed.sectors.leaseFirst], [100, 5]);
			ok(replayed.lease(120, 45, 1));
			ok(replayed.effects.suspicious);
		});

		for (const [title, run, suspects] of [
			["nothing without a lease or an erase", () => true, []],
			["the free sectors of a lease", (r: Replayed) => r.put("a", [21]) && r.lease(0, 20, 4), [20, 22, 23]],
			["those of the last lease", (r: Replayed) => r.lease(0, 20, 4) && r.lease(0, 30, 2), [30, 31]],
			["a lease round the end", (r: Replayed) => r.lease(0, 45, 2), [0, 45]],
			[
				"what uploads write to, as far as it is on the partition",
				(r: Replayed) => r.put("a", [9]) && r.lease(0, 20, 1, 3, 46, 9, END),
				[3, 20],
			],
			["sectors that were being erased", (r: Replayed) => r.erase(7, 3), [7, 8, 9]],
			[
				"those of the last erase, round the end, wherever it starts",
				(r: Replayed) => r.erase(7, 3) && r.erase(46 + 45, 2),
				[0, 45],
			],
			["lease and erase", (r: Replayed) => r.lease(0, 20, 2, 3) && r.erase(7, 1), [3, 7, 20, 21]],
			["nothing where all was at rest", (r: Replayed) => r.lease(0, 20, 2, 3) && r.erase(7, 1) && r.erase(0, 0), []],
			["a lease after that", (r: Replayed) => r.erase(0, 0) && r.lease(0, 20, 1), [20]],
			["one sector", (r: Replayed) => r.erase(0, 1), [0]],
		] as const) {
			it(`distrusts ${title}`, () => {
				const replayed = new Replayed(0, 5);
				ok(run(replayed));
				equal(replayed.effects.suspicious, suspects.length > 0);
				replayed.effects.end();
				deepEqual(replayed.inState(SUSPECT), suspects.slice());
				const used = replayed.inState(USED).length;
				equal(replayed.inState(UNKNOWN).length, 46 - suspects.length - used);
			});
		}

		it("looks for the next sector behind the lease, and behind one more", () => {
			const replayed = new Replayed(0, 5);
			ok(replayed.lease(0, 20, 16));
			replayed.effects.end();
			equal(replayed.sectors.pointer, 37);
		});
	});
});

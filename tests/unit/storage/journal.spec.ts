import { FLASH_FAILED } from "../../../modules/core/errors.js";
import { deepEqual, equal, ok, throws } from "../../support/assert.js";
import { AREA, JournalBench, LONGEST } from "../../support/journal.js";
import { refused, smallFlash } from "../../support/store.js";

/** Behind the snapshot without settings: ERASE, LEASE, WEAR. With settings of no name 20 more. */
const TAIL = 96 + 20 + 32 + 64;

describe("pattern store: journal", () => {
	it("opens the first area with the first change, and no more than that", () => {
		const bench = new JournalBench();
		bench.journal.resting();
		equal(bench.flash.operations, 0);
		bench.save(7);
		deepEqual([bench.generation(0), bench.generation(1)], [1, 0]);
		deepEqual(bench.marks(0), [0]);
		deepEqual(bench.records(0), { types: "ELWS", tail: TAIL + 20 });
		equal(bench.restart().held, " 7");
	});

	it("gives up, once after a start, the place where a record may have been begun", () => {
		const before = new JournalBench();
		before.save(7);
		const { tail } = before.records(0);
		const bench = before.restart();
		equal(
			bench.operations(() => bench.save(8)),
			3,
		);
		equal(bench.byte(0, tail + 4), 0x00);
		equal(bench.byte(0, tail + LONGEST + 4), 0x53);
		equal(
			bench.operations(() => bench.save(9)),
			2,
		);
		equal(bench.byte(0, tail + LONGEST + 20 + 4), 0x53);
		equal(bench.restart().held, " 9");
		equal(bench.flash.violation, "");
	});

	it("makes the place firm that was given up before the start, where nothing follows it", () => {
		const first = new JournalBench();
		first.save(7);
		const { tail } = first.records(0);
		const second = first.restart();
		second.flash.failAt(1, "weak");
		throws(() => second.save(8), refused(FLASH_FAILED));
		const third = first.restart();
		// That place, the next one, and the record with its mark.
		equal(
			third.operations(() => third.save(9)),
			4,
		);
		equal(third.byte(0, tail + LONGEST + 4), 0x00);
		third.flash.fade();
		equal(third.byte(0, tail + 4), 0x00);
		equal(third.restart().held, " 9");
		equal(third.byte(0, 3), 0x53, "the header is as it was");
		equal(third.flash.violation, "");
	});

	it("makes the mark firm that opened the area, where no record does", () => {
		const first = new JournalBench();
		first.journal.settle();
		deepEqual(first.marks(0), [0]);
		const second = first.restart();
		second.save(7);
		deepEqual(second.marks(0), [0, 1]);
		const third = second.restart();
		third.save(8);
		deepEqual(third.marks(0), [0, 1]);
		const other = new JournalBench();
		other.save(7);
		const again = other.restart();
		again.save(8);
		deepEqual(again.marks(0), [0], "a record was appended");
	});

	it("appends nothing behind a record that was refused, but writes everything anew", () => {
		for (const [at, torn, held] of [
			[1, "none", " 7"],
			[1, "half", " 7"],
			[1, "done", " 7"],
		] as const) {
			const bench = new JournalBench();
			bench.save(7);
			bench.flash.failAt(at, torn);
			throws(() => bench.save(8), refused(FLASH_FAILED));
			equal(bench.held, held);
			bench.put("a", 3);
			equal(bench.generation(1), 2);
			equal(bench.restart().held, "a:3 7");
			equal(bench.flash.violation, "");
		}
	});

	it("takes a record for stored whose mark alone was refused, and writes everything anew before the next", () => {
		const bench = new JournalBench();
		bench.save(7);
		bench.flash.failAt(2, "none");
		bench.save(8);
		equal(bench.held, " 8");
		equal(bench.generation(1), 0);
		bench.save(9);
		equal(bench.generation(1), 2);
		equal(bench.restart().held, " 9");
	});

	it("fills an area as long as the longest record fits", () => {
		const bench = new JournalBench();
		bench.save(1);
		// Two records of 24 bytes, the others of 20: up to the last place where the longest fits.
		bench.save(1, "wave");
		bench.save(1, "rain");
		const last = AREA - LONGEST;
		let { tail } = bench.records(0);
		equal((last - tail) % 20, 0);
		for (; tail < last; tail += 20) bench.save(2, "rain");
		equal(bench.generation(1), 0);
		bench.save(3, "rain");
		equal(bench.generation(1), 0);
		equal(bench.records(0).tail, last + 20);
		bench.save(4, "rain");
		equal(bench.generation(1), 2);
		equal(bench.restart().held, " 4");
		equal(bench.flash.violation, "");
	});

	it("tells the wear of all sectors when it opens an area, in records of 128 sectors, and none of no sector", () => {
		for (const [sectors, types] of [
			[148, "ELWS"],
			[149, "ELWWS"],
		] as const) {
			const bench = new JournalBench(smallFlash(sectors));
			equal(bench.sectors.count, sectors - 20);
			bench.save(7);
			equal(bench.records(0).types, types);
		}
	});

	describe("before sectors are erased", () => {
		it("names eight of them at least, and those that are named need no other record", () => {
			const bench = new JournalBench();
			bench.save(7);
			const { journal } = bench;
			for (const [first, count, writes] of [
				[10, 1, true],
				[10, 1, false],
				[17, 1, false],
				[10, 8, false],
				[18, 1, true],
				[18, 8, false],
				// One end is named, and one is not.
				[17, 2, true],
				[18, 8, true],
				[40, 16, true],
				[40, 16, false],
				[9, 1, false],
				[10, 1, true],
			] as const) {
				const operations = bench.operations(() => journal.changing(first, count));
				equal(operations, writes ? 2 : 0, `${count} from ${first} on`);
			}
			const { eraseFirst, eraseSpan } = bench.restart().journal;
			deepEqual([eraseFirst, eraseSpan], [10, 8]);
		});

		it("says once that nothing is under way any more", () => {
			const bench = new JournalBench();
			bench.save(7);
			bench.journal.changing(10, 1);
			ok(!bench.restart().journal.spoilt);
			equal(
				bench.operations(() => bench.journal.resting()),
				2,
			);
			equal(
				bench.operations(() => bench.journal.resting()),
				0,
			);
			const again = bench.restart();
			ok(again.journal.spoilt);
			equal(
				again.operations(() => again.journal.resting()),
				0,
			);
		});
	});
});

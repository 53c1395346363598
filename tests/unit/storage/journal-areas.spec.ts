import { FLASH_FAILED } from "../../../modules/core/errors.js";
import { BAD, DIRTY, END, SUSPECT } from "../../../modules/storage/sectors.js";
import { deepEqual, equal, ok, throws } from "../../support/assert.js";
import { AREA, JournalBench } from "../../support/journal.js";
import { refused, smallFlash } from "../../support/store.js";

/** A journal that goes over to the other area with its next change: something stands at the end of the open one. */
function unsettled(bench: JournalBench, area: number): JournalBench {
	bench.flash.corrupt(area * AREA + AREA - 1, 0x7f);
	return bench.restart();
}

/** "a" in area 0, from which everything went over to area 1, to which nothing was appended. */
function opened(): JournalBench {
	const before = new JournalBench();
	before.put("a", 3);
	const bench = unsettled(before, 0);
	bench.journal.settle();
	deepEqual([bench.generation(0), bench.generation(1)], [1, 2]);
	return bench;
}

describe("pattern store: areas of the journal", () => {
	it("are read where one was opened last, and that goes on", () => {
		const bench = opened().restart();
		equal(bench.held, "a:3 255");
		bench.put("b", 4);
		deepEqual([bench.generation(0), bench.generation(1)], [1, 2]);
		// Behind the snapshot, "a" in it, and a place that was given up.
		equal(bench.byte(1, 212 + 28 + 188 + 4), 0x50);
		equal(bench.restart().held, "a:3 b:4 255");
	});

	it("are read where one was open before, as long as the newer one is not whole and nothing was changed in it", () => {
		const bench = opened();
		// Behind ERASE, LEASE and WEAR: the sequence number of "a" in the newer one's snapshot.
		bench.flash.corrupt(AREA + 212 + 8, 0x55);
		const again = bench.restart();
		equal(again.held, "a:3 255");
		deepEqual(again.journal.lost, []);
		again.put("b", 4);
		equal(again.restart().held, "a:3 b:4 255");
	});

	it("are none where both headers are damaged, or the mark is missing that opens one", () => {
		for (const damage of [[8, 40], [24, 56], [64]]) {
			const bench = opened();
			for (const at of damage) bench.flash.corrupt(AREA + at, at === 64 ? 0xff : 1);
			const again = bench.restart();
			equal(again.held, "a:3 255");
			again.put("b", 4);
			// The one before holds, so what may pass for a newer one is erased; or it was written anew there.
			equal(again.restart().held, "a:3 b:4 255");
			ok(again.generation(1) !== 2 || again.byte(1, 64) === 0);
		}
	});

	it("are none before the first one was opened, which is written anew then", () => {
		const bench = new JournalBench();
		const { flash } = bench;
		const write = flash.write;
		flash.write = (view: Uint8Array, offset: number): void => {
			if (offset === 64) throw new Error("takes no mark");
			write.call(flash, view, offset);
		};
		throws(() => bench.save(7), refused(FLASH_FAILED));
		flash.write = write;
		const again = bench.restart();
		again.save(8);
		deepEqual(again.marks(0), [0]);
		equal(again.restart().held, " 8");
		equal(flash.violation, "");
	});

	it("are not opened where what was written reads back differently", () => {
		for (const [at, what] of [
			[0, "the header"],
			[40, "the header's second copy"],
			[96 + 9, "the first record"],
			[212 + 20, "the last record"],
		] as const) {
			const before = new JournalBench();
			before.put("a", 3);
			const bench = unsettled(before, 0);
			const { flash } = bench;
			const write = flash.write;
			flash.write = (view: Uint8Array, offset: number): void => {
				write.call(flash, view, offset);
				const place = AREA + at - offset;
				if (offset >= AREA && place >= 0 && place < view.length) flash.corrupt(AREA + at, view[place] ^ 0x10);
			};
			throws(() => bench.put("b", 4), refused(FLASH_FAILED));
			flash.write = write;
			deepEqual(bench.marks(1), [], what);
			equal(bench.restart().held, "a:3 255");
			bench.put("b", 4);
			equal(bench.restart().held, "a:3 b:4 255");
			equal(flash.violation, "");
		}
	});

	describe("in idle time", () => {
		it("are erased ahead a sector a step, and then there is nothing to do", () => {
			const bench = new JournalBench();
			bench.put("a", 3);
			for (let i = 0; i < 9; i++) {
				ok(bench.journal.tidy(1));
				equal(bench.flash.erases.subarray(9, 18).join(""), "1".repeat(i + 1) + "0".repeat(8 - i));
			}
			ok(!bench.journal.tidy(1));
			deepEqual(bench.marks(0), [0, 1, 2]);
		});

		it("are changed where the end of the open one is not to be relied on, in one step", () => {
			const before = new JournalBench();
			before.put("a", 3);
			while (before.journal.tidy(1)) ok(before.generation(1) === 0);
			const bench = unsettled(before, 0);
			equal(bench.generation(1), 0);
			ok(bench.journal.tidy(1));
			equal(bench.generation(1), 2);
			for (let i = 0; i < 9; i++) ok(bench.journal.tidy(1));
			ok(!bench.journal.tidy(1));
		});

		it("are changed when less than an eighth is left", () => {
			const bench = new JournalBench();
			bench.put("a", 3);
			while (bench.journal.tidy(1)) ok(bench.generation(1) === 0);
			let { tail } = bench.records(0);
			for (; AREA - tail - 20 >= AREA / 8; tail += 20) bench.save(1);
			ok(!bench.journal.tidy(1), "an eighth is left");
			bench.save(2);
			ok(bench.journal.tidy(1));
			equal(bench.generation(1), 2);
			equal(bench.restart().held, "a:3 2");
		});

		it("are not changed for want of room as long as no quarter was appended, after a restart neither", () => {
			// As many patterns as there can be, of the longest names: a snapshot takes four fifths of an area.
			const bench = new JournalBench(smallFlash(128));
			for (let i = 0; i < 64; i++) bench.put(`a name of thirty-two bytes, no ${10 + i}`.slice(-32), i);
			bench.flash.failAt(1, "none");
			throws(() => bench.save(1), refused(FLASH_FAILED));
			for (let i = 0; i < 20; i++) bench.save(i);
			while (bench.flash.erases.subarray(0, 10).some((count) => count < 2)) ok(bench.journal.tidy(1));
			ok(!bench.journal.tidy(1));
			const again = bench.restart();
			equal(again.directory.count, 64);
			ok(!again.journal.tidy(1));
		});

		it("are not erased again after three failures, nor is the journal stuck as long as it takes records", () => {
			const bench = new JournalBench();
			bench.put("a", 3);
			bench.flash.refusing.add(10);
			ok(bench.journal.tidy(1));
			for (let i = 0; i < 3; i++) {
				ok(!bench.journal.stuck);
				throws(() => bench.journal.tidy(1), refused(FLASH_FAILED));
			}
			const operations = bench.operations(() => {
				for (let i = 0; i < 5; i++) ok(!bench.journal.tidy(1));
			});
			equal(operations, 0);
			ok(!bench.journal.stuck);
			bench.save(7);
			// A change of areas that succeeds ends that.
			bench.flash.refusing.clear();
			bench.flash.failAt(1, "none");
			throws(() => bench.save(8), refused(FLASH_FAILED));
			ok(bench.journal.stuck, "nothing may be appended, and nothing is tried");
			bench.save(9);
			equal(bench.generation(1), 2);
			ok(!bench.journal.stuck);
			ok(bench.journal.tidy(1));
		});

		it("are stuck when the open one is full and changing failed three times, until it succeeds", () => {
			const bench = new JournalBench();
			bench.put("a", 3);
			while (bench.generation(1) === 0 && AREA - bench.records(0).tail >= 188) bench.save(1);
			bench.flash.refusing.add(9);
			for (let i = 0; i < 3; i++) {
				ok(!bench.journal.stuck);
				throws(() => bench.save(2), refused(FLASH_FAILED));
			}
			ok(bench.journal.stuck);
			ok(!bench.journal.tidy(1));
			equal(bench.restart().held, "a:3 1");
			bench.flash.refusing.clear();
			bench.save(3);
			ok(!bench.journal.stuck);
			equal(bench.restart().held, "a:3 3");
		});
	});

	describe("with suspect sectors", () => {
		/** Sectors 0 to 7 were being erased when the power failed, and the first lease is of 0 to 15; "a" has 3. */
		function suspicious(): JournalBench {
			const before = new JournalBench();
			before.put("a", 3);
			before.journal.changing(0, 8);
			const bench = before.restart();
			ok(!bench.journal.spoilt);
			equal(bench.sectors.nextOf(SUSPECT), 0);
			return bench;
		}

		/** The data sectors whose first byte is 0x00. */
		function unusable({ flash }: JournalBench): string {
			const view = new Uint8Array(1);
			const found = Array.from({ length: 46 }, (_, i) => i).filter((i) => {
				flash.read(view, 2 * AREA + 512 * i);
				return view[0] === 0;
			});
			return found.join();
		}

		it("make each of them unusable before it is erased, once, and no other", () => {
			const bench = suspicious();
			bench.sectors.open[0] = 20;
			bench.journal.spoilSuspects();
			equal(unusable(bench), "0,1,2,4,5,6,7,8,9,10,11,12,13,14,15");
			equal(bench.sectors.nextOf(SUSPECT), -1);
			equal(bench.sectors.states[0], DIRTY);
			ok(bench.journal.spoilt);
			equal(bench.sectors.open[0], END);
			equal(
				bench.operations(() => bench.journal.spoilSuspects()),
				0,
			);
		});

		it("set one aside that refuses three times, not before", () => {
			const bench = suspicious();
			bench.flash.refusing.add(18 + 2);
			for (let i = 0; i < 2; i++) {
				throws(() => bench.journal.spoilSuspects(), refused(FLASH_FAILED));
				equal(bench.sectors.states[2], SUSPECT);
				ok(!bench.journal.spoilt);
			}
			bench.journal.spoilSuspects();
			equal(bench.sectors.states[2], BAD);
			equal(unusable(bench), "0,1,4,5,6,7,8,9,10,11,12,13,14,15");
			ok(bench.journal.spoilt);
		});

		it("are named by the next snapshot, too, as long as they are suspect", () => {
			const bench = unsettled(suspicious(), 0);
			bench.sectors.turn = 5;
			bench.save(7);
			equal(bench.generation(1), 2);
			const { eraseFirst, eraseSpan, spoilt } = bench.restart().journal;
			deepEqual([eraseFirst, eraseSpan, spoilt], [0, 8, false]);
			equal(bench.restart().sectors.leaseFirst, 0, "the lease is the one before");
			ok(!bench.journal.leased(0), "and no lease begins");
		});
	});
});

import { FLASH_FAILED } from "../../../modules/core/errors.js";
import { AreaMarks, BEGUN, BLANK, TOUCHED } from "../../../modules/storage/area-marks.js";
import { Partition } from "../../../modules/storage/partition.js";
import { SpareArea } from "../../../modules/storage/spare-area.js";
import { deepEqual, equal, ok, throws } from "../../support/assert.js";
import { NorFlash } from "../../support/nor-flash.js";
import { refused, SECTOR, smallFlash } from "../../support/store.js";

/** A flash whose area 0 is open, with the other one, of which these marks of area 0 tell. */
function opened(flash: NorFlash, ...kinds: readonly number[]) {
	const partition = new Partition(flash);
	const marks = new AreaMarks(partition);
	marks.openAt(0);
	for (const kind of kinds) marks.set(kind);
	marks.read(0);
	const spare = new SpareArea(partition, marks);
	spare.become(1);
	const { areaSectors } = partition.geometry;
	return {
		flash,
		marks,
		spare,
		/** How often each sector of the spare was erased; nothing else may have been. */
		erases: (): string => {
			ok(flash.erases.every((count, i) => count === 0 || Math.floor(i / areaSectors) === 1));
			return flash.erases.subarray(areaSectors, 2 * areaSectors).join("");
		},
	};
}

/** Places of the marks of area 0 that are set. */
function placesOf(flash: NorFlash): number[] {
	const bytes = new Uint8Array(32);
	flash.read(bytes, 64);
	return Array.from(bytes.keys()).filter((place) => bytes[place] === 0);
}

/** A flash whose areas have 16 sectors as the K1's, 20, or 32. */
const blocksOf = (sectors: number, sectorLength: number) => opened(new NorFlash({ sectors, sectorLength }));

describe("pattern store: spare area", () => {
	it("is what the marks of the open one say", () => {
		for (const [kinds, blank, rival] of [
			[[], false, false],
			[[TOUCHED], false, false],
			[[TOUCHED, BLANK], true, false],
			[[TOUCHED, BLANK, BEGUN], false, true],
		] as const) {
			const { spare } = opened(smallFlash(), ...kinds);
			deepEqual([spare.blank, spare.rival], [blank, rival]);
		}
	});

	it("is erased sector by sector behind TOUCHED, which is set once, and BLANK is set behind the last", () => {
		const { erases, flash, spare } = opened(smallFlash());
		for (let count = 1; count < 9; count++) {
			spare.eraseNext(16);
			equal(erases(), "1".repeat(count) + "0".repeat(9 - count));
			deepEqual(placesOf(flash), [0, 1]);
			ok(!spare.blank);
		}
		spare.eraseNext(1);
		equal(erases(), "111111111");
		ok(spare.blank);
		deepEqual(placesOf(flash), [0, 1, 2]);
		// What is announced next is another change.
		spare.touch();
		spare.touch();
		deepEqual(placesOf(flash), [0, 1, 2, 4]);
	});

	it("is erased in blocks where as many sectors may be, and all of a block is its own", () => {
		for (const [sectors, sectorLength, steps, expected] of [
			[1248, 4096, [16], "1111111111111111"],
			[1248, 4096, [15], "1000000000000000"],
			[1248, 4096, [1, 16], "1100000000000000"],
			[300, 184, [17, 16], "1".repeat(32)],
			[300, 184, [16, 1, 16], `${"1".repeat(18)}${"0".repeat(14)}`],
		] as const) {
			const { erases, flash, spare } = blocksOf(sectors, sectorLength);
			const { operations } = flash;
			for (const most of steps) spare.eraseNext(most);
			equal(erases(), expected, `${steps}`);
			// A mark first, and one behind the last sector.
			equal(flash.operations - operations, 1 + steps.length + (spare.blank ? 1 : 0));
		}
	});

	it("is not erased beyond its end for a block's sake", () => {
		// 20 sectors an area: the second starts at 20, and its only whole block at 32 would end at 48.
		const flash = new NorFlash({ sectors: 1248, sectorLength: 512 });
		const { erases, spare } = opened(flash);
		for (let i = 0; i < 20; i++) {
			spare.eraseNext(16);
			equal(erases(), "1".repeat(i + 1) + "0".repeat(19 - i));
		}
		ok(spare.blank);
	});

	it("is erased whole before a snapshot goes there: what is left, or all where something stands that should not", () => {
		const { erases, flash, spare } = opened(smallFlash());
		spare.eraseNext(1);
		spare.eraseNext(1);
		spare.eraseAll();
		equal(erases(), "111111111");
		ok(spare.blank);
		const { operations } = flash;
		spare.eraseAll();
		equal(flash.operations, operations, "it is blank");
		for (const at of [9 * SECTOR, 18 * SECTOR - 1]) {
			flash.corrupt(at, 0x7f);
			spare.eraseAll();
			ok(spare.blank);
		}
		equal(erases(), "333333333");
		// What stands beside it does not matter.
		flash.corrupt(9 * SECTOR - 1, 0x7f);
		flash.corrupt(18 * SECTOR, 0x7f);
		spare.eraseAll();
		equal(erases(), "333333333");
	});

	it("is announced as begun, and is a rival from then on, that one erase disarms", () => {
		const { erases, flash, spare } = opened(smallFlash());
		spare.disarm();
		equal(erases(), "000000000");
		spare.eraseAll();
		spare.begin();
		deepEqual(placesOf(flash), [0, 1, 3]);
		deepEqual([spare.blank, spare.rival], [false, true]);
		// BEGUN says already that it is not blank.
		spare.disarm();
		deepEqual(placesOf(flash), [0, 1, 3]);
		deepEqual([spare.blank, spare.rival], [false, false]);
		equal(erases(), "211111111");
		spare.disarm();
		equal(erases(), "211111111");
		spare.eraseAll();
		equal(erases(), "222222222");
	});

	it("is not taken for erased where the flash refused that", () => {
		const { erases, flash, spare } = opened(smallFlash(), TOUCHED, BLANK, BEGUN);
		flash.refusing.add(9);
		throws(() => spare.disarm(), refused(FLASH_FAILED));
		ok(spare.rival);
		throws(() => spare.eraseAll(), refused(FLASH_FAILED));
		ok(!spare.blank && spare.rival);
		flash.refusing.clear();
		spare.eraseAll();
		equal(erases(), "111111111");
		ok(spare.blank && !spare.rival);
	});

	it("gets no BLANK where there is no room for what comes behind it", () => {
		const { flash, spare } = opened(smallFlash());
		for (let place = 1; place < 30; place++) flash.corrupt(64 + place, 0);
		const late = opened(flash.clone());
		late.marks.read(0);
		late.spare.become(1);
		for (let i = 0; i < 9; i++) late.spare.eraseNext(1);
		ok(late.spare.blank);
		deepEqual(placesOf(late.flash), [...Array.from({ length: 30 }, (_, i) => i), 31]);
		ok(!spare.blank);
	});

	it("of another open area is the other one, of which nothing is known", () => {
		const { flash, marks, spare } = opened(smallFlash());
		spare.eraseAll();
		marks.clear();
		spare.become(0);
		ok(!spare.blank);
		spare.eraseNext(1);
		equal(flash.erases[0], 1);
		equal(flash.erases[1], 0);
	});
});

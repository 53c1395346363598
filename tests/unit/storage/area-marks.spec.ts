import { AreaMarks, BEGUN, BLANK, TOUCHED } from "../../../modules/storage/area-marks.js";
import { Partition } from "../../../modules/storage/partition.js";
import { deepEqual, equal, ok } from "../../support/assert.js";
import type { NorFlash } from "../../support/nor-flash.js";
import { smallFlash } from "../../support/store.js";

/** The second area: its marks stand elsewhere than those of the first. */
const OFFSET = 9 * 512;
const FIRST = OFFSET + 64;

/** A flash on which these marks of the second area are set, and what is read of them. */
function marked(places: readonly number[], byte = 0x00): { flash: NorFlash; marks: AreaMarks } {
	const flash = smallFlash();
	for (const place of places) flash.corrupt(FIRST + place, byte);
	const marks = new AreaMarks(new Partition(flash));
	// What was known of another area must not last.
	marks.clear();
	marks.read(OFFSET);
	return { flash, marks };
}

/** "open firm blank begun room", or what of it is so. */
function told({ open, firm, spareBlank, spareBegun, room }: AreaMarks): string {
	const words = [open && "open", firm && "firm", spareBlank && "blank", spareBegun && "begun", room && "room"];
	return words.filter((word) => word !== false).join(" ");
}

/** Which places are set. */
function placesOf(flash: NorFlash): number[] {
	const bytes = new Uint8Array(32);
	flash.read(bytes, FIRST);
	return Array.from(bytes.keys()).filter((place) => bytes[place] === 0);
}

describe("pattern store: marks of an area", () => {
	for (const [places, says] of [
		[[], "room"],
		[[0], "open room"],
		[[0, 1], "open room"],
		[[0, 1, 2], "open firm blank room"],
		[[0, 1, 2, 3], "open firm begun room"],
		[[0, 3], "open firm begun room"],
		// A later BLANK takes a BEGUN back; a TOUCHED does not, nor does it leave BLANK true.
		[[0, 3, 4], "open firm begun room"],
		[[0, 3, 4, 5], "open firm blank room"],
		[[0, 2, 4], "open firm room"],
		[[0, 5, 6], "open firm begun room"],
		// Any of them opens the area.
		[[2], "open firm blank room"],
		[[4], "open room"],
		// Room is for BLANK and BEGUN behind it: up to the last BLANK but for the one at 29.
		[[0, 25], "open room"],
		[[0, 26], "open firm blank room"],
		[[0, 28], "open room"],
		[[0, 29], "open firm blank"],
		[[0, 30], "open firm begun"],
		[[0, 31], "open begun"],
		[[0, 29, 31], "open firm begun"],
	] as const) {
		it(`at ${places.length === 0 ? "no place" : places} say: ${says}`, () => {
			equal(told(marked(places).marks), says);
		});
	}

	it("that are half programmed say nothing, but their places are not used again", () => {
		const { flash, marks } = marked([1], 0x7f);
		equal(told(marks), "room");
		marks.open = true;
		marks.set(TOUCHED);
		deepEqual(placesOf(flash), [4]);
	});

	it("of an area that is read say nothing of the one before", () => {
		const { marks } = marked([0, 1, 2, 3]);
		equal(told(marks), "open firm begun room");
		marks.read(0);
		equal(told(marks), "room");
		marks.spareBlank = true;
		marks.clear();
		equal(told(marks), "firm room");
	});

	it("are forgotten where there is no area of format 2, and none is set then", () => {
		const { flash, marks } = marked([0, 3]);
		marks.clear();
		equal(told(marks), "firm room");
		const { operations } = flash;
		marks.set(BLANK);
		equal(flash.operations, operations);
	});

	it("start anew when an area is opened, behind OPEN", () => {
		const { flash, marks } = marked([]);
		for (const before of [0, OFFSET + 2 * 512]) {
			marks.read(before);
			marks.spareBlank = true;
			marks.spareBegun = true;
			marks.openAt(OFFSET);
			equal(told(marks), "open firm room");
		}
		deepEqual(placesOf(flash), [0]);
		marks.set(TOUCHED);
		deepEqual(placesOf(flash), [0, 1]);
	});

	it("are set each in the next place of its kind", () => {
		for (const [set, kind, place] of [
			[0, TOUCHED, 1],
			[0, BLANK, 2],
			[0, BEGUN, 3],
			[1, TOUCHED, 4],
			[1, BLANK, 2],
			[3, BEGUN, 6],
			[27, BLANK, 29],
			[29, BEGUN, 30],
			[30, TOUCHED, 31],
		] as const) {
			const { flash, marks } = marked([set]);
			marks.set(kind);
			deepEqual(placesOf(flash), [set, place], `${kind} behind ${set}`);
			ok(marks.firm);
		}
	});

	it("are set one behind the other, and the last byte stands for all that follow", () => {
		const { flash, marks } = marked([0]);
		for (let round = 0; round < 12; round++) {
			marks.set(TOUCHED);
			marks.set(BLANK);
			marks.set(BEGUN);
		}
		deepEqual(
			placesOf(flash),
			Array.from({ length: 32 }, (_, i) => i),
		);
		equal(flash.violation, "");
	});
});

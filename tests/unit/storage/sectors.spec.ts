import { Blocks } from "../../../modules/storage/blocks.js";
import { BAD, CLEAN, DIRTY, END, Sectors, UNKNOWN, USED } from "../../../modules/storage/sectors.js";
import { deepEqual, equal } from "../../support/assert.js";

const STATES: Readonly<Record<string, number>> = Object.freeze({
	x: USED,
	c: CLEAN,
	d: DIRTY,
	"?": UNKNOWN,
	b: BAD,
});

/** Sectors in the states that the letters tell. */
function inStates(letters: string): Sectors {
	const sectors = new Sectors(letters.length, 0);
	for (let i = 0; i < letters.length; i++) sectors.set(i, STATES[letters[i]]);
	return sectors;
}

describe("pattern store: sectors", () => {
	it("that are free and perhaps not erased come in turn from the pointer on, round the end, dirty or not looked at", () => {
		for (const [letters, pointer, expected] of [
			["xxcb", 0, -1],
			["?xxx", 2, 0],
			["dxxx", 2, 0],
			["?xxd", 0, 0],
			["?xdx", 2, 2],
			["dx?x", 2, 2],
			["x?dx", 0, 1],
			["xd?x", 0, 1],
			["x?dxxx", 4, 1],
		] as const) {
			const sectors = inStates(letters);
			sectors.pointTo(pointer);
			equal(sectors.nextFree(), expected, `${letters} from ${pointer}`);
		}
	});

	it("that go on with a chain in its block are counted and worn as when they are set one by one", () => {
		const sectors = new Sectors(40, 20);
		const others = new Sectors(40, 20);
		for (const each of [sectors, others]) for (let i = 0; i < 40; i++) each.set(i, CLEAN);
		sectors.pointTo(5);
		for (const sector of [4, 5, 6]) {
			equal(sectors.takeNext(sector - 1), sector);
			others.set(sector, USED);
			others.worn(sector, 1);
			others.next[sector] = END;
			others.next[sector - 1] = sector;
		}
		equal(sectors.pointer, 7);
		for (const each of [sectors, others]) {
			equal(each.free, 37);
			equal(each.clean, 37);
		}
		deepEqual(Array.from(sectors.states), Array.from(others.states));
		deepEqual(Array.from(sectors.next), Array.from(others.next));
		deepEqual(Array.from(sectors.wear), Array.from(others.wear));
		deepEqual(Array.from(sectors.blocks.taken), Array.from(others.blocks.taken));
		deepEqual(Array.from(sectors.blocks.clean), Array.from(others.blocks.clean));
	});

	it("go on with a chain only where they are erased, of its block, and can be worn by one more", () => {
		const sectors = new Sectors(40, 20);
		for (let i = 0; i < 40; i++) sectors.set(i, CLEAN);
		equal(sectors.takeNext(11), -1, "another block");
		equal(sectors.takeNext(39), -1, "behind the last");
		sectors.wear[20] = 255;
		equal(sectors.takeNext(19), -1, "worn");
		for (const state of [DIRTY, UNKNOWN, USED, BAD]) {
			sectors.set(30, state);
			equal(sectors.takeNext(29), -1, `state ${state}`);
		}
		sectors.wear[20] = 254;
		equal(sectors.takeNext(19), 20);
		equal(sectors.wear[20], 255);
	});

	it("are counted as free, erased or not, and as taken in their block, through every change", () => {
		const sectors = inStates("????");
		for (const [state, free, clean] of [
			[BAD, 3, 0],
			[DIRTY, 4, 0],
			[CLEAN, 4, 1],
			[USED, 3, 0],
			[BAD, 3, 0],
			[CLEAN, 4, 1],
		]) {
			const taken = sectors.blocks.taken[0];
			const before = sectors.free;
			sectors.set(1, state);
			deepEqual([sectors.free, sectors.clean, sectors.blocks.clean[0]], [free, clean, clean]);
			equal(sectors.blocks.taken[0] - taken, before - free);
		}
	});

	it("have a pointer that goes from the last one to the first", () => {
		const sectors = inStates("????");
		for (const [sector, pointer] of [
			[3, 3],
			[4, 0],
		]) {
			sectors.pointTo(sector);
			equal(sectors.pointer, pointer);
		}
	});

	it("keep count of wear up to 255, then less what all have in common, or half where that is nothing", () => {
		for (const [before, times, after] of [
			[[254, 0, 9], 1, [255, 0, 9]],
			[[255, 10, 20], 1, [246, 0, 10]],
			[[255, 10, 20], 200, [255, 0, 10]],
			[[200, 20, 10], 100, [255, 10, 0]],
			[[255, 0, 9], 1, [128, 0, 4]],
		] as const) {
			const sectors = inStates("???");
			sectors.wear.set(before);
			sectors.worn(0, times);
			deepEqual(Array.from(sectors.wear), [...after]);
		}
	});

	it("that were handed out before the start are counted from the lease on, those that are free", () => {
		for (const [letters, first, times, wear, pointer] of [
			["?x?d?", 1, 2, [0, 0, 1, 1, 0], 4],
			["?x?d?", 3, 3, [1, 0, 0, 1, 1], 1],
			["?x?d?", 3, 0, [0, 0, 0, 0, 0], 3],
			["xxxx", 2, 3, [0, 0, 0, 0], 2],
		] as const) {
			const sectors = inStates(letters);
			sectors.wornFrom(first, times);
			deepEqual(Array.from(sectors.wear), [...wear]);
			equal(sectors.pointer, pointer);
		}
	});

	it("that are believed blank no more are those of a span, round the end", () => {
		for (const [sector, first, span, within] of [
			[5, 5, 0, false],
			[5, 5, 1, true],
			[6, 5, 1, false],
			[4, 5, 4, false],
			[1, 38, 5, true],
			[2, 38, 5, true],
			[3, 38, 5, false],
		] as const) {
			equal(new Sectors(40, 0).within(sector, first, span), within, `${sector} in ${span} from ${first} on`);
		}
	});

	it("of a lease are passed over after a start, and one more, or three where rounds would come to the same ones", () => {
		for (const [count, first, span, pointer] of [
			[40, 5, 16, 22],
			[30, 5, 16, 22],
			[34, 5, 16, 24],
			[40, 30, 10, 1],
			[40, 20, 19, 0],
		]) {
			const sectors = new Sectors(count, 0);
			sectors.leaseFirst = first;
			sectors.leaseSpan = span;
			sectors.skipLease();
			equal(sectors.pointer, pointer, `${span} of ${count} from ${first} on`);
		}
		const full = inStates("xxxxxxxx");
		full.leaseFirst = 3;
		full.leaseSpan = 2;
		full.skipLease();
		equal(full.pointer, 5, "none is free");
	});

	it("of a lease are sixteen, more where some are in use or others write close by, but 64 at most", () => {
		for (const { first, used = [], open = [], lease } of [
			{ first: 10, lease: [10, 16] },
			{ first: 195, lease: [195, 5] },
			{ first: 10, used: [[10, 11]], lease: [10, 16] },
			{ first: 10, used: [[11, 14]], lease: [10, 19] },
			{
				first: 10,
				used: [
					[12, 13],
					[26, 27],
				],
				lease: [10, 18],
			},
			{ first: 10, used: [[11, 200]], lease: [10, 64] },
			{ first: 150, used: [[151, 200]], lease: [150, 50] },
			{ first: 10, open: [5], lease: [5, 21] },
			{ first: 10, open: [20], lease: [10, 26] },
			{ first: 10, open: [10, 100], lease: [10, 16] },
			{ first: 20, open: [30, 5], lease: [5, 41] },
			{ first: 100, open: [52], lease: [52, 64] },
			{ first: 100, open: [51], lease: [100, 16] },
			{ first: 100, open: [148], lease: [100, 64] },
			{ first: 100, open: [149], lease: [100, 16] },
			{ first: 150, open: [190], lease: [150, 50] },
		]) {
			const sectors = new Sectors(200, 0);
			for (const [from, to] of used) for (let sector = from; sector < to; sector++) sectors.set(sector, USED);
			sectors.open.set(open);
			sectors.startLease(first);
			deepEqual([sectors.leaseFirst, sectors.leaseSpan], lease);
		}
		equal(new Sectors(4, 0).open[0], END);
	});
});

describe("pattern store: blocks that are free", () => {
	it("come in turn from where they start on, round the end; what the data begin or end in is none", () => {
		for (const [sectors, start, from, block] of [
			[48, 32, 0, 0],
			[48, 32, 1, 1],
			[48, 32, 16, 1],
			[48, 32, 20, 2],
			[48, 32, 33, 0],
			[60, 20, 0, 1],
			[60, 20, 12, 1],
			[60, 20, 13, 2],
			[60, 20, 45, 1],
			[44, 32, 17, 0],
			[20, 20, 0, -1],
		]) {
			const blocks = new Blocks(sectors, start);
			equal(blocks.nextFree(from), block, `${sectors} sectors behind ${start}, from ${from} on`);
		}
	});

	it("are free no more once one does not erase, however often it is found out, until everything is forgotten", () => {
		const blocks = new Blocks(48, 32);
		for (let i = 0; i < 5; i++) {
			blocks.neverWhole(1);
			deepEqual(Array.from(blocks.taken), [0, 64, 0]);
			equal(blocks.nextFree(1), 2);
		}
		blocks.clear();
		equal(blocks.nextFree(1), 1);
	});
});

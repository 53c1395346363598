import { USED } from "../../../modules/storage/sectors.js";
import { deepEqual, equal, ok } from "../../support/assert.js";
import { Replayed } from "../../support/replayed.js";

/** "a" in sectors 3, 1 and 2, then "b" in 5 and 6: records 1 and 2. */
function two(): Replayed {
	const replayed = new Replayed();
	ok(replayed.put("a", [3, 1, 2]));
	ok(replayed.put("b", [5, 6]));
	return replayed;
}

/** What is in use is what the patterns have, no more and no less. */
function check(replayed: Replayed, stored: string, ...lost: readonly string[]): void {
	equal(replayed.stored, stored);
	const chains = stored.split(/[^0-9]+/).filter((number) => number !== "");
	const used = chains.map(Number).sort((a, b) => a - b);
	deepEqual(replayed.inState(USED), used);
	deepEqual(replayed.lost.names, lost);
	equal(replayed.sectors.free, replayed.sectors.count - used.length);
}

describe("pattern store: sectors of patterns that are read back", () => {
	it("are those of the record, in its order", () => {
		check(two(), "a:3,1,2 b:5,6");
	});

	for (const [title, chain] of [
		["the first is out of range", [46, 7]],
		["another is out of range", [7, 8, 46]],
		["one is far out of range", [7, 0xfffe]],
	] as const) {
		it(`are not taken where ${title}, nor any other of that pattern`, () => {
			const replayed = two();
			ok(!replayed.put("c", chain));
			check(replayed, "a:3,1,2 b:5,6");
			ok(replayed.put("c", [7, 8, 45]));
			check(replayed, "a:3,1,2 b:5,6 c:7,8,45");
		});
	}

	for (const [title, chain] of [
		["at once", [7, 7]],
		["later", [7, 8, 7]],
	] as const) {
		it(`are not taken where one is there twice, ${title}`, () => {
			const replayed = two();
			ok(!putList(replayed, chain));
			check(replayed, "a:3,1,2 b:5,6");
		});
	}

	it("are not taken where one is there twice that a deleted pattern had", () => {
		const replayed = new Replayed();
		ok(replayed.put("a", [7]));
		ok(replayed.delete(1));
		ok(!putList(replayed, [7, 7]));
		check(replayed, "");
		equal(replayed.directory.count, 0);
	});

	for (const [chain, stored, lost] of [
		[[3], "b:5,6 c:3", "a"],
		[[9, 2], "b:5,6 c:9,2", "a"],
		[[9, 1, 10], "b:5,6 c:9,1,10", "a"],
		[[6, 9], "a:3,1,2 c:6,9", "b"],
	] as const) {
		it(`cost a pattern that still has one of ${chain} all of its own`, () => {
			const replayed = two();
			ok(replayed.put("c", chain));
			check(replayed, stored, lost);
		});
	}

	it("cost both patterns of which each has one", () => {
		const replayed = two();
		ok(replayed.put("c", [2, 5]));
		check(replayed, "c:2,5", "a", "b");
	});

	it("may be those of the same name's old version, which then is not lost", () => {
		const replayed = two();
		ok(replayed.put("a", [2, 8]));
		check(replayed, "a:2,8 b:5,6");
		ok(replayed.put("a", [9]));
		check(replayed, "a:9 b:5,6");
	});

	describe("when one has moved", () => {
		for (const [index, stored] of [
			[0, "a:8,1,2 b:5,6"],
			[1, "a:3,8,2 b:5,6"],
			[2, "a:3,1,8 b:5,6"],
		] as const) {
			it(`are the same ones but for number ${index}`, () => {
				const replayed = two();
				const before = replayed.worn;
				ok(replayed.move(1, index, 8));
				check(replayed, stored);
				equal(replayed.worn, `${before === "" ? "" : `${before} `}8:1`);
			});
		}

		for (const [title, target, index, to] of [
			["the list is shorter", 1, 3, 8],
			["the list is much shorter", 2, 60_000, 8],
			["the new place is out of range", 1, 0, 46],
			["the new place is far out of range", 1, 0, 0xffff],
			["the pattern has that place already", 1, 0, 2],
			["the place is the same", 1, 1, 1],
			["no such pattern is there", 9, 0, 8],
		] as const) {
			it(`are as before where ${title}`, () => {
				const replayed = two();
				const { worn } = replayed;
				ok(!replayed.move(target, index, to));
				check(replayed, "a:3,1,2 b:5,6");
				equal(replayed.worn, worn);
			});
		}

		it("cost the other pattern that has that place", () => {
			const replayed = two();
			ok(replayed.move(1, 1, 6));
			check(replayed, "a:3,6,2", "b");
			const other = two();
			ok(other.move(2, 0, 3));
			check(other, "b:3,6", "a");
			ok(other.move(2, 1, 45));
			check(other, "b:3,45", "a");
		});
	});

	it("are free again when the pattern is deleted, and may be had by others", () => {
		const replayed = two();
		ok(replayed.delete(1));
		check(replayed, "b:5,6");
		ok(!replayed.delete(1));
		ok(replayed.put("c", [1, 2, 3]));
		check(replayed, "b:5,6 c:1,2,3");
	});
});

/** Has a PUT of "c" with a list that no chain has take effect. */
function putList(replayed: Replayed, list: readonly number[]): boolean {
	const { record } = replayed;
	const once = [...new Set([...list, 20, 21, 22])].slice(0, list.length);
	// On the device the class is frozen, so that an assignment would be refused.
	Object.defineProperty(record, "sector", { value: (index: number) => list[index], configurable: true });
	const taken = replayed.put("c", once);
	Reflect.deleteProperty(record, "sector");
	return taken;
}

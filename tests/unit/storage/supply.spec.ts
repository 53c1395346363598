import { MemoryPool } from "../../../modules/core/memory-pool.js";
import { CLEAN, DIRTY, END, UNKNOWN, USED } from "../../../modules/storage/sectors.js";
import { Volume } from "../../../modules/storage/volume.js";
import { deepEqual, equal, ok } from "../../support/assert.js";
import { NorFlash } from "../../support/nor-flash.js";

/** Sectors in a block. */
const BLOCK = 16;

/** A store's parts on a new flash of four blocks of data, with sectors of a length for which its journal takes one block. */
function supplied() {
	const flash = new NorFlash({ sectors: 5 * BLOCK, sectorLength: 640 });
	const volume = new Volume(flash, new MemoryPool(1), 1);
	const { sectors, supply } = volume;
	equal(volume.geometry.dataStart, BLOCK);
	/** Erases of data, as "first+count", counted from the first data sector. */
	const erases: string[] = [];
	const erase = flash.eraseBlock;
	flash.eraseBlock = (start: number, end: number): void => {
		if (start >= BLOCK) erases.push(`${start - BLOCK}+${end - start}`);
		erase.call(flash, start, end);
	};
	/** Sets the state of all of a block's sectors, or of the first `count`. */
	const set = (block: number, state: number, count = BLOCK): void => {
		for (let i = 0; i < count; i++) sectors.set(block * BLOCK + i, state);
	};
	return { flash, sectors, supply, erases, set };
}

describe("pattern store: the sector that an upload gets", () => {
	it("is the next erased one of its block; the pointer stays where the next upload is to start", () => {
		const { sectors, supply, set } = supplied();
		for (let block = 0; block < 4; block++) set(block, CLEAN);
		for (const [last, expected, sector, pointer] of [
			[END, 1, 0, 1],
			[0, 1, 1, 2],
			[END, 20, 16, 32],
			[16, 19, 17, 32],
			[1, 1, 2, 32],
			[END, 1, 32, 33],
		]) {
			const behind = last === END ? -1 : sectors.takeNext(last);
			equal(behind < 0 ? supply.take(last, expected) : behind, sector);
			equal(sectors.pointer, pointer);
		}
	});

	it("goes on with the chain, also where the one behind the last is taken", () => {
		const { sectors, supply, set } = supplied();
		set(0, CLEAN);
		sectors.set(1, USED);
		equal(supply.take(END, 3), 0);
		equal(sectors.takeNext(0), -1);
		equal(supply.take(0, 2), 2);
		deepEqual(Array.from(sectors.next.subarray(0, 3)), [2, 0, END]);
	});

	it("is believed to be dirty, however it reads, once that is known", () => {
		const { sectors, supply } = supplied();
		ok(supply.look(3));
		sectors.set(3, DIRTY);
		ok(!supply.look(3));
	});

	it("is a block's first for a large pattern: one that is clean sooner than one that is not, the first block too", () => {
		for (const clean of [0, 2]) {
			const { sectors, supply, erases, set } = supplied();
			for (let block = 0; block < 4; block++) set(block, block === clean ? CLEAN : DIRTY);
			sectors.pointTo(5);
			equal(supply.take(END, 20), clean * BLOCK);
			equal(sectors.pointer, (clean + 1) * BLOCK);
			deepEqual(erases, []);
		}
	});

	it("is a single one where enough of those are clean, sooner than one of a block that is not", () => {
		for (const [expected, sector] of [
			[16, 1],
			[17, 32],
		]) {
			const { supply, sectors, set } = supplied();
			for (const block of [0, 1]) {
				set(block, CLEAN, 9);
				sectors.set(block * BLOCK, USED);
				for (let i = 9; i < BLOCK; i++) sectors.set(block * BLOCK + i, USED);
			}
			equal(sectors.clean, 16);
			set(2, DIRTY);
			equal(supply.take(END, expected), sector);
		}
	});

	it("is one of a block that is erased whole where nothing is clean, and the pointer goes behind it alone", () => {
		const { sectors, supply, erases, set } = supplied();
		for (let block = 0; block < 4; block++) set(block, DIRTY);
		sectors.set(0, USED);
		equal(supply.take(END, 1), 16);
		equal(sectors.pointer, 17);
		deepEqual(erases, ["16+16"]);
	});

	it("is a single one, though there is a block, once that has been handed out three times more often", () => {
		for (const [wear, sector] of [
			[2, 16],
			[3, 1],
		]) {
			const { sectors, supply, set } = supplied();
			sectors.set(0, USED);
			set(1, CLEAN);
			for (let i = 1; i < BLOCK; i++) sectors.set(i, CLEAN);
			for (let i = BLOCK; i < 2 * BLOCK; i++) sectors.wear[i] = wear;
			equal(supply.take(END, 16), sector);
		}
	});

	it("has all of its block looked at, and nothing else", () => {
		const { sectors, supply, erases } = supplied();
		sectors.pointTo(1);
		equal(supply.take(END, 16), 16);
		equal(sectors.clean, 15);
		equal(sectors.states[32], UNKNOWN);
		deepEqual(erases, []);
	});

	it("is erased by itself where its block does not erase as one, and no other block is tried for it", () => {
		const { flash, sectors, supply, erases, set } = supplied();
		for (let block = 0; block < 4; block++) set(block, DIRTY);
		flash.refusing.add(BLOCK + 7);
		equal(supply.take(END, 16), 0);
		deepEqual(erases, ["0+16", "0+1"]);
		equal(sectors.clean, 0);
		ok(sectors.blocks.nextFree(0) > 0, "the block is none any more");
	});
});

describe("pattern store: a sector's block is erased with it", () => {
	/** What is erased around the block's last sector, with so many clean ones in front. */
	function erasesOf(pointer: number, clean: number, most = BLOCK, taken = 0): string {
		const { sectors, supply, erases, set } = supplied();
		set(1, DIRTY);
		set(1, CLEAN, clean);
		if (taken > 0) sectors.set(30, USED);
		sectors.pointTo(pointer);
		supply.eraseAround(31, most);
		return erases.join();
	}

	it("unless it is being handed out, and some of it is clean", () => {
		for (const pointer of [0, 16, 32, 50]) equal(erasesOf(pointer, 1), "16+16", `pointer ${pointer}`);
		for (const pointer of [17, 24, 31]) {
			equal(erasesOf(pointer, 1), "31+1", `pointer ${pointer}`);
			equal(erasesOf(pointer, 0), "16+16", `pointer ${pointer}, nothing clean`);
		}
	});

	it("where twelve are dirty, as many may be erased at once, and none is in use", () => {
		equal(erasesOf(0, 4), "16+16");
		equal(erasesOf(0, 5), "31+1");
		equal(erasesOf(0, 0, 15), "31+1");
		equal(erasesOf(0, 0, BLOCK, 1), "31+1");
	});

	it("and what was clean of it counts as handed out once more: it is worn for nothing", () => {
		const { sectors, supply, set } = supplied();
		set(1, DIRTY);
		set(1, CLEAN, 4);
		supply.eraseAround(31, BLOCK);
		deepEqual(Array.from(sectors.wear.subarray(16, 22)), [1, 1, 1, 1, 0, 0]);
		equal(sectors.clean, BLOCK);
	});

	it("where four are dirty, when an upload waits for it", () => {
		for (const [clean, erased] of [
			[12, "16+16"],
			[13, ""],
		] as const) {
			const { sectors, supply, erases, set } = supplied();
			for (const block of [0, 2, 3]) set(block, USED);
			set(1, DIRTY);
			set(1, CLEAN, clean);
			equal(supply.take(END, 16), 16);
			equal(erases.join(), erased);
			equal(sectors.states[16], USED);
		}
	});
});

import { FLASH_FAILED } from "../../../modules/core/errors.js";
import { MemoryPool } from "../../../modules/core/memory-pool.js";
import { Mover } from "../../../modules/storage/mover.js";
import { CLEAN, DIRTY, USED } from "../../../modules/storage/sectors.js";
import { Upload } from "../../../modules/storage/upload.js";
import { Volume } from "../../../modules/storage/volume.js";
import { deepEqual, equal, ok, throws } from "../../support/assert.js";
import { mount, pattern, read, refused, SECTOR, smallFlash, upload } from "../../support/store.js";

/** More than two sectors. */
const STILL = pattern(2 * SECTOR + 9, 1);

/**
 * A store's parts with a pattern in sectors 0 to 2, or from 1 on, that has lain still for `age` turns more than a whole
 * round; of the rest nothing is clean yet.
 */
function still({ age = 0, first = 0 } = {}) {
	const flash = smallFlash(40);
	const volume = new Volume(flash, new MemoryPool(1), 1);
	const { sectors, directory } = volume;
	sectors.pointTo(first);
	upload(new Upload(volume, false), "still", STILL);
	for (let i = 0; i < sectors.count; i++) if (sectors.states[i] !== USED) sectors.set(i, DIRTY);
	sectors.turn = directory.turns[0] + sectors.count + age;
	sectors.wear.fill(1);
	const mover = new Mover(volume);
	/** Makes a sector clean, so often handed out. */
	const clean = (sector: number, wear: number): void => {
		sectors.set(sector, CLEAN);
		sectors.wear[sector] = wear;
	};
	/** Where the pattern's sectors are. */
	const chain = (): number[] => {
		const head = directory.heads[directory.order[0]];
		return [head, sectors.next[head], sectors.next[sectors.next[head]]];
	};
	return { flash, volume, sectors, directory, mover, clean, chain };
}

describe("pattern store: the sector that moves", () => {
	it("is the least worn, and goes to the most worn that is erased, the first sector of all too", () => {
		for (const [first, free, target] of [
			[
				0,
				[
					[5, 20],
					[6, 30],
					[7, 10],
				],
				6,
			],
			[
				0,
				[
					[5, 30],
					[6, 20],
					[7, 10],
				],
				5,
			],
			[
				1,
				[
					[0, 30],
					[6, 20],
					[7, 10],
				],
				0,
			],
		] as const) {
			const { flash, sectors, mover, clean, chain } = still({ first });
			for (const [sector, wear] of free) clean(sector, wear);
			sectors.wear[first] = 9;
			sectors.wear[first + 1] = 2;
			sectors.wear[first + 2] = 5;
			// What is in use or dirty is no place to go to, however worn.
			sectors.wear[12] = 200;
			ok(mover.step());
			deepEqual(chain(), [first, target, first + 2]);
			equal(sectors.states[first + 1], DIRTY);
			equal(sectors.wear[target], 31);
			deepEqual(read(mount(flash), "still"), STILL);
		}
	});

	it("is none that has been in its place for less than a round, or is not eight times behind", () => {
		for (const [age, wear, moves] of [
			[0, 9, true],
			[0, 8, false],
			[-1, 9, false],
			[30, 50, true],
		] as const) {
			const { flash, mover, clean } = still({ age });
			clean(5, wear);
			const { operations } = flash;
			equal(mover.step(), moves, `${age}, ${wear}`);
			equal(flash.operations > operations, moves);
		}
	});

	it("is none where nothing is erased, though there was a move before", () => {
		const { flash, sectors, mover, clean } = still();
		sectors.wear[1] = 200;
		clean(5, 30);
		ok(mover.step());
		const { operations } = flash;
		ok(!mover.step());
		equal(flash.operations, operations);
	});

	it("is none of a pattern that was deleted", () => {
		const { volume, sectors, directory, mover, clean, chain } = still();
		upload(new Upload(volume, false), "z", pattern(SECTOR, 2));
		const slot = directory.order[1];
		const deleted = directory.heads[slot];
		volume.remove(slot);
		sectors.turn += 2 * sectors.count;
		sectors.wear[deleted] = 0;
		clean(20, 30);
		ok(mover.step());
		ok(chain().includes(20));
	});

	it("is copied as far as the pattern goes", () => {
		const { flash, volume, sectors, mover, clean, chain } = still();
		const lengths: number[] = [];
		const write = flash.write;
		flash.write = (view: Uint8Array, offset: number): void => {
			if (offset >= volume.geometry.dataOffset) lengths.push(view.length);
			write.call(flash, view, offset);
		};
		for (const [index, sector] of [
			[2, 5],
			[0, 6],
		]) {
			sectors.wear.fill(1);
			for (const [i, at] of chain().entries()) sectors.wear[at] = i === index ? 1 : 4;
			clean(sector, 30);
			ok(mover.step());
			equal(chain()[index], sector);
		}
		deepEqual(lengths, [9, SECTOR]);
		deepEqual(read(mount(flash), "still"), STILL);
	});

	it("stays where it is when the journal fails, and what its copy was written to must be erased", () => {
		const { flash, volume, sectors, mover, clean, chain } = still();
		clean(5, 30);
		const { free } = sectors;
		const write = flash.write;
		flash.write = (view: Uint8Array, offset: number): void => {
			write.call(flash, view, offset);
			if (offset >= volume.geometry.dataOffset) flash.failing = true;
		};
		throws(() => mover.step(), refused(FLASH_FAILED));
		deepEqual(chain(), [0, 1, 2]);
		equal(sectors.states[5], DIRTY);
		equal(sectors.free, free);
		flash.failing = false;
		deepEqual(read(mount(flash), "still"), STILL);
	});
});

import { crc32 } from "../../../modules/bytes/bytes.js";
import { FLASH_FAILED } from "../../../modules/core/errors.js";
import { MemoryPool } from "../../../modules/core/memory-pool.js";
import { BlockCache } from "../../../modules/storage/block-cache.js";
import { Geometry } from "../../../modules/storage/geometry.js";
import { Partition } from "../../../modules/storage/partition.js";
import { deepEqual, equal, ok, throws } from "../../support/assert.js";
import { NorFlash } from "../../support/nor-flash.js";
import { pattern, refused, smallFlash } from "../../support/store.js";

/** A flash whose sectors are no multiple of what is looked at in one go, and the lengths of the reads of it. */
function noted() {
	const flash = new NorFlash({ sectors: 40, sectorLength: 1200 });
	const partition = new Partition(flash);
	const reads: number[] = [];
	const read = flash.read;
	flash.read = (view: Uint8Array, offset: number): number => {
		reads.push(view.length);
		return read.call(flash, view, offset);
	};
	return { flash, partition, reads };
}

describe("pattern store: the partition", () => {
	it("is looked at in pieces of 512 bytes, no further than is asked or needed", () => {
		const { flash, partition, reads } = noted();
		const { size } = flash.status();
		ok(partition.blank(size - 1200, size));
		deepEqual(reads, [512, 512, 176]);
		flash.corrupt(size - 1, 0xfe);
		ok(partition.blank(size - 1200, size - 1));
		ok(!partition.blank(size - 1200, size));
		flash.corrupt(size - 1200, 0);
		reads.length = 0;
		ok(!partition.blank(size - 1200, size));
		deepEqual(reads, [512], "what is seen at once is seen in the first piece");
	});

	it("compares and sums up what takes several pieces", () => {
		const { flash, partition } = noted();
		const bytes = pattern(1200, 1);
		const start = flash.status().size - 1200;
		partition.program(bytes, start);
		ok(partition.same(bytes, 1200, start));
		equal(partition.crc(7, start, start + 1200), crc32(7, bytes, 0, 1200));
		for (const at of [0, 511, 512, 1023, 1024, 1199]) {
			bytes[at] ^= 1;
			ok(!partition.same(bytes, 1200, start), `byte ${at}`);
			ok(partition.same(bytes, at, start), `up to byte ${at}`);
			bytes[at] ^= 1;
		}
	});

	it("has one refusal for whatever way the flash fails in", () => {
		const flash = smallFlash();
		const partition = new Partition(flash);
		equal(partition.spoil(0), true);
		flash.off = true;
		const view = new Uint8Array(4);
		throws(() => partition.read(view, 0), refused(FLASH_FAILED));
		throws(() => partition.program(view, 0), refused(FLASH_FAILED));
		throws(() => partition.erase(0, 1), refused(FLASH_FAILED));
		throws(() => partition.blank(0, 4), refused(FLASH_FAILED));
		equal(partition.spoil(0), false);
	});

	it("has records as long as its patterns and their wear can need, and areas that hold them", () => {
		for (const [sectors, sectorLength, maxRecord, areaSectors] of [
			[1248, 4096, 316, 16],
			[64, 512, 188, 9],
			[36, 512, 148, 9],
			[171, 512, 404, 11],
		]) {
			const geometry = new Geometry(new NorFlash({ sectors, sectorLength }));
			deepEqual([geometry.maxRecord, geometry.areaSectors], [maxRecord, areaSectors], `${sectors} of ${sectorLength}`);
		}
	});

	it("needs a single sector for data, and says what is wrong where it has none", () => {
		equal(new Geometry(smallFlash(19)).dataSectors, 1);
		throws(
			() => new Geometry(smallFlash(18)),
			(error) => String(error).includes("flash of 18 sectors is too small"),
		);
	});
});

describe("pattern store: the cache", () => {
	it("needs a block, and a pool that has as many as it is to take", () => {
		const partition = new Partition(smallFlash());
		for (const [blocks, message] of [
			[0, "at least one cache block"],
			[2, "no pool block left"],
		] as const) {
			throws(
				() => new BlockCache(partition, new MemoryPool(1), blocks),
				(error) => String(error).includes(message),
			);
		}
	});

	it("finds what it holds in each of its blocks, and gives the one up that was not used for the longest time", () => {
		for (const [blocks, gets, hits, held] of [
			[1, [5, 5, 6, 6, 5], 2, 1],
			[2, [5, 5, 6, 5, 7, 5, 6], 3, 2],
		] as const) {
			const cache = new BlockCache(new Partition(smallFlash()), new MemoryPool(2), blocks);
			for (const sector of gets) cache.get(sector);
			deepEqual([cache.hits, cache.misses, cache.held], [hits, gets.length - hits, held]);
			cache.sweep(new Uint8Array(46));
			equal(cache.held, held, "all are in use");
			cache.sweep(new Uint8Array(46).fill(1));
			equal(cache.held, 0);
		}
	});
});

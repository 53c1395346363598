import { readU32 } from "../../../modules/bytes/bytes.js";
import { HeapMonitor } from "../../../modules/core/heap-monitor.js";
import type { MemoryPool } from "../../../modules/core/memory-pool.js";
import type { PatternStore } from "../../../modules/storage/pattern-store.js";
import { Counters } from "../../../modules/transfer/counters.js";
import { Metrics } from "../../../modules/transfer/metrics.js";
import { equal } from "../../support/assert.js";
import { hex, toHex } from "../../support/hex.js";
import { Bench } from "../../support/transfer.js";

describe("the metrics record", () => {
	it("has every figure at its offset", () => {
		const bench = new Bench();
		const session = bench.session();
		for (const message of ["10 0001 61", "11 0002 aabb", "12 0000", "7f 0000", "10 0001 62", "11 0003 010203"]) {
			bench.say(session, message);
		}
		bench.counters.clients = 2;
		bench.pool.alloc();
		bench.now = 61_999;
		const answer = hex(bench.say(session, "30 0000"));
		equal(answer.length, 3 + 72);
		const value = answer.subarray(3);
		const u16 = (at: number) => value[at] * 256 + value[at + 1];
		equal(value[0], 1, "kind");
		equal(value[1], 1, "layout");
		equal(value[2], 1, "RECEIVING");
		equal(value[3], 2, "clients");
		equal(readU32(value, 4), 61, "uptime");
		equal(readU32(value, 8), 1000, "heap size");
		equal(readU32(value, 12), 600, "heap free");
		equal(readU32(value, 16), 600, "heap least free");
		equal(readU32(value, 20), 0, "heap largest free block");
		equal(u16(24), 3, "pool blocks");
		equal(u16(26), bench.pool.inUse, "pool blocks in use");
		equal(u16(28), bench.pool.highest, "pool blocks at the highest");
		equal(u16(30), 0, "pool requests refused");
		equal(readU32(value, 32), bench.store.cacheHits, "cache hits");
		equal(readU32(value, 36), bench.store.cacheMisses, "cache misses");
		equal(readU32(value, 40), bench.store.cacheBytes, "cache bytes");
		equal(u16(44), 1, "patterns stored");
		equal(u16(46), 64, "patterns that fit");
		equal(readU32(value, 48), bench.store.usedBytes, "storage used");
		equal(readU32(value, 52), bench.store.sizeBytes, "storage size");
		equal(readU32(value, 56), 7, "frames");
		equal(readU32(value, 60), 1, "errors");
		equal(readU32(value, 64), 3, "bytes of this upload");
		equal(readU32(value, 68), bench.store.cleanBytes, "bytes at full speed");
	});

	it("has those of the pool and the store at theirs, whatever they are", () => {
		const pool = { total: 0x0102, inUse: 0x0304, highest: 0x0506, refused: 0x0708 };
		const store = {
			cacheHits: 0x11121314,
			cacheMisses: 0x21222324,
			cacheBytes: 0x31323334,
			count: 0x4142,
			capacity: 0x4344,
			usedBytes: 0x51525354,
			sizeBytes: 0x61626364,
			cleanBytes: 0x71727374,
		};
		const heap = new HeapMonitor({ size: () => 1000, used: () => 400, largestFree: () => 0x0a0b0c0d });
		const metrics = new Metrics(heap, pool as MemoryPool, store as PatternStore, new Counters());
		const target = new Uint8Array(3 + 72);
		equal(metrics.write(target, 0, 0, 0, 0), target.length);
		equal(toHex(target, 23, 59), "0a0b0c0d0102030405060708111213142122232431323334414243445152535461626364");
		equal(toHex(target, 71, 75), "71727374");
		for (const [refused, told] of [
			[0xfffe, "fffe"],
			[0xffff, "ffff"],
			[0x12345, "ffff"],
		] as const) {
			pool.refused = refused;
			metrics.write(target, 0, 0, 0, 0);
			equal(toHex(target, 33, 35), told, "no more than there is room for");
		}
	});

	it("reports a dropped upload's session as IDLE", () => {
		const bench = new Bench();
		const session = bench.session();
		bench.say(session, "10 0001 61");
		bench.say(session, "7f 0000");
		const answer = bench.say(session, "30 0000");
		equal(answer.slice(10, 12), "00");
		equal(answer.slice(6 + 128, 6 + 136), "00000000");
	});
});

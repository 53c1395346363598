import { writeU16, writeU32 } from "../core/big-endian.js";
import type { HeapMonitor } from "../core/heap-monitor.js";
import type { MemoryPool } from "../core/memory-pool.js";
import type { PatternStore } from "../storage/pattern-store.js";
import { HEADER_SIZE, STATUS, writeHeader } from "../tlv/frame.js";
import type { Counters } from "./counters.js";

/** Bytes of the metrics record. */
export const METRICS_SIZE = 72;
/** First byte of a STATUS value that is the metrics record; 0x00 says "done" (docs/protocol.md, "STATUS"). */
const METRICS_KIND = 0x01;
/** Second byte: the layout below. */
const METRICS_LAYOUT = 1;

/** Where the figures of a STATUS come from. */
export class Metrics {
	constructor(
		private readonly heap: HeapMonitor,
		private readonly pool: MemoryPool,
		private readonly store: PatternStore,
		private readonly counters: Counters,
	) {}

	/**
	 * Writes the STATUS frame with the 72-byte metrics record, integers big-endian; returns its end.
	 * @param state the asking session's state
	 * @param uploaded bytes of the asking session's upload that are on flash
	 * @param now milliseconds since boot
	 */
	write(target: Uint8Array, start: number, state: number, uploaded: number, now: number): number {
		const { heap, pool, store, counters } = this;
		heap.sample();
		const at = start + HEADER_SIZE;
		target[at] = METRICS_KIND;
		target[at + 1] = METRICS_LAYOUT;
		target[at + 2] = state;
		target[at + 3] = counters.clients;
		writeU32(target, at + 4, Math.floor(now / 1000));
		writeU32(target, at + 8, heap.size);
		writeU32(target, at + 12, heap.free);
		writeU32(target, at + 16, heap.leastFree);
		writeU32(target, at + 20, heap.largestFree);
		writeU16(target, at + 24, pool.total);
		writeU16(target, at + 26, pool.inUse);
		writeU16(target, at + 28, pool.highest);
		writeU16(target, at + 30, pool.refused);
		writeU32(target, at + 32, store.cacheHits);
		writeU32(target, at + 36, store.cacheMisses);
		writeU32(target, at + 40, store.cacheBytes);
		writeU16(target, at + 44, store.count);
		writeU16(target, at + 46, store.capacity);
		writeU32(target, at + 48, store.usedBytes);
		writeU32(target, at + 52, store.sizeBytes);
		writeU32(target, at + 56, counters.frames);
		writeU32(target, at + 60, counters.errors);
		writeU32(target, at + 64, uploaded);
		writeU32(target, at + 68, store.cleanBytes);
		const end = at + METRICS_SIZE;
		writeHeader(target, start, STATUS, end);
		return end;
	}
}

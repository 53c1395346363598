// biome-ignore-all lint/complexity/useMathMinMax: on XS a call costs ten times what a comparison does.
import { writeU32, writeWords } from "../bytes/bytes.js";
import type { HeapMonitor } from "../core/heap-monitor.js";
import type { MemoryPool } from "../core/memory-pool.js";
import type { PatternStore } from "../storage/pattern-store.js";
import { HEADER_SIZE, STATUS } from "../tlv/frame.js";
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
		const { refused } = pool;
		// The header, whose fourth byte is written over: all of it is one call.
		writeU32(target, start, (STATUS << 24) | (METRICS_SIZE << 8));
		const end = writeWords(
			target,
			start + HEADER_SIZE,
			(METRICS_KIND << 24) | (METRICS_LAYOUT << 16) | (state << 8) | counters.clients,
			now / 1000,
			heap.size,
			heap.free,
			heap.leastFree,
			heap.largestFree,
			(pool.total << 16) | pool.inUse,
			(pool.highest << 16) | (refused < 0xffff ? refused : 0xffff),
			store.cacheHits,
			store.cacheMisses,
			store.cacheBytes,
			(store.count << 16) | store.capacity,
			store.usedBytes,
			store.sizeBytes,
			counters.frames,
			counters.errors,
			uploaded,
			store.cleanBytes,
		);
		return end;
	}
}

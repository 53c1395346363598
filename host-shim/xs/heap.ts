/** `host-shim/platform/heap` on the XS host: the machine's own counters. */
import Heap from "xs/heap";

export function heapSize(): number {
	return Heap.allChunks + Heap.allSlots * Heap.slotBytes;
}

export function heapUsed(): number {
	return Heap.used();
}

/** What the desktop has beside is no figure of a K1. */
export function systemFree(): number {
	return 0;
}

export function systemLargest(): number {
	return 0;
}

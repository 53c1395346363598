/**
 * `host-shim/platform/heap` on Node. V8's heap is not the device's: the figures are real, but they are the whole process's and
 * say nothing about how much room a K1 has. The XS engine tells that.
 */
import { getHeapStatistics } from "node:v8";

/** The most that a STATUS can tell. */
const MOST = 0xffffffff;

export function heapSize(): number {
	return Math.min(getHeapStatistics().heap_size_limit, MOST);
}

export function heapUsed(): number {
	return Math.min(process.memoryUsage().heapUsed, MOST);
}

export function systemFree(): number {
	return 0;
}

export function systemLargest(): number {
	return 0;
}

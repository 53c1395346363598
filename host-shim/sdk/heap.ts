/** `host-shim/platform/heap` in every build with the Moddable SDK: heap.c. */

export function heapSize(this: unknown): number {
	return native("xs_prism_heap_size").call(this);
}

export function heapUsed(this: unknown): number {
	return native("xs_prism_heap_used").call(this);
}

export function systemFree(this: unknown): number {
	return native("xs_prism_system_free").call(this);
}

export function systemLargest(this: unknown): number {
	return native("xs_prism_system_largest").call(this);
}

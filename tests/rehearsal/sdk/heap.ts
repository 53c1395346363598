/** `host-shim/platform/heap` here: that it is asked for is seen, what it says is the device-class specs' business. */
export function heapSize(): number {
	return 157_696;
}

export function heapUsed(): number {
	return 60_000;
}

export function systemFree(): number {
	return 100_000;
}

export function systemLargest(): number {
	return 65_536;
}

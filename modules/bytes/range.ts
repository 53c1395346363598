/**
 * Refuses a range that does not lie in `bytes`.
 * @throws RangeError unless 0 <= start <= end <= bytes.length
 */
export function checkRange(bytes: Uint8Array, start: number, end: number): void {
	refuseUnless(start >= 0 && start <= end && end <= bytes.length);
}

/** @throws RangeError unless it is so */
export function refuseUnless(good: boolean): void {
	if (!good) throw new RangeError("range outside the bytes");
}

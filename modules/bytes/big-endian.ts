/** Numbers as the wire has them: big-endian. */
import { checkRange } from "./range.js";

/** Reads a u16. @throws RangeError outside the bytes, as all here */
export function readU16(bytes: Uint8Array, at: number): number {
	checkRange(bytes, at, at + 2);
	return (bytes[at] << 8) | bytes[at + 1];
}

/** Reads a u32. */
export function readU32(bytes: Uint8Array, at: number): number {
	checkRange(bytes, at, at + 4);
	return bytes[at] * 0x1000000 + ((bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]);
}

/** Writes a u16; a larger value is written as 65,535. Returns its end. */
export function writeU16(bytes: Uint8Array, at: number, value: number): number {
	checkRange(bytes, at, at + 2);
	const held = Math.min(value, 0xffff);
	bytes[at] = held >> 8;
	bytes[at + 1] = held;
	return at + 2;
}

/** Writes a u32; returns its end. Of a number that is none, it writes the whole part modulo 2^32. */
export function writeU32(bytes: Uint8Array, at: number, value: number): number {
	checkRange(bytes, at, at + 4);
	// A byte takes the lowest 8 bits of what is stored there.
	bytes[at] = value >>> 24;
	bytes[at + 1] = value >>> 16;
	bytes[at + 2] = value >>> 8;
	bytes[at + 3] = value;
	return at + 4;
}

/** Writes one u32 behind the other, as `writeU32` does; returns the end of the last. */
export function writeWords(bytes: Uint8Array, at: number, ...values: number[]): number {
	checkRange(bytes, at, at + 4 * values.length);
	let end = at;
	for (const value of values) end = writeU32(bytes, end, value);
	return end;
}

/** Numbers as the wire has them: big-endian. */

/** Reads a u16. */
export function readU16(bytes: Uint8Array, at: number): number {
	return (bytes[at] << 8) | bytes[at + 1];
}

/** Reads a u32. */
export function readU32(bytes: Uint8Array, at: number): number {
	return bytes[at] * 0x1000000 + ((bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]);
}

/** Writes a u32; returns its end. */
export function writeU32(bytes: Uint8Array, at: number, value: number): number {
	// A byte takes the lowest 8 bits of what is stored there.
	bytes[at] = value >>> 24;
	bytes[at + 1] = value >>> 16;
	bytes[at + 2] = value >>> 8;
	bytes[at + 3] = value;
	return at + 4;
}

/** Writes a u16; a larger value is written as 65,535. Returns its end. */
export function writeU16(bytes: Uint8Array, at: number, value: number): number {
	const held = Math.min(value, 0xffff);
	bytes[at] = held >> 8;
	bytes[at + 1] = held;
	return at + 2;
}

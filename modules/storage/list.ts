import { copy, writeWords } from "../bytes/bytes.js";
import { NAME_LENGTH } from "./geometry.js";

/**
 * Writes a LIST's value to target[start..): count u8, then for each pattern, as `order` has them, name length u8, name, size u32,
 * CRC-32 u32, both big-endian (docs/protocol.md, "LIST"). On XS it is a native: patterns are many, and calls are dear.
 * @param count how many of `order` there are; the others have an element a slot, `names` 32 bytes
 * @param sizes a Uint32Array's buffer, as natives take no typed array but of bytes (xsmc.c, _xsmcGetBuffer); so `crcs`
 * @returns the end
 * @throws RangeError where the target has no room, or an array has no such element
 */
export function writeList(
	target: Uint8Array,
	start: number,
	count: number,
	order: Uint8Array,
	names: Uint8Array,
	nameLengths: Uint8Array,
	sizes: ArrayBufferLike,
	crcs: ArrayBufferLike,
): number {
	const sizeOf = new Uint32Array(sizes);
	const crcOf = new Uint32Array(crcs);
	target[start] = count;
	let at = start + 1;
	for (let i = 0; i < count; i++) {
		const slot = order[i];
		const name = slot * NAME_LENGTH;
		const length = nameLengths[slot];
		target[at] = length;
		copy(target, at + 1, names, name, name + length);
		at = writeWords(target, at + 1 + length, sizeOf[slot], crcOf[slot]);
	}
	return at;
}

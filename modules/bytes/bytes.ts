/**
 * The byte work of the hot path, behind one specifier. This is the version for Node; on XS the build puts natives in
 * its place, since a byte loop in JavaScript costs some 1,800 instructions a byte there. Offsets are in bytes into
 * the given array and ends are exclusive; a range outside an array is a RangeError, and then nothing has been changed.
 */
import { checkRange } from "./range.js";

export { encodeBase64 } from "./base64.js";
export { readU16, readU32, writeU16, writeU32, writeWords } from "./big-endian.js";
export { crc32, crc32Combine } from "./crc32.js";
export { sha1 } from "./sha1.js";
export { encodeUtf8, utf8 } from "./utf8.js";

/**
 * Unmasks WebSocket payload in place: XORs bytes[start..end) with the four bytes at mask[maskStart..] (RFC 6455, 5.3).
 * @param phase which of the four mask bytes the first byte takes, 0 to 3
 * @returns the phase that the byte after the last one takes
 */
export function unmask(
	bytes: Uint8Array,
	start: number,
	end: number,
	mask: Uint8Array,
	maskStart: number,
	phase: number,
): number {
	checkRange(bytes, start, end);
	checkRange(mask, maskStart, maskStart + 4);
	for (let i = start; i < end; i++) bytes[i] ^= mask[maskStart + ((phase + i - start) & 3)];
	return (phase + end - start) & 3;
}

/** Copies source[start..end) to target[targetStart..]; the two may overlap. */
export function copy(target: Uint8Array, targetStart: number, source: Uint8Array, start: number, end: number): void {
	checkRange(source, start, end);
	checkRange(target, targetStart, targetStart + end - start);
	target.set(source.subarray(start, end), targetStart);
}

/** Byte order of a[aStart..aEnd) and b[bStart..bEnd): below, equal to or above 0; of two alike so far the shorter is first. */
export function compare(
	a: Uint8Array,
	aStart: number,
	aEnd: number,
	b: Uint8Array,
	bStart: number,
	bEnd: number,
): number {
	checkRange(a, aStart, aEnd);
	checkRange(b, bStart, bEnd);
	const lengthA = aEnd - aStart;
	const lengthB = bEnd - bStart;
	for (let i = 0; i < lengthA && i < lengthB; i++) {
		const difference = a[aStart + i] - b[bStart + i];
		if (difference !== 0) return difference;
	}
	return lengthA - lengthB;
}

/** Index of the first byte of bytes[start..end) that is `value`, or -1. */
export function find(bytes: Uint8Array, value: number, start: number, end: number): number {
	checkRange(bytes, start, end);
	const index = bytes.indexOf(value, start);
	return index < end ? index : -1;
}

/** Whether every byte of bytes[start..end) is `value`; true for none. */
export function filled(bytes: Uint8Array, value: number, start: number, end: number): boolean {
	checkRange(bytes, start, end);
	for (let i = start; i < end; i++) if (bytes[i] !== value) return false;
	return true;
}

/** The kinds of `allOf`, in its order; TEXT, the second, has all bytes from 80 up as well. */
const KINDS: readonly string[] = Object.freeze([
	"!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
	"\t !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~",
	"!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~",
	"!$%&'()*+,-.0123456789:;=ABCDEFGHIJKLMNOPQRSTUVWXYZ[]_abcdefghijklmnopqrstuvwxyz~",
	"0123456789",
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
]);
const TEXT = 1;

/**
 * Whether every byte of bytes[start..end) belongs to a kind; true for none.
 * @param kind one of http/characters.ts
 * @throws RangeError for another kind
 */
export function allOf(kind: number, bytes: Uint8Array, start: number, end: number): boolean {
	checkRange(bytes, start, end);
	const characters = KINDS[kind];
	if (characters === undefined) throw new RangeError("no such kind");
	for (let i = start; i < end; i++) {
		if (bytes[i] < 0x80 ? !characters.includes(String.fromCharCode(bytes[i])) : kind !== TEXT) return false;
	}
	return true;
}

/** Text of bytes[start..end), each byte one character U+0000 to U+00FF. */
export function decodeLatin1(bytes: Uint8Array, start: number, end: number): string {
	checkRange(bytes, start, end);
	let text = "";
	for (let i = start; i < end; i++) text += String.fromCharCode(bytes[i]);
	return text;
}

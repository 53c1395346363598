import { checkRange } from "./range.js";

/** The characters of base64 (RFC 4648, 4), by the six bits that each stands for. */
const CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const PADDING = 0x3d;

/**
 * Writes bytes[start..end) as base64 (RFC 4648, 4), padding included, to target[at..). Returns its end.
 * @throws RangeError for a range outside the bytes, or too little room
 */
export function encodeBase64(bytes: Uint8Array, start: number, end: number, target: Uint8Array, at: number): number {
	checkRange(bytes, start, end);
	const length = 4 * Math.ceil((end - start) / 3);
	checkRange(target, at, at + length);
	for (let from = start, to = at; from < end; from += 3, to += 4) {
		const left = end - from;
		const group = (bytes[from] << 16) | (left > 1 ? bytes[from + 1] << 8 : 0) | (left > 2 ? bytes[from + 2] : 0);
		for (let i = 0; i < 4; i++) {
			target[to + i] = i <= left ? CHARACTERS.charCodeAt((group >> (18 - 6 * i)) & 0x3f) : PADDING;
		}
	}
	return at + length;
}

import { checkRange } from "./range.js";

// Inside a character the state is: continuation bytes still to come in bits 0 to 7, the lowest value that the next one
// may have in bits 8 to 15, the highest in bits 16 to 23. The narrower ranges keep out overlong forms, surrogates and
// what lies past U+10FFFF (RFC 3629, 4).
const TAIL = 0xbf8000;

/** State after a first byte, or -1. */
function afterFirst(byte: number): number {
	if (byte < 0x80) return 0;
	if (byte < 0xc2) return -1;
	if (byte < 0xe0) return TAIL | 1;
	if (byte === 0xe0) return 0xbfa002;
	if (byte === 0xed) return 0x9f8002;
	if (byte < 0xf0) return TAIL | 2;
	if (byte === 0xf0) return 0xbf9003;
	if (byte < 0xf4) return TAIL | 3;
	if (byte === 0xf4) return 0x8f8003;
	return -1;
}

/**
 * Checks bytes[start..end) as the next piece of a UTF-8 text (RFC 3629).
 * @param state what the piece before returned, 0 at the start
 * @returns 0: valid and at the end of a character; above 0: valid so far, inside a character; -1: not UTF-8, for good
 * @throws RangeError for a range outside the bytes
 */
export function utf8(state: number, bytes: Uint8Array, start: number, end: number): number {
	checkRange(bytes, start, end);
	for (let i = start; i < end && state >= 0; i++) {
		const byte = bytes[i];
		if (state === 0) state = afterFirst(byte);
		else if (byte < ((state >> 8) & 0xff) || byte > state >> 16) state = -1;
		else state = (state & 0xff) === 1 ? 0 : TAIL | ((state & 0xff) - 1);
	}
	return state;
}

/**
 * Writes a text as UTF-8 at target[start..]; a surrogate without its other half becomes U+FFFD.
 * @returns where it ends
 * @throws RangeError when it does not fit; the target is then partly written
 */
export function encodeUtf8(text: string, target: Uint8Array, start: number): number {
	checkRange(target, start, target.length);
	let end = start;
	for (const character of text) {
		let code = character.codePointAt(0)!;
		if (code >= 0xd800 && code < 0xe000) code = 0xfffd;
		const size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
		checkRange(target, end, end + size);
		if (size === 1) target[end++] = code;
		else {
			let shift = 6 * (size - 1);
			target[end++] = ((0xf00 >> size) & 0xff) | (code >> shift);
			while (shift > 0) {
				shift -= 6;
				target[end++] = 0x80 | ((code >> shift) & 0x3f);
			}
		}
	}
	return end;
}

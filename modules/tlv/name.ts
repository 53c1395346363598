/** Bytes of a pattern's name at most. */
export const MAX_NAME = 32;

const DOT = 0x2e;
const SPACE = 0x20;
const MINUS = 0x2d;
const UNDERSCORE = 0x5f;

function isAlphanumeric(byte: number): boolean {
	return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
}

/**
 * Whether bytes start..end are a pattern's name: 1 to 32 of `A-Z a-z 0-9 . _ - space`, the first a letter or digit, the
 * last not a space or dot, so that a name is a safe file name everywhere and reads the same in a list.
 */
export function isName(bytes: Uint8Array, start: number, end: number): boolean {
	if (end <= start || end - start > MAX_NAME) return false;
	if (!isAlphanumeric(bytes[start])) return false;
	const last = bytes[end - 1];
	if (last === SPACE || last === DOT) return false;
	for (let at = start; at < end; at++) {
		const byte = bytes[at];
		if (isAlphanumeric(byte) || byte === DOT || byte === UNDERSCORE || byte === MINUS || byte === SPACE) continue;
		return false;
	}
	return true;
}

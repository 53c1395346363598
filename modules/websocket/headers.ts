/*
 * Frame headers, read and written whole (RFC 6455, 5.2). This is the version for Node; on XS the build puts natives in its place:
 * each of these would be a dozen steps there, for every message.
 */
import { checkRange, refuseUnless } from "../bytes/range.js";
import { FIN, HEADER_LIMIT, LENGTH_BITS, MASKED } from "./frame.js";
import { BINARY } from "./opcodes.js";

/**
 * Looks whether bytes[0..n) are the header of a whole binary message, masked and as short as it can be, or that and all of the
 * payload, which then goes into the block, unmasked.
 * @returns the payload's length; -1 for anything else, and then nothing has been written
 * @throws RangeError where there are not so many bytes
 */
export function wholeMessage(bytes: Uint8Array, n: number, block: Uint8Array): number {
	checkRange(bytes, 0, n);
	if (n < 6 || bytes[0] !== (FIN | BINARY) || bytes[1] < MASKED) return -1;
	let length = bytes[1] & LENGTH_BITS;
	let start = 6;
	if (length > 125) {
		if (length > 126 || n < 8) return -1;
		length = (bytes[2] << 8) | bytes[3];
		start = 8;
		if (length < 126) return -1;
	}
	if (n === start) return length;
	if (n !== start + length || length > block.length) return -1;
	for (let i = 0; i < length; i++) block[i] = bytes[start + i] ^ bytes[start - 4 + (i & 3)];
	return length;
}

/**
 * Writes the header of a server's frame (not masked) so that it ends where the payload starts.
 * @param start where the payload starts; 2 bytes before it are overwritten, 4 for a length over 125, 10 over 65,535
 * @param length of the payload, whole and below 2^53
 * @returns where the frame starts
 * @throws RangeError when there is no room before `start`, `start` is outside the bytes or `length` is none
 */
export function writeHeader(bytes: Uint8Array, start: number, opcode: number, final: boolean, length: number): number {
	refuseUnless(length >= 0 && length < 2 ** 53);
	const size = length <= 125 ? 2 : length <= 0xffff ? 4 : HEADER_LIMIT;
	const at = start - size;
	if (at < 0) throw new RangeError("no room for the frame header before the payload");
	checkRange(bytes, at, start);
	bytes[at] = final ? FIN | opcode : opcode;
	bytes[at + 1] = size === 2 ? length : size === 4 ? 126 : 127;
	let left = length;
	for (let i = start - 1; i > at + 1; i--) {
		bytes[i] = left;
		left = Math.floor(left / 256);
	}
	return at;
}

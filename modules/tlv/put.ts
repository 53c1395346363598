import { find, readU32 } from "../bytes/bytes.js";
import { BEGIN_INVALID, END_INVALID, NAME_INVALID, RefusedError } from "../core/errors.js";
import { HEADER_SIZE } from "./frame.js";
import { isName } from "./name.js";

/** Says "not given" where a size or a CRC-32 may be left out. */
export const NOT_GIVEN = -1;

/** What a PUT_BEGIN announces. */
export interface PutBegin {
	/** The name is bytes 3..nameEnd of the message. */
	readonly nameEnd: number;
	/** Bytes of the whole pattern, or `NOT_GIVEN`. */
	readonly size: number;
	/** CRC-32 of the whole pattern, or `NOT_GIVEN`. */
	readonly crc: number;
}

/**
 * Reads a PUT_BEGIN: `name`, `name 00 size:u32` or `name 00 size:u32 crc32:u32`.
 * @throws RefusedError NAME_INVALID, BEGIN_INVALID
 */
export function parsePutBegin(message: Uint8Array, end: number): PutBegin {
	const nul = find(message, 0, HEADER_SIZE, end);
	const nameEnd = nul < 0 ? end : nul;
	if (!isName(message, HEADER_SIZE, nameEnd)) throw new RefusedError(NAME_INVALID);
	const rest = nul < 0 ? 0 : end - nul - 1;
	if (nul >= 0 && rest !== 4 && rest !== 8) throw new RefusedError(BEGIN_INVALID);
	return {
		nameEnd,
		size: rest >= 4 ? readU32(message, nul + 1) : NOT_GIVEN,
		crc: rest === 8 ? readU32(message, nul + 5) : NOT_GIVEN,
	};
}

/**
 * Reads a PUT_END: nothing, or the CRC-32 of the whole pattern. Returns the CRC-32 or `NOT_GIVEN`.
 * @throws RefusedError END_INVALID
 */
export function parsePutEnd(message: Uint8Array, end: number): number {
	if (end === HEADER_SIZE) return NOT_GIVEN;
	if (end !== HEADER_SIZE + 4) throw new RefusedError(END_INVALID);
	return readU32(message, HEADER_SIZE);
}

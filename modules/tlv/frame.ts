import { encodeUtf8, readU16, writeU16, writeU32 } from "../bytes/bytes.js";
import { FRAME_TOO_SHORT, LENGTH_MISMATCH, type Refusal } from "../core/errors.js";

/**
 * A TLV frame is `type u8, length u16, value` with all integers big-endian; one frame is one WebSocket message of at
 * most 4,096 bytes (docs/protocol.md, "Frame").
 */

/** Bytes before the value. */
export const HEADER_SIZE = 3;
/** Bytes of the largest frame, its header included. */
export const MAX_FRAME = 4096;

/** Message types. */
export const PUT_BEGIN = 0x10;
export const PUT_CHUNK = 0x11;
export const PUT_END = 0x12;
export const DELETE = 0x20;
export const LIST = 0x21;
export const CONTROL = 0x22;
export const SHOW = 0x23;
export const STATUS = 0x30;
export const PLAYBACK = 0x31;
export const FRAME = 0x32;
export const LINE = 0x33;
export const ERROR = 0x40;

/** Bytes of an ERROR's reason at most. */
export const MAX_REASON = 96;
/** Bytes of an ERROR frame at most. */
export const MAX_ERROR_FRAME = HEADER_SIZE + 5 + MAX_REASON;

/** Says what is wrong with the frame in bytes 0..end of a message, or nothing when its length field is right. */
export function checkFrame(message: Uint8Array, end: number): Refusal | undefined {
	if (end < HEADER_SIZE) return FRAME_TOO_SHORT;
	if (readU16(message, 1) + HEADER_SIZE !== end) return LENGTH_MISMATCH;
	return undefined;
}

/** Writes the header of a frame whose value already stands at `start + 3` up to `end`. */
export function writeHeader(target: Uint8Array, start: number, type: number, end: number): void {
	const length = end - start - HEADER_SIZE;
	target[start] = type;
	writeU16(target, start + 1, length);
}

/** Writes `30 00 01 00`, the STATUS that says "done"; returns its end. */
export function writeStatusOk(target: Uint8Array, start: number): number {
	target[start] = STATUS;
	target[start + 1] = 0;
	target[start + 2] = 1;
	target[start + 3] = 0;
	return start + 4;
}

/**
 * Writes an ERROR frame: `code u8, retryAfterMs u32, reason`; returns its end.
 * @param retryAfterMs when to try again, ms; 0 where that would not help
 */
export function writeError(target: Uint8Array, start: number, refusal: Refusal, retryAfterMs: number): number {
	target[start + HEADER_SIZE] = refusal.code;
	writeU32(target, start + HEADER_SIZE + 1, retryAfterMs);
	const end = encodeUtf8(refusal.reason, target, start + HEADER_SIZE + 5);
	writeHeader(target, start, ERROR, end);
	return end;
}

import { copy, encodeUtf8 } from "../bytes/bytes.js";
import { NO_STATUS_RECEIVED } from "../core/close-codes.js";
import { CONTROL_LIMIT } from "./frame.js";
import { writeHeader } from "./headers.js";
import { CLOSE } from "./opcodes.js";
import { Output } from "./output.js";

/** Bytes of the header in front of a short payload. */
const HEADER = 2;

/** A whole close frame: room for it is always kept. */
const CLOSE_SIZE = HEADER + CONTROL_LIMIT;

/** What else may be pending at once: a pong, and a frame with 104 bytes of payload. */
const OTHERS_SIZE = HEADER + CONTROL_LIMIT + 106;

/** An output with room for the short frames of one connection. */
export function makeOutput(): Output {
	return new Output(new Uint8Array(OTHERS_SIZE + CLOSE_SIZE));
}

/**
 * Copies bytes[start..end) into the output as a whole frame.
 * @returns false, and nothing is queued, for over 125 bytes or when there is no room; a close frame's room does not count
 */
export function appendFrame(output: Output, opcode: number, bytes: Uint8Array, start: number, end: number): boolean {
	const length = end - start;
	if (length > CONTROL_LIMIT) return false;
	const place = output.place(HEADER + length, CLOSE_SIZE);
	if (place < 0) return false;
	const payload = place + HEADER;
	writeHeader(output.short, payload, opcode, true, length);
	copy(output.short, payload, bytes, start, end);
	output.added(payload + length);
	return true;
}

/**
 * Puts the close frame into the output, for which there is always room once.
 * @param code 1005: the frame has no code
 * @throws RangeError, and nothing is queued, for a reason over 123 bytes
 */
export function appendClose(output: Output, code: number, reason: string): void {
	const { short } = output;
	const payload = output.place(CLOSE_SIZE, 0) + HEADER;
	let end = payload;
	if (code !== NO_STATUS_RECEIVED) {
		short[end++] = code >> 8;
		short[end++] = code;
		end = encodeUtf8(reason, short, end);
		if (end - payload > CONTROL_LIMIT) throw new RangeError("close reason over 123 bytes");
	}
	writeHeader(short, payload, CLOSE, true, end - payload);
	output.added(end);
}

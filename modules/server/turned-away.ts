import { encodeUtf8 } from "../bytes/bytes.js";
import { CLIENTS_FULL } from "../core/errors.js";
import { writeError } from "../tlv/frame.js";
import { writeHeader } from "../websocket/headers.js";
import { BINARY, CLOSE } from "../websocket/opcodes.js";

/** Bytes of a server's frame header for a payload of at most 125 bytes. */
const FRAME_HEADER = 2;

/**
 * Writes what a client gets that is one too many, right after the handshake: ERROR MAX_CLIENTS_REACHED with the time to
 * come back, and a close frame with 1013. Returns the end.
 * @param retryAfterMs when to try again, ms
 */
export function writeTurnedAway(block: Uint8Array, start: number, retryAfterMs: number): number {
	const error = start + FRAME_HEADER;
	const errorEnd = writeError(block, error, CLIENTS_FULL, retryAfterMs);
	writeHeader(block, error, BINARY, true, errorEnd - error);
	const close = errorEnd + FRAME_HEADER;
	block[close] = CLIENTS_FULL.close >> 8;
	block[close + 1] = CLIENTS_FULL.close & 0xff;
	const end = encodeUtf8(CLIENTS_FULL.reason, block, close + 2);
	writeHeader(block, close, CLOSE, true, end - close);
	return end;
}

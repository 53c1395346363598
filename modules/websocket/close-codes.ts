import { utf8 } from "../bytes/bytes.js";
import { INVALID_PAYLOAD, NO_STATUS_RECEIVED, PROTOCOL_ERROR } from "../core/close-codes.js";

/**
 * Whether a close frame may carry this code (RFC 6455, 7.4): the ones defined for the wire, those registered since
 * (1012 to 1014), and the ranges for libraries and applications. 1004 to 1006 and 1015 never are on the wire.
 */
export function isCloseCode(code: number): boolean {
	if (code >= 3000) return code < 5000;
	return code >= 1000 && code <= 1014 && (code < 1004 || code > 1006);
}

/**
 * Looks at the payload of a close frame, bytes[start..end), unmasked; it does not have length 1.
 * @returns its code, 1005 for none; or, negative, the code to fail the connection with
 */
export function closeCodeOf(bytes: Uint8Array, start: number, end: number): number {
	if (start === end) return NO_STATUS_RECEIVED;
	const code = (bytes[start] << 8) | bytes[start + 1];
	if (!isCloseCode(code)) return -PROTOCOL_ERROR;
	return utf8(0, bytes, start + 2, end) === 0 ? code : -INVALID_PAYLOAD;
}

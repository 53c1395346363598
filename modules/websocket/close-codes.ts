import { utf8 } from "../bytes/bytes.js";

/** Close codes of RFC 6455, 7.4.1, and of the registry that it founded. */
export const NORMAL_CLOSURE = 1000;
export const GOING_AWAY = 1001;
export const PROTOCOL_ERROR = 1002;
export const UNSUPPORTED_DATA = 1003;
/** Stands for a close frame without a code; never sent. */
export const NO_STATUS_RECEIVED = 1005;
export const INVALID_PAYLOAD = 1007;
export const POLICY_VIOLATION = 1008;
export const MESSAGE_TOO_BIG = 1009;
export const INTERNAL_ERROR = 1011;
export const TRY_AGAIN_LATER = 1013;

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

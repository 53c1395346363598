import { encodeBase64, encodeUtf8, sha1 } from "../bytes/bytes.js";
import { hasMember, isKey } from "./field-values.js";
import type { Request } from "./request.js";
import { BAD_REQUEST, METHOD_NOT_ALLOWED, SWITCHING_PROTOCOLS, UPGRADE_REQUIRED } from "./statuses.js";

/** The subprotocol that a client may offer. */
export const SUBPROTOCOL = "prism-k1.v1";

/** Bytes of a SHA-1. */
const DIGEST_SIZE = 20;
const KEY_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/**
 * Checks a request for a WebSocket (RFC 6455, 4.2.1).
 * @returns 101, or the status to refuse it with: 405 for another method than GET, 426 for no WebSocket or another version,
 *   400 for what is wrong besides
 */
export function checkUpgrade(request: Request): number {
	if (request.method !== "GET") return METHOD_NOT_ALLOWED;
	if (!hasMember(request.upgrade, "websocket", true)) return UPGRADE_REQUIRED;
	if (request.minor < 1 || !hasMember(request.connection, "upgrade", true)) return BAD_REQUEST;
	if (request.secWebSocketKey === undefined || !isKey(request.secWebSocketKey)) return BAD_REQUEST;
	if (request.secWebSocketVersion === undefined) return BAD_REQUEST;
	return request.secWebSocketVersion === "13" ? SWITCHING_PROTOCOLS : UPGRADE_REQUIRED;
}

/** The answer up to its accept key, and what is behind that: in one piece, as each text that is put together costs a K1 time. */
const ANSWER =
	"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ";
const ANSWER_SIZE = ANSWER.length;
const ANSWER_END = "\r\n\r\n";
const WITH_SUBPROTOCOL_END = `\r\nSec-WebSocket-Protocol: ${SUBPROTOCOL}${ANSWER_END}`;

/**
 * Writes the answer that makes the connection a WebSocket; at most 166 bytes, less than any request that `checkUpgrade`
 * takes, so bytes that came after the request in the same block stay.
 * @param request one that `checkUpgrade` takes
 * @returns where it ends
 */
export function writeUpgrade(request: Request, block: Uint8Array, start: number): number {
	// Sec-WebSocket-Accept is the SHA-1 of the key and a fixed text, in base64 (RFC 6455, 4.2.2); all of it on the spot.
	const textEnd = encodeUtf8(KEY_SUFFIX, block, encodeUtf8(request.secWebSocketKey ?? "", block, start));
	sha1(block, start, textEnd, block, start);
	const end = encodeBase64(block, start, start + DIGEST_SIZE, block, start + ANSWER_SIZE);
	encodeUtf8(ANSWER, block, start);
	const subprotocol = hasMember(request.secWebSocketProtocol, SUBPROTOCOL, false);
	return encodeUtf8(subprotocol ? WITH_SUBPROTOCOL_END : ANSWER_END, block, end);
}

import { allOf, decodeLatin1, encodeUtf8, sha1 } from "../bytes/bytes.js";
import { BASE64 } from "./characters.js";
import { hasMember } from "./field-values.js";
import type { Request } from "./request.js";
import { writeHead } from "./response.js";
import { BAD_REQUEST, METHOD_NOT_ALLOWED, SWITCHING_PROTOCOLS, UPGRADE_REQUIRED } from "./statuses.js";

/** The subprotocol that a client may offer. */
export const SUBPROTOCOL = "prism-k1.v1";

const KEY_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
/** Characters of 16 bytes in base64. */
const KEY_LENGTH = 24;

/**
 * Checks a request for a WebSocket (RFC 6455, 4.2.1).
 * @returns 101, or the status to refuse it with: 405 for another method than GET, 426 for no WebSocket or another version,
 *   400 for what is wrong besides
 */
export function checkUpgrade(request: Request): number {
	if (request.method !== "GET") return METHOD_NOT_ALLOWED;
	if (!hasMember(request.upgrade, "websocket", true)) return UPGRADE_REQUIRED;
	if (request.minor < 1 || !hasMember(request.connection, "upgrade", true)) return BAD_REQUEST;
	if (!isKey(request.secWebSocketKey)) return BAD_REQUEST;
	if (request.secWebSocketVersion === undefined) return BAD_REQUEST;
	return request.secWebSocketVersion === "13" ? SWITCHING_PROTOCOLS : UPGRADE_REQUIRED;
}

/** Whether it is 16 bytes in base64. */
function isKey(key: string | undefined): boolean {
	if (key === undefined || key.length !== KEY_LENGTH || !key.endsWith("==")) return false;
	// A character of Latin-1 is two bytes at the most.
	const bytes = new Uint8Array(2 * KEY_LENGTH);
	encodeUtf8(key, bytes, 0);
	// The last character has two bits of the 16 bytes, and four that are 0 (RFC 4648, 3.5).
	return allOf(BASE64, bytes, 0, KEY_LENGTH - 2) && "AQgw".includes(key[KEY_LENGTH - 3]);
}

/** Sec-WebSocket-Accept for a key (RFC 6455, 4.2.2): the SHA-1 of the key and a fixed text, in base64. */
export function acceptKey(key: string): string {
	const bytes = new Uint8Array(key.length + KEY_SUFFIX.length);
	// The 20 bytes of the digest, and a 0 that fills the last group of three.
	const digest = new Uint8Array(21);
	sha1(bytes, 0, encodeUtf8(key + KEY_SUFFIX, bytes, 0), digest);
	let end = 0;
	for (let i = 0; i < 21; i += 3) {
		const group = (digest[i] << 16) | (digest[i + 1] << 8) | digest[i + 2];
		for (let shift = 18; shift >= 0; shift -= 6) bytes[end++] = base64((group >> shift) & 0x3f);
	}
	return `${decodeLatin1(bytes, 0, end - 1)}=`;
}

/** The character that stands for six bits, as its code. */
function base64(bits: number): number {
	if (bits < 26) return 0x41 + bits;
	if (bits < 52) return 0x61 - 26 + bits;
	if (bits < 62) return 0x30 - 52 + bits;
	return bits === 62 ? 0x2b : 0x2f;
}

/**
 * Writes the answer that makes the connection a WebSocket; at most 166 bytes, less than any request that `checkUpgrade`
 * takes, so bytes that came after the request in the same block stay.
 * @param request one that `checkUpgrade` takes
 * @returns where it ends
 */
export function writeUpgrade(request: Request, block: Uint8Array, start: number): number {
	const fields = ["Upgrade: websocket", "Connection: Upgrade"];
	fields.push(`Sec-WebSocket-Accept: ${acceptKey(request.secWebSocketKey ?? "")}`);
	if (hasMember(request.secWebSocketProtocol, SUBPROTOCOL, false)) {
		fields.push(`Sec-WebSocket-Protocol: ${SUBPROTOCOL}`);
	}
	return writeHead(block, start, SWITCHING_PROTOCOLS, fields);
}

import { encodeUtf8 } from "../bytes/bytes.js";
import { phraseOf, sentenceOf, UNAUTHORIZED, UPGRADE_REQUIRED } from "./statuses.js";

/**
 * Writes a status line, fields and the empty line.
 * @param status one of statuses.ts
 * @param fields `Name: value` each
 * @returns where it ends
 * @throws RangeError when it does not fit; Error for a line break in a field
 */
export function writeHead(block: Uint8Array, start: number, status: number, fields: readonly string[]): number {
	let end = encodeUtf8(`HTTP/1.1 ${status} ${phraseOf(status)}\r\n`, block, start);
	for (const field of fields) {
		if (field.includes("\r") || field.includes("\n")) throw new Error("line break in a header field");
		end = encodeUtf8(`${field}\r\n`, block, end);
	}
	return encodeUtf8("\r\n", block, end);
}

/**
 * Writes a whole answer that refuses a request: the status, what it calls for (WWW-Authenticate, Upgrade), and its
 * sentence as a text.
 * @param keepAlive whether another request may follow on the connection
 * @param withBody false for the answer to HEAD, which is the same without its text (RFC 9110, 9.3.2)
 * @param fields more fields: `Allow: ...` for a 405, `Content-Range: ...` for a 416
 * @returns where it ends
 */
export function writeRefusal(
	block: Uint8Array,
	start: number,
	status: number,
	keepAlive: boolean,
	withBody: boolean,
	fields: readonly string[] = [],
): number {
	const text = `${sentenceOf(status)}\n`;
	const all = ["Content-Type: text/plain; charset=utf-8", `Content-Length: ${text.length}`];
	if (status === UNAUTHORIZED) all.push("WWW-Authenticate: Bearer");
	if (status === UPGRADE_REQUIRED) {
		all.push("Upgrade: websocket", "Sec-WebSocket-Version: 13");
		all.push(keepAlive ? "Connection: Upgrade" : "Connection: Upgrade, close");
	} else if (!keepAlive) all.push("Connection: close");
	all.push(...fields);
	const end = writeHead(block, start, status, all);
	return withBody ? encodeUtf8(text, block, end) : end;
}

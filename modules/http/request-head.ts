import { decodeLatin1, find } from "../bytes/bytes.js";
import { hasMember, isDigits } from "./field-values.js";
import { fieldKey, isListField, type Request } from "./request.js";
import { parseTarget } from "./request-target.js";
import { BAD_REQUEST, FIELDS_TOO_LARGE, NOT_IMPLEMENTED, URI_TOO_LONG, VERSION_NOT_SUPPORTED } from "./statuses.js";
import { isToken } from "./tokens.js";

// What is made a text of, or looked at byte by byte, is bounded: a head of 4,096 bytes then costs milliseconds at most.
const METHOD_LIMIT = 32;
const TARGET_LIMIT = 512;
const NAME_LIMIT = 64;
/** For each value that a K1 looks at, with the blanks around it; for a list, its lines together. */
const VALUE_LIMIT = 256;

const TAB = 0x09;
const CR = 0x0d;
const SPACE = 0x20;
const COLON = 0x3a;

/**
 * Takes a request head apart. It is strict: what two readers could understand differently is refused.
 * @param head block[0..end): complete, every line with its CRLF, the empty line too; no other control characters but tabs
 * @param request gets what was found
 * @returns 0, or the status to refuse it with
 */
export function parseHead(head: Uint8Array, end: number, request: Request): number {
	let lineEnd = find(head, CR, 0, end);
	let status = parseRequestLine(head, lineEnd, request);
	if (status !== 0) return status;
	// Of a target in absolute form the authority counts, not the Host field, which must be there all the same.
	const authority = request.host;
	request.host = undefined;
	for (let start = lineEnd + 2; ; start = lineEnd + 2) {
		lineEnd = find(head, CR, start, end);
		if (lineEnd === start) break;
		status = parseField(head, start, lineEnd, request);
		if (status !== 0) return status;
	}
	if (request.minor > 0 && request.host === undefined) return BAD_REQUEST;
	if (authority !== undefined) request.host = authority;
	request.keepAlive = request.minor > 0 && !hasMember(request.connection, "close", true);
	return parseBodyLength(request);
}

/** `method SP target SP HTTP/1.minor`, each space exactly one (RFC 9112, 3). */
function parseRequestLine(head: Uint8Array, end: number, request: Request): number {
	const methodEnd = find(head, SPACE, 0, end);
	if (methodEnd < 0 || methodEnd > METHOD_LIMIT) return BAD_REQUEST;
	request.method = decodeLatin1(head, 0, methodEnd);
	if (!isToken(request.method)) return BAD_REQUEST;
	const start = methodEnd + 1;
	const targetEnd = find(head, SPACE, start, end);
	if (targetEnd < 0) return BAD_REQUEST;
	if (targetEnd - start > TARGET_LIMIT) return URI_TOO_LONG;
	for (let i = start; i < targetEnd; i++) if (head[i] > 0x7e) return BAD_REQUEST;
	const version = decodeLatin1(head, targetEnd + 1, Math.min(end, targetEnd + 10));
	if (version.length !== 8 || !version.startsWith("HTTP/") || version[6] !== ".") return BAD_REQUEST;
	if (!isDigits(version[5]) || !isDigits(version[7])) return BAD_REQUEST;
	if (version[5] !== "1") return VERSION_NOT_SUPPORTED;
	request.target = decodeLatin1(head, start, targetEnd);
	request.minor = version[7] === "0" ? 0 : 1;
	if (!parseTarget(request)) return BAD_REQUEST;
	return request.host !== undefined && request.host.length > VALUE_LIMIT ? URI_TOO_LONG : 0;
}

/** `name:value`; a line that goes on the one before starts with a blank, which no name has (RFC 9112, 5). */
function parseField(head: Uint8Array, start: number, end: number, request: Request): number {
	const colon = find(head, COLON, start, end);
	if (colon < 0) return BAD_REQUEST;
	if (colon - start > NAME_LIMIT) return FIELDS_TOO_LARGE;
	const name = decodeLatin1(head, start, colon).toLowerCase();
	const key = fieldKey(name);
	if (key === undefined) return isToken(name) ? 0 : BAD_REQUEST;
	if (end - colon - 1 > VALUE_LIMIT) return FIELDS_TOO_LARGE;
	let valueStart = colon + 1;
	let valueEnd = end;
	while (valueStart < end && (head[valueStart] === SPACE || head[valueStart] === TAB)) valueStart++;
	while (valueEnd > valueStart && (head[valueEnd - 1] === SPACE || head[valueEnd - 1] === TAB)) valueEnd--;
	const value = decodeLatin1(head, valueStart, valueEnd);
	const before = request[key];
	if (before === undefined) request[key] = value;
	else {
		if (!isListField(key)) return BAD_REQUEST;
		const joined = `${before}, ${value}`;
		if (joined.length > VALUE_LIMIT) return FIELDS_TOO_LARGE;
		request[key] = joined;
	}
	return 0;
}

/** Content-Length alone tells a body's length here (RFC 9112, 6). */
function parseBodyLength(request: Request): number {
	const { contentLength, transferEncoding } = request;
	if (transferEncoding !== undefined) {
		return contentLength !== undefined || request.minor === 0 ? BAD_REQUEST : NOT_IMPLEMENTED;
	}
	if (contentLength === undefined) return 0;
	if (!isDigits(contentLength)) return BAD_REQUEST;
	request.bodyLength = Number(contentLength);
	return 0;
}

import { allOf, decodeLatin1, find } from "../bytes/bytes.js";
import { isAuthority } from "./access.js";
import { AUTHORITY, DIGITS, TEXT, TOKEN, VISIBLE } from "./characters.js";
import { hasMember } from "./field-values.js";
import { fieldKey, isListField, type Request } from "./request.js";
import { parseTarget } from "./request-target.js";
import { BAD_REQUEST, FIELDS_TOO_LARGE, NOT_IMPLEMENTED, URI_TOO_LONG, VERSION_NOT_SUPPORTED } from "./statuses.js";

// What is made a text of is bounded, and what is long is looked at by natives alone: a line then costs a fraction of a
// millisecond.
const METHOD_LIMIT = 32;
const TARGET_LIMIT = 512;
const NAME_LIMIT = 64;
/** For each value that a K1 looks at, with the blanks around it; for a list, its lines together. */
const VALUE_LIMIT = 256;

const SPACE = 0x20;
const COLON = 0x3a;

/**
 * Takes the line block[start..end) apart: `method SP target SP HTTP/1.minor`, each space exactly one (RFC 9112, 3). Strict, as
 * all here: what two readers could understand differently is refused.
 * @returns 0, or the status to refuse the request with
 */
export function parseRequestLine(block: Uint8Array, start: number, end: number, request: Request): number {
	const methodEnd = find(block, SPACE, start, end);
	if (methodEnd <= start || methodEnd - start > METHOD_LIMIT) return BAD_REQUEST;
	if (!allOf(TOKEN, block, start, methodEnd)) return BAD_REQUEST;
	request.method = decodeLatin1(block, start, methodEnd);
	const target = methodEnd + 1;
	const targetEnd = find(block, SPACE, target, end);
	if (targetEnd < 0) return BAD_REQUEST;
	if (targetEnd - target > TARGET_LIMIT) return URI_TOO_LONG;
	if (!allOf(VISIBLE, block, target, targetEnd)) return BAD_REQUEST;
	// `HTTP/1.1`: eight characters, of which the sixth and the eighth are digits.
	const version = targetEnd + 1;
	if (end - version !== 8 || decodeLatin1(block, version, version + 5) !== "HTTP/") return BAD_REQUEST;
	if (!allOf(DIGITS, block, version + 5, version + 6) || !allOf(DIGITS, block, version + 7, end)) return BAD_REQUEST;
	if (decodeLatin1(block, version + 6, version + 7) !== ".") return BAD_REQUEST;
	if (decodeLatin1(block, version + 5, version + 6) !== "1") return VERSION_NOT_SUPPORTED;
	request.target = decodeLatin1(block, target, targetEnd);
	request.minor = decodeLatin1(block, version + 7, end) === "0" ? 0 : 1;
	if (!parseTarget(request)) return BAD_REQUEST;
	return request.authority !== undefined && request.authority.length > VALUE_LIMIT ? URI_TOO_LONG : 0;
}

/**
 * Takes the line block[start..end) apart: `name:value`; one that goes on from the line before starts with a blank, which no
 * name has (RFC 9112, 5).
 * @returns 0, or the status to refuse the request with
 */
export function parseField(block: Uint8Array, start: number, end: number, request: Request): number {
	if (!allOf(TEXT, block, start, end)) return BAD_REQUEST;
	const colon = find(block, COLON, start, end);
	if (colon <= start) return BAD_REQUEST;
	if (colon - start > NAME_LIMIT) return FIELDS_TOO_LARGE;
	if (!allOf(TOKEN, block, start, colon)) return BAD_REQUEST;
	const key = fieldKey(block, start, colon);
	if (key === undefined) return 0;
	if (end - colon - 1 > VALUE_LIMIT) return FIELDS_TOO_LARGE;
	const raw = decodeLatin1(block, colon + 1, end);
	const value = raw.trim();
	// A blank to trim(), and none to HTTP.
	if (value.length < raw.length && raw.includes("\u00a0")) return BAD_REQUEST;
	if (key === "host" || key === "contentLength") {
		const valueStart = end - raw.trimStart().length;
		const valueEnd = valueStart + value.length;
		if (!allOf(key === "host" ? AUTHORITY : DIGITS, block, valueStart, valueEnd)) return BAD_REQUEST;
		if (value === "" && key === "contentLength") return BAD_REQUEST;
	}
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

/**
 * Looks at a head as a whole, after its last line.
 * @returns 0, or the status to refuse the request with
 */
export function finishHead(request: Request): number {
	const { authority, host } = request;
	if (host === undefined ? request.minor > 0 : !isAuthority(host)) return BAD_REQUEST;
	// Of a target in absolute form the authority counts, not the Host field, which must be there all the same.
	if (authority !== undefined) {
		if (!isAuthority(authority)) return BAD_REQUEST;
		request.host = authority;
	}
	request.keepAlive = request.minor > 0 && !hasMember(request.connection, "close", true);
	return parseBodyLength(request);
}

/** Content-Length alone tells a body's length here (RFC 9112, 6). */
function parseBodyLength(request: Request): number {
	const { contentLength, transferEncoding } = request;
	if (transferEncoding !== undefined) {
		return contentLength !== undefined || request.minor === 0 ? BAD_REQUEST : NOT_IMPLEMENTED;
	}
	if (contentLength !== undefined) request.bodyLength = Number(contentLength);
	return 0;
}

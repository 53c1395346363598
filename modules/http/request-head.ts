import { allOf, decodeLatin1, find, readU32 } from "../bytes/bytes.js";
import { isAuthority } from "./access.js";
import { TOKEN, VISIBLE } from "./characters.js";
import { hasMember, takeField } from "./field-values.js";
import { FIELD_KEYS, isListField, type Request } from "./request.js";
import { parseTarget } from "./request-target.js";
import { BAD_REQUEST, FIELDS_TOO_LARGE, NOT_IMPLEMENTED, URI_TOO_LONG, VERSION_NOT_SUPPORTED } from "./statuses.js";

// What is made a text of is bounded, and what is long is looked at by natives alone: a line then costs a fraction of a
// millisecond.
const METHOD_LIMIT = 32;
const TARGET_LIMIT = 512;
/** For the value of a field: for that of a list, its lines together. */
const VALUE_LIMIT = 256;

const SPACE = 0x20;
const ZERO = 0x30;
/** `HTTP`, and `/` and `.` of what follows it. */
const HTTP = 0x48545450;
const SLASH_DOT = 0x2f002e00;

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
	if (end - version !== 8 || readU32(block, version) !== HTTP) return BAD_REQUEST;
	const rest = readU32(block, version + 4);
	const major = ((rest >> 16) & 0xff) - ZERO;
	const minor = (rest & 0xff) - ZERO;
	if ((rest & 0xff00ff00) !== SLASH_DOT || major < 0 || major > 9 || minor < 0 || minor > 9) return BAD_REQUEST;
	if (major !== 1) return VERSION_NOT_SUPPORTED;
	request.target = decodeLatin1(block, target, targetEnd);
	request.minor = minor === 0 ? 0 : 1;
	if (!parseTarget(request)) return BAD_REQUEST;
	return request.authority !== undefined && request.authority.length > VALUE_LIMIT ? URI_TOO_LONG : 0;
}

/**
 * Takes the line block[start..end) of a field apart, see `takeField`.
 * @returns 0, or the status to refuse the request with
 */
export function parseField(block: Uint8Array, start: number, end: number, request: Request): number {
	const found = takeField(block, start, end);
	if (found <= 0) return 0 - found;
	const valueStart = start + ((found >> 9) & 0x1ff);
	const value = decodeLatin1(block, valueStart, valueStart + (found & 0x1ff));
	const key = FIELD_KEYS[(found >> 18) - 1];
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

import { hasMember, isDigits, isToken, trimmed } from "./field-values.js";
import { fieldKey, isListField, type Request } from "./request.js";
import { BAD_REQUEST, NOT_IMPLEMENTED, VERSION_NOT_SUPPORTED } from "./statuses.js";

/**
 * Takes a request head apart. It is strict: what two readers could understand differently is refused.
 * @param text the head, one character a byte, every line with its CRLF, the empty line with them; no other control
 *   characters but tabs
 * @param request gets what was found
 * @returns 0, or the status to refuse it with
 */
export function parseHead(text: string, request: Request): number {
	let end = text.indexOf("\r\n");
	const status = parseRequestLine(text.slice(0, end), request);
	if (status !== 0) return status;
	// Of a target in absolute form the authority counts, not the Host field, which must be there all the same.
	const authority = request.host;
	request.host = undefined;
	for (let start = end + 2; ; start = end + 2) {
		end = text.indexOf("\r\n", start);
		if (end === start) break;
		if (!parseField(text.slice(start, end), request)) return BAD_REQUEST;
	}
	if (request.minor > 0 && request.host === undefined) return BAD_REQUEST;
	if (authority !== undefined) request.host = authority;
	request.keepAlive = request.minor > 0 && !hasMember(request.connection, "close", true);
	return parseBodyLength(request);
}

/** `method SP target SP HTTP/1.minor`, each space exactly one (RFC 9112, 3). */
function parseRequestLine(line: string, request: Request): number {
	const methodEnd = line.indexOf(" ");
	const targetEnd = line.indexOf(" ", methodEnd + 1);
	if (methodEnd < 0 || targetEnd < 0) return BAD_REQUEST;
	request.method = line.slice(0, methodEnd);
	request.target = line.slice(methodEnd + 1, targetEnd);
	const version = line.slice(targetEnd + 1);
	if (!isToken(request.method) || version.length !== 8 || !version.startsWith("HTTP/")) return BAD_REQUEST;
	if (version[6] !== "." || !isDigits(version[5]) || !isDigits(version[7])) return BAD_REQUEST;
	if (version[5] !== "1") return VERSION_NOT_SUPPORTED;
	request.minor = version[7] === "0" ? 0 : 1;
	return parseTarget(request) ? 0 : BAD_REQUEST;
}

/** The target in origin form, in absolute form, or `*` for OPTIONS (RFC 9112, 3.2). */
function parseTarget(request: Request): boolean {
	let target = request.target;
	if (target === "*") {
		request.path = target;
		return request.method === "OPTIONS";
	}
	if (target.slice(0, 7).toLowerCase() === "http://") {
		const slash = target.indexOf("/", 7);
		const query = target.indexOf("?", 7);
		let end = slash < 0 ? target.length : slash;
		if (query >= 0 && query < end) end = query;
		request.host = target.slice(7, end);
		target = target.slice(end);
		if (!target.startsWith("/")) target = `/${target}`;
	}
	const query = target.indexOf("?");
	const path = query < 0 ? target : target.slice(0, query);
	request.search = query < 0 ? "" : target.slice(query + 1);
	if (!path.startsWith("/") || target.includes("#") || !isAscii(target)) return false;
	const decoded = decodePath(path);
	if (decoded === undefined) return false;
	request.path = decoded;
	return true;
}

function isAscii(text: string): boolean {
	for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7e) return false;
	return true;
}

/** Undefined for a path that is not UTF-8, or holds control characters, escaped separators or dot segments. */
function decodePath(path: string): string | undefined {
	const lower = path.toLowerCase();
	if (lower.includes("%0") || lower.includes("%1") || lower.includes("%7f")) return undefined;
	if (lower.includes("%2f") || lower.includes("%5c") || lower.includes("\\")) return undefined;
	let decoded: string;
	try {
		decoded = decodeURIComponent(path);
	} catch {
		return undefined;
	}
	const closed = `${decoded}/`;
	return closed.includes("/./") || closed.includes("/../") ? undefined : decoded;
}

/** `name:value`; a line that goes on the one before starts with a blank, which no name has (RFC 9112, 5). */
function parseField(line: string, request: Request): boolean {
	const colon = line.indexOf(":");
	if (colon < 0) return false;
	const name = line.slice(0, colon);
	const key = fieldKey(name.toLowerCase());
	if (key === undefined) return isToken(name);
	const value = trimmed(line.slice(colon + 1));
	const before = request[key];
	if (before === undefined) request[key] = value;
	else if (isListField(key)) request[key] = `${before}, ${value}`;
	else return false;
	return true;
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

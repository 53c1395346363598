import { decodePercent } from "./percent.js";
import type { Request } from "./request.js";

/**
 * Takes the target of a request apart: origin form, absolute form, or `*` for OPTIONS (RFC 9112, 3.2). Sets path and
 * search, and authority for the absolute form.
 * @returns whether it is one of those, and its path is strict: see `decodePath`
 */
export function parseTarget(request: Request): boolean {
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
		request.authority = target.slice(7, end);
		// A user in front of the host misleads (RFC 9110, 4.2.4).
		if (request.authority.includes("@")) return false;
		target = target.slice(end);
		if (!target.startsWith("/")) target = `/${target}`;
	}
	const query = target.indexOf("?");
	const path = query < 0 ? target : target.slice(0, query);
	request.search = query < 0 ? "" : target.slice(query + 1);
	if (!path.startsWith("/") || target.includes("#")) return false;
	const decoded = decodePath(path);
	if (decoded === undefined) return false;
	request.path = decoded;
	return true;
}

/** Undefined for a path that is not UTF-8, or holds control characters, escaped separators or dot segments. */
function decodePath(path: string): string | undefined {
	// Nearly every path has no escapes; of those that have, all are looked at.
	if (!path.includes("%")) return isPlain(path) ? path : undefined;
	const lower = path.toLowerCase();
	if (lower.includes("%0") || lower.includes("%1") || lower.includes("%7f")) return undefined;
	if (lower.includes("%2f") || lower.includes("%5c")) return undefined;
	const decoded = decodePercent(path);
	return decoded !== undefined && isPlain(decoded) ? decoded : undefined;
}

/** Whether a path without escapes has neither backslashes nor dot segments. */
function isPlain(path: string): boolean {
	if (path.includes("\\")) return false;
	if (!path.includes("/.")) return true;
	const closed = `${path}/`;
	return !closed.includes("/./") && !closed.includes("/../");
}

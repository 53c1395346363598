import { hasMember, isDigits } from "./field-values.js";

/** A strong entity tag (RFC 9110, 8.8.3) of content with this CRC-32 and size. */
export function etagOf(crc: number, size: number): string {
	return `"${crc.toString(16).padStart(8, "0")}-${size.toString(16)}"`;
}

/**
 * Whether If-None-Match names this entity tag, by weak comparison (RFC 9110, 13.1.2): the answer is then 304.
 * @param etag a strong one, without commas
 */
export function isNoneMatch(ifNoneMatch: string | undefined, etag: string): boolean {
	return ifNoneMatch === "*" || hasMember(ifNoneMatch, etag, false) || hasMember(ifNoneMatch, `W/${etag}`, false);
}

/** Whether If-Match lets a request pass, by strong comparison (RFC 9110, 13.1.1): else the answer is 412. */
export function isMatch(ifMatch: string | undefined, etag: string): boolean {
	return ifMatch === undefined || ifMatch === "*" || hasMember(ifMatch, etag, false);
}

/** A part of a content: bytes [start..end). When start is the content's size or more, there is no such part: 416. */
export interface ByteRange {
	readonly start: number;
	readonly end: number;
}

/**
 * The part that a request asks for: one range of bytes, if If-Range lets it (RFC 9110, 13.1.5, 14.2).
 * @param size bytes of the content
 * @returns undefined when the whole content is to be sent: no Range, another unit, several ranges, one that is not valid,
 *   or an If-Range that is not this entity tag. A range with `start >= size` is not satisfiable: 416.
 */
export function rangeOf(
	range: string | undefined,
	ifRange: string | undefined,
	etag: string,
	size: number,
): ByteRange | undefined {
	if (range === undefined || (ifRange !== undefined && ifRange !== etag)) return undefined;
	if (range.slice(0, 6).toLowerCase() !== "bytes=") return undefined;
	const dash = range.indexOf("-", 6);
	if (dash < 0) return undefined;
	const first = range.slice(6, dash);
	const last = range.slice(dash + 1);
	if (first === "") {
		if (!isDigits(last)) return undefined;
		const suffix = Number(last);
		return { start: suffix === 0 ? size : Math.max(0, size - suffix), end: size };
	}
	if (!isDigits(first) || (last !== "" && !isDigits(last))) return undefined;
	const start = Number(first);
	if (last === "") return { start, end: size };
	if (Number(last) < start) return undefined;
	return { start, end: Math.min(Number(last) + 1, size) };
}

/** Bytes that a text with percent escapes stands for. */
function byteLength(escaped: string): number {
	return escaped.length - 2 * (escaped.length - escaped.replaceAll("%", "").length);
}

/**
 * Decodes percent escapes (RFC 3986, 2.1) that are strict UTF-8. Undefined for a broken escape, and for bytes that are
 * not UTF-8 in its shortest form: engines differ in what `decodeURIComponent` lets pass, and `%C0%AF` must never become
 * a slash.
 */
export function decodePercent(text: string): string | undefined {
	try {
		const decoded = decodeURIComponent(text);
		// The shortest form is what encoding gives; overlong bytes were more, and surrogates cannot be encoded.
		return byteLength(encodeURIComponent(decoded)) === byteLength(text) ? decoded : undefined;
	} catch {
		return undefined;
	}
}

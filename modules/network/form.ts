/** Reads what a browser sends for a form (application/x-www-form-urlencoded, URL Standard, 5.1). */
import { decodeLatin1 } from "../bytes/bytes.js";

/**
 * The form's fields by name; of two fields with one name the later counts. `+` is a space, `%XX` a byte of UTF-8.
 * @returns nothing when the bytes are no such form: a byte outside ASCII, a broken escape, escapes that are not UTF-8
 */
export function parseForm(bytes: Uint8Array, start: number, end: number): Map<string, string> | undefined {
	for (let i = start; i < end; i++) if (bytes[i]! >= 0x80) return undefined;
	const fields = new Map<string, string>();
	try {
		for (const part of decodeLatin1(bytes, start, end).split("&")) {
			const equals = part.indexOf("=");
			if (equals < 0) continue;
			fields.set(decode(part.slice(0, equals)), decode(part.slice(equals + 1)));
		}
	} catch {
		return undefined;
	}
	return fields;
}

function decode(text: string): string {
	return decodeURIComponent(text.replaceAll("+", " "));
}

import { decodePercent } from "./percent.js";

/**
 * The value of a name in `name=value&name=value`, as in the query of an address (application/x-www-form-urlencoded): the
 * first one, decoded.
 * @param name as it must stand there: an escaped name is not found
 * @returns undefined when the name is not there with a "=", or its value is not valid
 */
export function formValue(text: string, name: string): string | undefined {
	const key = `${name}=`;
	for (let at = text.indexOf(key); at >= 0; at = text.indexOf(key, at + 1)) {
		if (at > 0 && text[at - 1] !== "&") continue;
		const end = text.indexOf("&", at);
		return decodePercent(text.slice(at + key.length, end < 0 ? text.length : end).replaceAll("+", " "));
	}
	return undefined;
}

/**
 * The value of a name in `name=value&name=value`, as in the query of an address or the body of a form
 * (application/x-www-form-urlencoded): the first one, decoded.
 * @returns undefined when the name is not there or its value is not valid
 */
export function formValue(text: string, name: string): string | undefined {
	for (let start = 0; start <= text.length; ) {
		const next = text.indexOf("&", start);
		const end = next < 0 ? text.length : next;
		const equals = text.indexOf("=", start);
		const nameEnd = equals < 0 || equals > end ? end : equals;
		if (decoded(text.slice(start, nameEnd)) === name) return decoded(text.slice(nameEnd + 1, end));
		start = end + 1;
	}
	return undefined;
}

function decoded(text: string): string | undefined {
	try {
		return decodeURIComponent(text.replaceAll("+", " "));
	} catch {
		return undefined;
	}
}

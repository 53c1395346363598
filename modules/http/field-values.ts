// Values come from the peer and may be 4,096 bytes of anything. So no regular expressions, whose matching takes memory
// for every character, and no split(), which makes thousands of strings of a value full of commas: on the device either
// could run the heap out.

const TOKEN_MARKS = "!#$%&'*+-.^_`|~";

/** Whether this character code may be in a token (RFC 9110, 5.6.2). */
export function isTokenCode(code: number): boolean {
	if (code >= 0x61 ? code <= 0x7a : code >= 0x41 && code <= 0x5a) return true;
	return (code >= 0x30 && code <= 0x39) || TOKEN_MARKS.includes(String.fromCharCode(code));
}

/** Whether the text is a token: at least one character, and only those of RFC 9110, 5.6.2. */
export function isToken(text: string): boolean {
	for (let i = 0; i < text.length; i++) if (!isTokenCode(text.charCodeAt(i))) return false;
	return text !== "";
}

/** Whether the text is decimal digits alone, at least one. */
export function isDigits(text: string): boolean {
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		if (code < 0x30 || code > 0x39) return false;
	}
	return text !== "";
}

/** The text without the spaces and tabs around it; no other blank goes (RFC 9110, 5.6.3). */
export function trimmed(text: string): string {
	let start = 0;
	let end = text.length;
	while (start < end && isBlank(text, start)) start++;
	while (end > start && isBlank(text, end - 1)) end--;
	return text.slice(start, end);
}

function isBlank(text: string, index: number): boolean {
	const code = text.charCodeAt(index);
	return code === 0x20 || code === 0x09;
}

/**
 * Whether a comma-separated list (RFC 9110, 5.6.1) has this member.
 * @param list the field's value; `undefined`, a missing field, has none
 * @param member as it must stand there; in lower case when `anyCase`
 * @param anyCase compare without regard to case
 */
export function hasMember(list: string | undefined, member: string, anyCase: boolean): boolean {
	if (list === undefined) return false;
	const text = anyCase ? list.toLowerCase() : list;
	// Most lists are one member.
	if (text === member) return true;
	for (let start = 0; ; ) {
		const comma = text.indexOf(",", start);
		const end = comma < 0 ? text.length : comma;
		if (end - start >= member.length && trimmed(text.slice(start, end)) === member) return true;
		if (comma < 0) return false;
		start = comma + 1;
	}
}

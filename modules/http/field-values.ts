/*
 * Values come from the peer. On XS, finding the n-th character of a string means to walk to it, and a loop over one takes
 * the square of its length: so the head is looked at as bytes, and of the texts that are made of it only short ones are
 * looked at one character after the other. There are no regular expressions and no split() either: both take memory
 * as the peer pleases.
 */

/** More digits than any number here has. */
const DIGITS_LIMIT = 15;

/** Whether the text is decimal digits alone, 1 to 15 of them. */
export function isDigits(text: string): boolean {
	const { length } = text;
	if (length > DIGITS_LIMIT) return false;
	for (let i = 0; i < length; i++) {
		const code = text.charCodeAt(i);
		if (code < 0x30 || code > 0x39) return false;
	}
	return length > 0;
}

/** Places that are looked at for a member: it stands in a list once. */
const PLACES = 8;

/**
 * Whether a comma-separated list (RFC 9110, 5.6.1) has this member.
 * @param list the field's value, without no-break spaces; `undefined`, a missing field, has none
 * @param member as it must stand there; in lower case when `anyCase`
 * @param anyCase compare without regard to case
 */
export function hasMember(list: string | undefined, member: string, anyCase: boolean): boolean {
	if (list === undefined) return false;
	const text = anyCase ? list.toLowerCase() : list;
	let at = text.indexOf(member);
	for (let places = 0; at >= 0 && places < PLACES; places++) {
		const before = at === 0 ? -1 : text.lastIndexOf(",", at - 1);
		const end = at + member.length;
		const after = text.indexOf(",", end);
		if (isBlank(text.slice(before + 1, at)) && isBlank(text.slice(end, after < 0 ? text.length : after))) return true;
		at = text.indexOf(member, at + 1);
	}
	return false;
}

/** Whether there are only blanks; no-break spaces, which trim() takes for some, cannot get here. */
function isBlank(text: string): boolean {
	return text === "" || text.trim() === "";
}

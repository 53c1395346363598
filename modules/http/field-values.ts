/*
 * Values come from the peer. On XS, finding the n-th character of a string means to walk to it, and a loop over one takes
 * the square of its length: so the head is looked at as bytes, and the texts that are made of it are short. There are no
 * regular expressions and no split() either: both take memory as the peer pleases.
 */

/** Whether the text is decimal digits alone, at least one. */
export function isDigits(text: string): boolean {
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		if (code < 0x30 || code > 0x39) return false;
	}
	return text !== "";
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
	for (let at = text.indexOf(member); at >= 0; at = text.indexOf(member, at + 1)) {
		if (isEdge(text, at - 1, -1) && isEdge(text, at + member.length, 1)) return true;
	}
	return false;
}

/** Whether from this index on, in this direction, there are only blanks before the next comma or the end. */
function isEdge(text: string, index: number, direction: number): boolean {
	for (let i = index; i >= 0 && i < text.length; i += direction) {
		const character = text[i];
		if (character === ",") return true;
		if (character !== " " && character !== "\t") return false;
	}
	return true;
}

/** All that a token may be made of (RFC 9110, 5.6.2). */
const CHARACTERS = "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** Whether this byte may be in a token. */
export function isTokenByte(byte: number): boolean {
	return CHARACTERS.includes(String.fromCharCode(byte));
}

/** Whether the text, of characters up to U+00FF, is a token: at least one of those characters, and no other. */
export function isToken(text: string): boolean {
	// This leaves letters, digits and -_.!~*'() as they are, which is what names are made of: one call of a native
	// function instead of a loop.
	if (encodeURIComponent(text) === text) return text !== "" && !text.includes("(") && !text.includes(")");
	for (const character of text) if (!CHARACTERS.includes(character)) return false;
	return true;
}

const TABLE = makeTable();

function makeTable(): Uint8Array {
	const table = new Uint8Array(256);
	for (const character of "!#$%&'*+-.^_`|~") table[character.charCodeAt(0)] = 1;
	for (let code = 0x30; code <= 0x39; code++) table[code] = 1;
	for (let code = 0x41; code <= 0x5a; code++) table[code] = table[code + 0x20] = 1;
	return table;
}

/** Whether this byte may be in a token (RFC 9110, 5.6.2). */
export function isTokenByte(byte: number): boolean {
	return TABLE[byte] === 1;
}

/** Whether the text, of characters up to U+00FF, is a token: at least one of those characters, and no other. */
export function isToken(text: string): boolean {
	// This leaves letters, digits and -_.!~*'() as they are, which is what names are made of: one call of a native
	// function instead of a loop.
	if (encodeURIComponent(text) === text) return text !== "" && !text.includes("(") && !text.includes(")");
	for (let i = 0; i < text.length; i++) if (TABLE[text.charCodeAt(i)] === 0) return false;
	return true;
}

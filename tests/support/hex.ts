/** Bytes written as hexadecimal digits; spaces between them are for the reader. */
export function hex(digits: string): Uint8Array {
	const packed = digits.split(" ").join("");
	const bytes = new Uint8Array(packed.length / 2);
	for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(packed.slice(2 * i, 2 * i + 2), 16);
	return bytes;
}

/** Bytes of a text whose characters are U+0000 to U+00FF, one byte each. */
export function latin1(text: string): Uint8Array {
	const bytes = new Uint8Array(text.length);
	for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
	return bytes;
}

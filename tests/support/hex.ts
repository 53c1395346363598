/** Bytes from hex digits; spaces are for the reader. */
export function hex(digits: string): Uint8Array {
	const dense = digits.replace(/\s/g, "");
	const bytes = new Uint8Array(dense.length / 2);
	for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(dense.slice(2 * i, 2 * i + 2), 16);
	return bytes;
}

/** Hex digits of bytes start..end. */
export function toHex(bytes: Uint8Array, start = 0, end = bytes.length): string {
	let digits = "";
	for (let i = start; i < end; i++) digits += bytes[i].toString(16).padStart(2, "0");
	return digits;
}

/** Bytes of ASCII text. */
export function ascii(text: string): Uint8Array {
	// Not Uint8Array.from: XS makes a list of as many slots first.
	const bytes = new Uint8Array(text.length);
	for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
	return bytes;
}

import { hex } from "./hex.js";

/**
 * A client's bytes in hexadecimal, where `m` stands for the masking key 00 00 00 00: so payloads stand as they are.
 * `81 82 m 48 69` is a whole text message.
 */
export function wire(digits: string): Uint8Array {
	return hex(digits.split("m").join("00000000"));
}

/** A client's frame: first byte, payload, masking key. */
export function maskedFrame(first: number, payload: Uint8Array, key: Uint8Array): Uint8Array {
	const { length } = payload;
	const size = length < 126 ? 2 : length < 0x10000 ? 4 : 10;
	const frame = new Uint8Array(size + 4 + length);
	frame[0] = first;
	frame[1] = 0x80 | (size === 2 ? length : size === 4 ? 126 : 127);
	if (size > 2) {
		frame[size - 1] = length;
		frame[size - 2] = length >> 8;
	}
	if (size === 10) frame[7] = length >> 16;
	frame.set(key, size);
	for (let i = 0; i < length; i++) frame[size + 4 + i] = payload[i] ^ key[i & 3];
	return frame;
}

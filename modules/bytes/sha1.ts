import { checkRange } from "./range.js";

function rotate(word: number, bits: number): number {
	return (word << bits) | (word >>> (32 - bits));
}

/** Digests the 64 bytes at block[start..start + 64) into the five words of `hash` (FIPS 180-4, 6.1.2). */
function digestBlock(hash: Int32Array, words: Int32Array, block: Uint8Array, start: number): void {
	for (let t = 0, i = start; t < 16; t++, i += 4) {
		words[t] = (block[i] << 24) | (block[i + 1] << 16) | (block[i + 2] << 8) | block[i + 3];
	}
	for (let t = 16; t < 80; t++) words[t] = rotate(words[t - 3] ^ words[t - 8] ^ words[t - 14] ^ words[t - 16], 1);
	let a = hash[0];
	let b = hash[1];
	let c = hash[2];
	let d = hash[3];
	let e = hash[4];
	for (let t = 0; t < 80; t++) {
		let mixed: number;
		if (t < 20) mixed = ((b & c) | (~b & d)) + 0x5a827999;
		else if (t < 40) mixed = (b ^ c ^ d) + 0x6ed9eba1;
		else if (t < 60) mixed = ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
		else mixed = (b ^ c ^ d) + 0xca62c1d6;
		const next = (rotate(a, 5) + mixed + e + words[t]) | 0;
		e = d;
		d = c;
		c = rotate(b, 30);
		b = a;
		a = next;
	}
	hash[0] += a;
	hash[1] += b;
	hash[2] += c;
	hash[3] += d;
	hash[4] += e;
}

/**
 * SHA-1 of bytes[start..end), 20 bytes big-endian, to out[at..) (FIPS 180-4), which may be part of the input. Only for the
 * WebSocket handshake, where nothing rests on its strength.
 * @throws RangeError for a range outside the bytes, or no room for 20 bytes
 */
export function sha1(bytes: Uint8Array, start: number, end: number, out: Uint8Array, at: number): void {
	checkRange(bytes, start, end);
	checkRange(out, at, at + 20);
	const hash = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
	const words = new Int32Array(80);
	let i = start;
	for (; end - i >= 64; i += 64) digestBlock(hash, words, bytes, i);

	// The rest, a 1 bit, zeros, and the length in bits as a 64-bit number at the end of the last block.
	const rest = end - i;
	const tail = new Uint8Array(rest < 56 ? 64 : 128);
	for (let t = 0; t < rest; t++) tail[t] = bytes[i + t];
	tail[rest] = 0x80;
	const view = new DataView(tail.buffer);
	view.setUint32(tail.length - 8, Math.floor((end - start) / 0x20000000));
	view.setUint32(tail.length - 4, (end - start) << 3);
	for (let t = 0; t < tail.length; t += 64) digestBlock(hash, words, tail, t);

	for (let t = 0; t < 20; t++) out[at + t] = hash[t >> 2] >>> (24 - 8 * (t & 3));
}

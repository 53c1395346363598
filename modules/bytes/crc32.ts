import { checkRange } from "./range.js";

/** The IEEE 802.3 polynomial, bits reversed: the lowest bit is the highest power. */
const POLYNOMIAL = 0xedb88320;

const TABLE = makeTable();

function makeTable(): Uint32Array {
	const table = new Uint32Array(256);
	for (let byte = 0; byte < 256; byte++) {
		let crc = byte;
		for (let bit = 0; bit < 8; bit++) crc = (crc & 1) !== 0 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
		table[byte] = crc;
	}
	return table;
}

/**
 * Goes on with a CRC-32 (IEEE 802.3, as zlib computes it) over bytes[start..end).
 * @param crc the CRC of what came before, 0 at the start
 * @returns the CRC with these bytes, 0 to 0xFFFFFFFF
 * @throws RangeError for a range outside the bytes
 */
export function crc32(crc: number, bytes: Uint8Array, start: number, end: number): number {
	checkRange(bytes, start, end);
	let c = ~crc;
	for (let i = start; i < end; i++) c = TABLE[(c ^ bytes[i]) & 0xff] ^ (c >>> 8);
	return ~c >>> 0;
}

/** The product of two polynomials over GF(2), modulo the CRC's; the highest bit is the power 0. */
function multiply(a: number, b: number): number {
	let product = 0;
	for (let bit = 0x80000000; bit !== 0; bit >>>= 1) {
		if ((a & bit) !== 0) product ^= b;
		b = (b & 1) !== 0 ? (b >>> 1) ^ POLYNOMIAL : b >>> 1;
	}
	return product;
}

/**
 * The CRC-32 of A followed by B from the CRCs of both, without their bytes: A's CRC is multiplied by x to the power of
 * B's number of bits.
 * @param lengthB bytes in B, up to 0xFFFFFFFF
 */
export function crc32Combine(crcA: number, crcB: number, lengthB: number): number {
	let shifted = crcA;
	let power = 0x00800000; // x^8, one byte; squared for every bit of the length
	for (let n = lengthB; n > 0; n = Math.floor(n / 2)) {
		if (n % 2 === 1) shifted = multiply(power, shifted);
		power = multiply(power, power);
	}
	return (shifted ^ crcB) >>> 0;
}

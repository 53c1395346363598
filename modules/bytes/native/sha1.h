/*
 * SHA-1 (FIPS 180-4). Only for the WebSocket handshake, where nothing rests on its strength.
 */
#ifndef PRISM_SHA1_H
#define PRISM_SHA1_H

#include <stdint.h>
#include <string.h>

static uint32_t sha1_rotate(uint32_t word, int bits)
{
	return (word << bits) | (word >> (32 - bits));
}

/* FIPS 180-4, 6.1.2, with the schedule kept in 16 words (6.1.3). */
static void sha1_block(uint32_t *hash, const uint8_t *block)
{
	uint32_t w[16];
	uint32_t a = hash[0], b = hash[1], c = hash[2], d = hash[3], e = hash[4];
	for (int t = 0; t < 16; t++, block += 4)
		w[t] = (uint32_t)block[0] << 24 | (uint32_t)block[1] << 16 | (uint32_t)block[2] << 8 | block[3];
	for (int t = 0; t < 80; t++) {
		uint32_t mixed;
		if (t >= 16)
			w[t & 15] = sha1_rotate(w[(t + 13) & 15] ^ w[(t + 8) & 15] ^ w[(t + 2) & 15] ^ w[t & 15], 1);
		if (t < 20)
			mixed = ((b & c) | (~b & d)) + 0x5A827999u;
		else if (t < 40)
			mixed = (b ^ c ^ d) + 0x6ED9EBA1u;
		else if (t < 60)
			mixed = ((b & c) | (b & d) | (c & d)) + 0x8F1BBCDCu;
		else
			mixed = (b ^ c ^ d) + 0xCA62C1D6u;
		mixed += sha1_rotate(a, 5) + e + w[t & 15];
		e = d;
		d = c;
		c = sha1_rotate(b, 30);
		b = a;
		a = mixed;
	}
	hash[0] += a;
	hash[1] += b;
	hash[2] += c;
	hash[3] += d;
	hash[4] += e;
}

/* `out` takes 20 bytes, and may be part of the input. */
static void sha1_digest(const uint8_t *p, uint32_t length, uint8_t *out)
{
	uint32_t hash[5] = { 0x67452301u, 0xEFCDAB89u, 0x98BADCFEu, 0x10325476u, 0xC3D2E1F0u };
	uint8_t tail[128];
	uint64_t bits = (uint64_t)length * 8;
	for (; length >= 64; length -= 64, p += 64)
		sha1_block(hash, p);
	/* The rest, a 1 bit, zeros, and the length in bits at the end of the last block. */
	uint32_t size = length < 56 ? 64 : 128;
	memset(tail, 0, sizeof(tail));
	memcpy(tail, p, length);
	tail[length] = 0x80;
	for (int i = 1; i <= 8; i++, bits >>= 8)
		tail[size - i] = (uint8_t)bits;
	sha1_block(hash, tail);
	if (size == 128)
		sha1_block(hash, tail + 64);
	for (int i = 0; i < 20; i++)
		out[i] = (uint8_t)(hash[i >> 2] >> (24 - 8 * (i & 3)));
}

#endif

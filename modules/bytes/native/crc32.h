/*
 * CRC-32 (IEEE 802.3, as zlib computes it): on the chip by its ROM, elsewhere four bytes at a time by tables.
 */
#ifndef PRISM_CRC32_H
#define PRISM_CRC32_H

#include "word.h"

#if ESP32
	#include "esp_rom_crc.h"

static uint32_t crc32_update(uint32_t crc, const uint8_t *p, uint32_t length)
{
	return esp_rom_crc32_le(crc, p, length);
}
#else
	#include "crc32-table.h"

static uint32_t crc32_update(uint32_t crc, const uint8_t *p, uint32_t length)
{
	const uint8_t *last = p + length;
	crc = ~crc;
	for (; p < last && !IS_ALIGNED(p); p++)
		crc = crc_table[0][(crc ^ *p) & 0xFF] ^ (crc >> 8);
	for (; last - p >= 4; p += 4) {
	#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
		crc ^= *(const Word *)p;
	#else
		crc ^= __builtin_bswap32(*(const Word *)p);
	#endif
		crc = crc_table[3][crc & 0xFF] ^ crc_table[2][crc >> 8 & 0xFF] ^ crc_table[1][crc >> 16 & 0xFF] ^
			crc_table[0][crc >> 24];
	}
	for (; p < last; p++)
		crc = crc_table[0][(crc ^ *p) & 0xFF] ^ (crc >> 8);
	return ~crc;
}
#endif

/* The product of two polynomials over GF(2) modulo the CRC's; the highest bit is the power 0. */
static uint32_t crc32_multiply(uint32_t a, uint32_t b)
{
	uint32_t product = 0;
	for (; a; a <<= 1) {
		if (a & 0x80000000u)
			product ^= b;
		b = b & 1 ? (b >> 1) ^ 0xEDB88320u : b >> 1;
	}
	return product;
}

/* The CRC of A followed by B: A's is multiplied by x to the power of B's number of bits. */
static uint32_t crc32_combine(uint32_t a, uint32_t b, uint32_t lengthB)
{
	uint32_t power = 0x00800000u; /* x^8, one byte; squared for every bit of the length */
	for (; lengthB; lengthB >>= 1) {
		if (lengthB & 1)
			a = crc32_multiply(power, a);
		power = crc32_multiply(power, power);
	}
	return a ^ b;
}

#endif

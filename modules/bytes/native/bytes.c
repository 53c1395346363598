/*
 * The natives behind modules/bytes on XS: on the chip, in the desktop's XS and on emulated Xtensa. What each does, and when it
 * throws, is written in modules/bytes/bytes.ts and the files beside it; both versions pass the same specs.
 *
 * Words are only loaded from and stored to addresses that are multiples of four. Numbers made of several bytes are put
 * together byte by byte or by memcpy, so the byte order does not matter where it is not said. Nothing here allocates but
 * decodeLatin1, which fetches its bytes anew after it did: a collection may move them.
 */
#include "xsmc.h"

#include <stdint.h>
#include <string.h>

#if ESP32
	#include "esp_rom_crc.h"
#else
	#include "crc32-table.h"
#endif

/* A word that may stand for any bytes. */
typedef uint32_t __attribute__((may_alias)) Word;

#define IS_ALIGNED(POINTER) (((uintptr_t)(POINTER) & 3) == 0)
#define REPEATED(BYTE) ((uint32_t)(BYTE) * 0x01010101u)
#define POLYNOMIAL 0xEDB88320u

static void refuse(xsMachine *the)
{
	xsRangeError("range outside the bytes");
}

/* An argument as an offset: anything but a number from 0 to 2^31 - 1 lies outside all bytes. */
static uint32_t offset_at(xsMachine *the, int index)
{
	if (xsmcTypeOf(xsArg(index)) == xsIntegerType) {
		xsIntegerValue value = xsmcToInteger(xsArg(index));
		if (value < 0)
			refuse(the);
		return (uint32_t)value;
	}
	xsNumberValue value = xsmcToNumber(xsArg(index));
	if (!(value >= 0 && value <= 0x7FFFFFFF))
		refuse(the);
	return (uint32_t)value;
}

/* An argument as a 32-bit word, negative numbers as their two's complement. */
static uint32_t word_at(xsMachine *the, int index)
{
	if (xsmcTypeOf(xsArg(index)) == xsIntegerType)
		return (uint32_t)xsmcToInteger(xsArg(index));
	xsNumberValue value = xsmcToNumber(xsArg(index));
	if (!(value >= -2147483648.0 && value <= 4294967295.0))
		refuse(the);
	return (uint32_t)(int64_t)value;
}

static void return_word(xsMachine *the, uint32_t value)
{
	if (value <= 0x7FFFFFFF)
		xsmcSetInteger(xsResult, (xsIntegerValue)value);
	else
		xsmcSetNumber(xsResult, (xsNumberValue)value);
}

/* The first byte of the range start..end of the array in argument `index`. */
static uint8_t *range_at(xsMachine *the, int index, uint32_t start, uint32_t end, int writable)
{
	void *bytes;
	xsUnsignedValue length;
	if (writable)
		xsmcGetBufferWritable(xsArg(index), &bytes, &length);
	else
		xsmcGetBufferReadable(xsArg(index), &bytes, &length);
	if (start > end || end > length)
		refuse(the);
	return (uint8_t *)bytes + start;
}

void xs_prism_unmask(xsMachine *the)
{
	uint32_t start = offset_at(the, 1);
	uint32_t end = offset_at(the, 2);
	uint32_t maskStart = offset_at(the, 4);
	uint32_t phase = offset_at(the, 5);
	uint8_t *p = range_at(the, 0, start, end, 1);
	const uint8_t *mask = range_at(the, 3, maskStart, maskStart + 4, 0);
	uint8_t *last = p + (end - start);
	uint8_t turned[4];
	Word word;

	xsmcSetInteger(xsResult, (xsIntegerValue)((phase + (end - start)) & 3));
	for (; p < last && !IS_ALIGNED(p); phase++)
		*p++ ^= mask[phase & 3];
	for (int i = 0; i < 4; i++)
		turned[i] = mask[(phase + i) & 3];
	memcpy(&word, turned, 4);
	for (; last - p >= 16; p += 16) {
		Word *words = (Word *)p;
		words[0] ^= word;
		words[1] ^= word;
		words[2] ^= word;
		words[3] ^= word;
	}
	for (; last - p >= 4; p += 4)
		*(Word *)p ^= word;
	for (int i = 0; p < last; i++)
		*p++ ^= turned[i];
}

#if ESP32
static uint32_t crc_of(uint32_t crc, const uint8_t *p, uint32_t length)
{
	return esp_rom_crc32_le(crc, p, length);
}
#else
static uint32_t crc_of(uint32_t crc, const uint8_t *p, uint32_t length)
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
		crc = crc_table[3][crc & 0xFF] ^ crc_table[2][(crc >> 8) & 0xFF] ^ crc_table[1][(crc >> 16) & 0xFF] ^ crc_table[0][crc >> 24];
	}
	for (; p < last; p++)
		crc = crc_table[0][(crc ^ *p) & 0xFF] ^ (crc >> 8);
	return ~crc;
}
#endif

void xs_prism_crc32(xsMachine *the)
{
	uint32_t crc = word_at(the, 0);
	uint32_t start = offset_at(the, 2);
	uint32_t end = offset_at(the, 3);
	return_word(the, crc_of(crc, range_at(the, 1, start, end, 0), end - start));
}

/* The product of two polynomials over GF(2) modulo the CRC's; the highest bit is the power 0. */
static uint32_t multiply(uint32_t a, uint32_t b)
{
	uint32_t product = 0;
	for (; a; a <<= 1) {
		if (a & 0x80000000u)
			product ^= b;
		b = b & 1 ? (b >> 1) ^ POLYNOMIAL : b >> 1;
	}
	return product;
}

void xs_prism_crc32_combine(xsMachine *the)
{
	uint32_t shifted = word_at(the, 0);
	uint32_t crc = word_at(the, 1);
	uint32_t length = word_at(the, 2);
	uint32_t power = 0x00800000u; /* x^8, one byte; squared for every bit of the length */
	for (; length; length >>= 1) {
		if (length & 1)
			shifted = multiply(power, shifted);
		power = multiply(power, power);
	}
	return_word(the, shifted ^ crc);
}

static uint32_t rotate(uint32_t word, int bits)
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
			w[t & 15] = rotate(w[(t + 13) & 15] ^ w[(t + 8) & 15] ^ w[(t + 2) & 15] ^ w[t & 15], 1);
		if (t < 20)
			mixed = ((b & c) | (~b & d)) + 0x5A827999u;
		else if (t < 40)
			mixed = (b ^ c ^ d) + 0x6ED9EBA1u;
		else if (t < 60)
			mixed = ((b & c) | (b & d) | (c & d)) + 0x8F1BBCDCu;
		else
			mixed = (b ^ c ^ d) + 0xCA62C1D6u;
		mixed += rotate(a, 5) + e + w[t & 15];
		e = d;
		d = c;
		c = rotate(b, 30);
		b = a;
		a = mixed;
	}
	hash[0] += a;
	hash[1] += b;
	hash[2] += c;
	hash[3] += d;
	hash[4] += e;
}

void xs_prism_sha1(xsMachine *the)
{
	uint32_t hash[5] = { 0x67452301u, 0xEFCDAB89u, 0x98BADCFEu, 0x10325476u, 0xC3D2E1F0u };
	uint8_t tail[128];
	uint32_t start = offset_at(the, 1);
	uint32_t end = offset_at(the, 2);
	const uint8_t *p = range_at(the, 0, start, end, 0);
	uint8_t *out = range_at(the, 3, 0, 20, 1);
	uint64_t bits = (uint64_t)(end - start) * 8;
	uint32_t rest = end - start;

	for (; rest >= 64; rest -= 64, p += 64)
		sha1_block(hash, p);
	/* The rest, a 1 bit, zeros, and the length in bits at the end of the last block. */
	uint32_t size = rest < 56 ? 64 : 128;
	memset(tail, 0, sizeof(tail));
	memcpy(tail, p, rest);
	tail[rest] = 0x80;
	for (int i = 1; i <= 8; i++, bits >>= 8)
		tail[size - i] = (uint8_t)bits;
	sha1_block(hash, tail);
	if (size == 128)
		sha1_block(hash, tail + 64);
	for (int i = 0; i < 20; i++)
		out[i] = (uint8_t)(hash[i >> 2] >> (24 - 8 * (i & 3)));
}

void xs_prism_copy(xsMachine *the)
{
	uint32_t targetStart = offset_at(the, 1);
	uint32_t start = offset_at(the, 3);
	uint32_t end = offset_at(the, 4);
	const uint8_t *source = range_at(the, 2, start, end, 0);
	uint8_t *target = range_at(the, 0, targetStart, targetStart + (end - start), 1);
	memmove(target, source, end - start);
}

void xs_prism_compare(xsMachine *the)
{
	uint32_t aStart = offset_at(the, 1);
	uint32_t aEnd = offset_at(the, 2);
	uint32_t bStart = offset_at(the, 4);
	uint32_t bEnd = offset_at(the, 5);
	const uint8_t *a = range_at(the, 0, aStart, aEnd, 0);
	const uint8_t *b = range_at(the, 3, bStart, bEnd, 0);
	int32_t longer = (int32_t)(aEnd - aStart) - (int32_t)(bEnd - bStart);
	int order = memcmp(a, b, longer > 0 ? bEnd - bStart : aEnd - aStart);
	xsmcSetInteger(xsResult, order ? order : longer);
}

void xs_prism_find(xsMachine *the)
{
	uint32_t value = word_at(the, 1);
	uint32_t start = offset_at(the, 2);
	uint32_t end = offset_at(the, 3);
	const uint8_t *p = range_at(the, 0, start, end, 0);
	const uint8_t *found = value <= 0xFF ? memchr(p, (int)value, end - start) : NULL;
	xsmcSetInteger(xsResult, found ? (xsIntegerValue)(start + (uint32_t)(found - p)) : -1);
}

void xs_prism_filled(xsMachine *the)
{
	uint32_t value = word_at(the, 1);
	uint32_t start = offset_at(the, 2);
	uint32_t end = offset_at(the, 3);
	const uint8_t *p = range_at(the, 0, start, end, 0);
	const uint8_t *last = p + (end - start);
	Word word = REPEATED(value & 0xFF);
	if (value > 0xFF) {
		xsmcSetBoolean(xsResult, p == last);
		return;
	}
	while (p < last && !IS_ALIGNED(p) && *p == value)
		p++;
	if (IS_ALIGNED(p)) {
		while (last - p >= 4 && *(const Word *)p == word)
			p += 4;
		while (p < last && *p == value)
			p++;
	}
	xsmcSetBoolean(xsResult, p == last);
}

/* XS keeps text as UTF-8 that ends with a zero byte; a U+0000 in it is the two bytes C0 80. */
void xs_prism_decode_latin1(xsMachine *the)
{
	uint32_t start = offset_at(the, 1);
	uint32_t end = offset_at(the, 2);
	const uint8_t *p = range_at(the, 0, start, end, 0);
	uint32_t size = end - start;
	for (uint32_t i = 0; i < end - start; i++) {
		if (p[i] >= 0x80 || p[i] == 0)
			size++;
	}
	xsmcSetStringBuffer(xsResult, NULL, (xsIntegerValue)size);
	uint8_t *text = (uint8_t *)xsmcToString(xsResult);
	p = range_at(the, 0, start, end, 0);
	for (const uint8_t *last = p + (end - start); p < last; p++) {
		if (*p >= 0x80 || *p == 0) {
			*text++ = (uint8_t)(0xC0 | *p >> 6);
			*text++ = (uint8_t)(0x80 | (*p & 0x3F));
		}
		else
			*text++ = *p;
	}
	*text = 0;
}

/* The surrogate that three bytes of XS's text stand for, or 0. */
static uint32_t surrogate_at(const uint8_t *p)
{
	if (p[0] != 0xED || p[1] < 0xA0)
		return 0;
	return 0xD000u | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
}

/* One character of XS's text as UTF-8 into `out`; moves `*text` on and returns the number of bytes. */
static int next_character(const uint8_t **text, uint8_t *out)
{
	const uint8_t *p = *text;
	uint32_t high = surrogate_at(p);
	int size = p[0] < 0x80 ? 1 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
	if (p[0] == 0xC0) {
		*text = p + 2;
		out[0] = 0;
		return 1;
	}
	if (high) {
		uint32_t low = high < 0xDC00 ? surrogate_at(p + 3) : 0;
		uint32_t code = 0xFFFD;
		*text = p + 3;
		if (low >= 0xDC00) {
			*text = p + 6;
			code = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
			out[0] = (uint8_t)(0xF0 | code >> 18);
			out[1] = (uint8_t)(0x80 | (code >> 12 & 0x3F));
			out[2] = (uint8_t)(0x80 | (code >> 6 & 0x3F));
			out[3] = (uint8_t)(0x80 | (code & 0x3F));
			return 4;
		}
		memcpy(out, "\xEF\xBF\xBD", 3);
		return 3;
	}
	*text = p + size;
	memcpy(out, p, size);
	return size;
}

void xs_prism_encode_utf8(xsMachine *the)
{
	void *bytes;
	xsUnsignedValue length;
	uint8_t character[4];
	uint32_t end = offset_at(the, 2);
	const uint8_t *text = (const uint8_t *)xsmcToString(xsArg(0));
	xsmcGetBufferWritable(xsArg(1), &bytes, &length);
	if (end > length)
		refuse(the);
	while (*text) {
		uint32_t size = (uint32_t)next_character(&text, character);
		if (size > length - end)
			refuse(the);
		memcpy((uint8_t *)bytes + end, character, size);
		end += size;
	}
	xsmcSetInteger(xsResult, (xsIntegerValue)end);
}

/*
 * Inside a character the state is: continuation bytes still to come in bits 0 to 7, the lowest value that the next one may
 * have in bits 8 to 15, the highest in bits 16 to 23 (RFC 3629, 4).
 */
enum { UTF8_TAIL = 0xBF8000 };

static int32_t utf8_first(uint8_t byte)
{
	if (byte < 0x80)
		return 0;
	if (byte < 0xC2 || byte > 0xF4)
		return -1;
	if (byte < 0xE0)
		return UTF8_TAIL | 1;
	if (byte < 0xF0)
		return byte == 0xE0 ? 0xBFA002 : byte == 0xED ? 0x9F8002 : UTF8_TAIL | 2;
	return byte == 0xF0 ? 0xBF9003 : byte == 0xF4 ? 0x8F8003 : UTF8_TAIL | 3;
}

void xs_prism_utf8(xsMachine *the)
{
	int32_t state = (int32_t)word_at(the, 0);
	uint32_t start = offset_at(the, 2);
	uint32_t end = offset_at(the, 3);
	const uint8_t *p = range_at(the, 1, start, end, 0);
	const uint8_t *last = p + (end - start);
	while (p < last && state >= 0) {
		uint8_t byte = *p;
		if (state == 0) {
			while (last - p >= 4 && IS_ALIGNED(p) && !(*(const Word *)p & REPEATED(0x80)))
				p += 4;
			if (p == last)
				break;
			state = utf8_first(*p);
		}
		else if (byte < (state >> 8 & 0xFF) || byte > state >> 16)
			state = -1;
		else
			state = (state & 0xFF) == 1 ? 0 : UTF8_TAIL | ((state & 0xFF) - 1);
		p++;
	}
	xsmcSetInteger(xsResult, state);
}

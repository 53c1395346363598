/*
 * The natives behind modules/bytes on XS: on the chip, in the desktop's XS and on emulated Xtensa. What each does,
 * and when it throws, is written in modules/bytes/bytes.ts and the files beside it; both versions pass the same
 * specs.
 *
 * Words are only loaded from and stored to addresses that are multiples of four. Numbers made of several bytes are
 * put together byte by byte or by memcpy, so the byte order does not matter where it is not said. Nothing here
 * allocates but decodeLatin1, which fetches its bytes anew after it did: a collection may move them.
 */
#include "xsmc.h"

#include <stdint.h>
#include <string.h>

#include "arguments.h"
#include "big-endian.h"
#include "crc32.h"
#include "kinds.h"
#include "sha1.h"
#include "utf8.h"
#include "word.h"

static void return_word(xsMachine *the, uint32_t value)
{
	if (value <= 0x7FFFFFFF)
		xsmcSetInteger(xsResult, (xsIntegerValue)value);
	else
		xsmcSetNumber(xsResult, (xsNumberValue)value);
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

void xs_prism_crc32(xsMachine *the)
{
	uint32_t crc = word_at(the, 0);
	uint32_t start = offset_at(the, 2);
	uint32_t end = offset_at(the, 3);
	return_word(the, crc32_update(crc, range_at(the, 1, start, end, 0), end - start));
}

void xs_prism_crc32_combine(xsMachine *the)
{
	return_word(the, crc32_combine(word_at(the, 0), word_at(the, 1), word_at(the, 2)));
}

void xs_prism_sha1(xsMachine *the)
{
	uint32_t start = offset_at(the, 1);
	uint32_t end = offset_at(the, 2);
	const uint8_t *p = range_at(the, 0, start, end, 0);
	uint32_t at = offset_at(the, 4);
	sha1_digest(p, end - start, range_at(the, 3, at, at + 20, 1));
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

void xs_prism_all_of(xsMachine *the)
{
	uint32_t kind = word_at(the, 0);
	uint32_t start = offset_at(the, 2);
	uint32_t end = offset_at(the, 3);
	const uint8_t *p = range_at(the, 1, start, end, 0);
	if (kind >= KINDS)
		xsRangeError("no such kind");
	xsmcSetBoolean(xsResult, all_of(kind, p, p + (end - start)));
}

/* A number's whole part modulo 2^32, as ECMAScript's ToUint32 has it. */
static uint32_t low_word(xsMachine *the, int index)
{
	if (xsmcTypeOf(xsArg(index)) == xsIntegerType)
		return (uint32_t)xsmcToInteger(xsArg(index));
	xsNumberValue value = xsmcToNumber(xsArg(index));
	return value > -9e18 && value < 9e18 ? (uint32_t)(int64_t)value : 0;
}

void xs_prism_read_u16(xsMachine *the)
{
	uint32_t at = offset_at(the, 1);
	const uint8_t *p = range_at(the, 0, at, at + 2, 0);
	xsmcSetInteger(xsResult, p[0] << 8 | p[1]);
}

void xs_prism_read_u32(xsMachine *the)
{
	uint32_t at = offset_at(the, 1);
	const uint8_t *p = range_at(the, 0, at, at + 4, 0);
	return_word(the, (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3]);
}

void xs_prism_write_u16(xsMachine *the)
{
	uint32_t at = offset_at(the, 1);
	uint32_t value = low_word(the, 2);
	uint8_t *p = range_at(the, 0, at, at + 2, 1);
	if (value > 0xFFFF)
		value = 0xFFFF;
	p[0] = (uint8_t)(value >> 8);
	p[1] = (uint8_t)value;
	xsmcSetInteger(xsResult, (xsIntegerValue)(at + 2));
}

void xs_prism_write_words(xsMachine *the)
{
	uint32_t at = offset_at(the, 1);
	uint32_t end = at + 4 * (uint32_t)(xsmcArgc - 2);
	uint8_t *p = range_at(the, 0, at, end, 1);
	for (int i = 2; i < xsmcArgc; i++, p += 4)
		write_u32(p, low_word(the, i));
	xsmcSetInteger(xsResult, (xsIntegerValue)end);
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

void xs_prism_encode_base64(xsMachine *the)
{
	static const char characters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	uint32_t start = offset_at(the, 1);
	uint32_t end = offset_at(the, 2);
	uint32_t at = offset_at(the, 4);
	const uint8_t *p = range_at(the, 0, start, end, 0);
	uint32_t groups = (end - start) / 3 + ((end - start) % 3 != 0);
	uint8_t *target = range_at(the, 3, at, at + 4 * groups, 1);
	for (uint32_t left = end - start; left; p += 3, target += 4) {
		uint32_t group = (uint32_t)p[0] << 16 | (left > 1 ? (uint32_t)p[1] << 8 : 0) | (left > 2 ? p[2] : 0);
		for (uint32_t i = 0; i < 4; i++)
			target[i] = i <= left ? (uint8_t)characters[group >> (18 - 6 * i) & 0x3F] : '=';
		left = left > 3 ? left - 3 : 0;
	}
	xsmcSetInteger(xsResult, (xsIntegerValue)(at + 4 * groups));
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
		uint32_t size = (uint32_t)text_next(&text, character);
		if (size > length - end)
			refuse(the);
		memcpy((uint8_t *)bytes + end, character, size);
		end += size;
	}
	xsmcSetInteger(xsResult, (xsIntegerValue)end);
}

void xs_prism_utf8(xsMachine *the)
{
	int32_t state = (int32_t)word_at(the, 0);
	uint32_t start = offset_at(the, 2);
	uint32_t end = offset_at(the, 3);
	const uint8_t *p = range_at(the, 1, start, end, 0);
	xsmcSetInteger(xsResult, utf8_check(state, p, p + (end - start)));
}

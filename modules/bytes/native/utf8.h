/*
 * UTF-8 (RFC 3629): checking it, and making it of XS's text, which is UTF-8 but for two things: U+0000 is the bytes
 * C0 80, and a surrogate alone is the three bytes that UTF-8 would have for it.
 */
#ifndef PRISM_UTF8_H
#define PRISM_UTF8_H

#include <stdint.h>
#include <string.h>

#include "word.h"

/*
 * Inside a character the state is: continuation bytes still to come in bits 0 to 7, the lowest value that the next
 * one may have in bits 8 to 15, the highest in bits 16 to 23 (RFC 3629, 4).
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

/* Goes on from `state` over the bytes up to `last`; -1 once they are no UTF-8. */
static int32_t utf8_check(int32_t state, const uint8_t *p, const uint8_t *last)
{
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
	return state;
}

/* The surrogate that three bytes of XS's text stand for, or 0. */
static uint32_t text_surrogate(const uint8_t *p)
{
	if (p[0] != 0xED || p[1] < 0xA0)
		return 0;
	return 0xD000u | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
}

/* One character of XS's text as UTF-8 into `out`; moves `*text` on and returns the number of bytes. */
static int text_next(const uint8_t **text, uint8_t out[4])
{
	const uint8_t *p = *text;
	uint32_t high = text_surrogate(p);
	int size = p[0] < 0x80 ? 1 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
	if (p[0] == 0xC0) {
		*text = p + 2;
		out[0] = 0;
		return 1;
	}
	if (high) {
		uint32_t low = high < 0xDC00 ? text_surrogate(p + 3) : 0;
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

#endif

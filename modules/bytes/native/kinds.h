#ifndef PRISM_KINDS_H
#define PRISM_KINDS_H

#include <stdint.h>

/* The kinds of modules/http/characters.ts: the characters of ASCII that belong to each, a bit each; TEXT has all bytes from 0x80 up as well. */
static const uint32_t kinds[][4] = {
	{ 0x00000000, 0x03FF6CFA, 0xC7FFFFFE, 0x57FFFFFF }, /* TOKEN */
	{ 0x00000200, 0xFFFFFFFF, 0xFFFFFFFF, 0x7FFFFFFF }, /* TEXT */
	{ 0x00000000, 0xFFFFFFFE, 0xFFFFFFFF, 0x7FFFFFFF }, /* VISIBLE */
	{ 0x00000000, 0x2FFF7FF2, 0xAFFFFFFE, 0x47FFFFFE }, /* AUTHORITY */
	{ 0x00000000, 0x03FF0000, 0x00000000, 0x00000000 }, /* DIGITS */
	{ 0x00000000, 0x03FF8800, 0x07FFFFFE, 0x07FFFFFE }, /* BASE64 */
};

enum { TOKEN, TEXT, VISIBLE, AUTHORITY, DIGITS, BASE64, KINDS };

/* Whether every byte from p to `last` belongs to that kind. */
static int all_of(uint32_t kind, const uint8_t *p, const uint8_t *last)
{
	const uint32_t *of = kinds[kind];
	for (; p < last; p++) {
		if (*p < 0x80 ? !(of[*p >> 5] >> (*p & 31) & 1) : kind != TEXT)
			return 0;
	}
	return 1;
}

#endif

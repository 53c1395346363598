/*
 * The natives behind modules/playback/render on XS: on the chip, in the desktop's XS and on emulated Xtensa. What each
 * does, and when it throws, is written in modules/playback/render.ts; property tests compare both versions byte for byte.
 */
#include "xsmc.h"

#include <stdint.h>
#include <string.h>

#include "../../bytes/native/arguments.h"
#include "signal.h"

enum { NO_COLOR = 64, PALETTE_BYTES = 3 * (NO_COLOR + 1), LOG_255 = 523918 };

static inline uint8_t *write_color(uint8_t *target, const uint8_t *palette, uint32_t index)
{
	const uint8_t *color = palette + 3 * (index < NO_COLOR ? index : NO_COLOR);
	target[0] = color[0];
	target[1] = color[1];
	target[2] = color[2];
	return target + 3;
}

void xs_prism_paint(xsMachine *the)
{
	uint32_t start = offset_at(the, 1);
	uint32_t end = offset_at(the, 2);
	uint32_t from = offset_at(the, 4);
	uint32_t to = offset_at(the, 5);
	uint32_t paletteStart = offset_at(the, 7);
	const uint8_t *p = range_at(the, 3, from, to, 0), *last = p + (to - from);
	const uint8_t *palette = range_at(the, 6, paletteStart, paletteStart + PALETTE_BYTES, 0);
	uint8_t *target = range_at(the, 0, start, end, 1), *targetEnd = target + (end - start);
	if (to - from > (end - start) / 3)
		refuse(the);
	while (p < last)
		target = write_color(target, palette, *p++);
	memset(target, 0, (size_t)(targetEnd - target));
}

void xs_prism_paint_delayed(xsMachine *the)
{
	void *bytes;
	xsUnsignedValue length;
	uint32_t start = offset_at(the, 1);
	uint32_t end = offset_at(the, 2);
	uint32_t stride = offset_at(the, 4);
	uint32_t newest = offset_at(the, 5);
	uint32_t leds = offset_at(the, 7);
	uint32_t paletteStart = offset_at(the, 9);
	const uint8_t *delay = range_at(the, 6, 0, leds, 0), *last = delay + leds;
	const uint8_t *palette = range_at(the, 8, paletteStart, paletteStart + PALETTE_BYTES, 0);
	uint8_t *target = range_at(the, 0, start, end, 1), *targetEnd = target + (end - start);
	xsmcGetBufferReadable(xsArg(3), &bytes, &length);
	uint32_t slots = stride > 0 ? length / stride : 0;
	if (leds > (end - start) / 3 || leds > stride || newest >= slots)
		refuse(the);
	const uint8_t *ring = bytes;
	while (delay < last) {
		uint32_t ago = *delay++;
		if (ago >= slots)
			ago = slots - 1;
		uint32_t slot = newest >= ago ? newest - ago : newest - ago + slots;
		target = write_color(target, palette, ring[slot * stride]);
		ring++;
	}
	memset(target, 0, (size_t)(targetEnd - target));
}

void xs_prism_mix(xsMachine *the)
{
	uint32_t start = offset_at(the, 2);
	uint32_t end = offset_at(the, 3);
	uint32_t share = offset_at(the, 4);
	const uint8_t *from = range_at(the, 1, start, end, 0);
	uint8_t *p = range_at(the, 0, start, end, 1), *last = p + (end - start);
	if (share > 256)
		refuse(the);
	for (; p < last; p++)
		*p = (uint8_t)((*p * share + *from++ * (256 - share) + 128) >> 8);
}

void xs_prism_drive(xsMachine *the)
{
	uint32_t start = offset_at(the, 2);
	uint32_t end = offset_at(the, 3);
	uint32_t order = word_at(the, 5), first = order & 3, second = order >> 2 & 3, third = order >> 4 & 3, sum = 0;
	const uint8_t *color = range_at(the, 1, start, end, 0);
	const uint8_t *levels = range_at(the, 4, 0, 256, 0);
	uint8_t *p = range_at(the, 0, start, end, 1), *last = p + (end - start);
	if ((end - start) % 3 || first == 3 || second == 3 || third == 3)
		refuse(the);
	for (; p < last; p += 3, color += 3) {
		uint32_t a = levels[color[first]], b = levels[color[second]], c = levels[color[third]];
		p[0] = (uint8_t)a;
		p[1] = (uint8_t)b;
		p[2] = (uint8_t)c;
		sum += a + b + c;
	}
	xsmcSetInteger(xsResult, (xsIntegerValue)sum);
}

void xs_prism_dim(xsMachine *the)
{
	uint32_t start = offset_at(the, 1);
	uint32_t end = offset_at(the, 2);
	uint32_t share = offset_at(the, 3), sum = 0;
	uint8_t *p = range_at(the, 0, start, end, 1), *last = p + (end - start);
	if (share > 65536)
		refuse(the);
	for (; p < last; p++) {
		*p = (uint8_t)(*p * share >> 16);
		sum += *p;
	}
	xsmcSetInteger(xsResult, (xsIntegerValue)sum);
}

/* log2 of 1 to 255 in 1/65,536, bit by bit: the square of a number has twice its logarithm. */
static uint32_t log_2(uint32_t value)
{
	uint32_t whole = 0;
	while (value >> (whole + 1))
		whole++;
	uint32_t log = whole << 16, square = value << (15 - whole);
	for (uint32_t bit = 0x8000; bit; bit >>= 1) {
		square = square * square >> 15;
		if (square >= 65536) {
			square >>= 1;
			log |= bit;
		}
	}
	return log;
}

static uint8_t level_of(uint32_t value, uint32_t gamma, uint32_t brightness)
{
	/* 2 to the power of -1/2, -1/4, -1/8 ... in 1/65,536. */
	static const uint16_t roots[16] = { 46341, 55109, 60097, 62757, 64132, 64830, 65182, 65359, 65447, 65492, 65514, 65525,
		65530, 65533, 65535, 65535 };
	if (value == 0)
		return 0;
	/* By what power of 2 the result is below 1, in 1/65,536. */
	uint32_t exponent = (LOG_255 - log_2(value)) * gamma / 100, whole = exponent >> 16, power = 65536;
	if (whole > 8)
		return 0;
	for (uint32_t bit = 0; bit < 16; bit++) {
		if (exponent & (0x8000u >> bit))
			power = power * roots[bit] >> 16;
	}
	return (uint8_t)((brightness * power + (0x8000u << whole)) >> (16 + whole));
}

void xs_prism_write_levels(xsMachine *the)
{
	uint32_t gamma = offset_at(the, 1);
	uint32_t brightness = offset_at(the, 2);
	uint8_t *levels = range_at(the, 0, 0, 256, 1);
	if (gamma < 100 || gamma > 400 || brightness > 255)
		refuse(the);
	for (uint32_t value = 0; value < 256; value++)
		levels[value] = gamma == 100 ? (uint8_t)((value * brightness + 127) / 255) : level_of(value, gamma, brightness);
}

void xs_prism_write_signal(xsMachine *the)
{
	uint32_t targetStart = offset_at(the, 1);
	uint32_t start = offset_at(the, 3);
	uint32_t end = offset_at(the, 4);
	const uint8_t *p = range_at(the, 2, start, end, 0);
	signal_write(range_at(the, 0, targetStart, targetStart + 3 * (end - start), 1), p, p + (end - start));
}

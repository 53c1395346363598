/*
 * The native behind modules/pattern/decode on XS: on the chip, in the desktop's XS and on emulated Xtensa. What it does
 * is written in modules/pattern/decode.ts, what the state holds in modules/pattern/decoder-state.ts; property tests
 * compare both versions byte for byte.
 */
#include "xsmc.h"

#include <stdint.h>

#include "../../bytes/native/arguments.h"
#include "../../bytes/native/word.h"

enum { MOST_LEDS = 320, MOST_COLORS = 64 };
enum { COLORS_LOW, COLORS_HIGH, PALETTE_BYTES, FRAME_FLAGS, SEGMENT_LOW, SEGMENT_HIGH, SEGMENT_BYTES, FINISHED, FAILED };
enum { XOR = 1, RUNS = 2 };
enum { BAD_PALETTE = 1, BAD_FLAGS, XOR_FIRST, BAD_INDEX, BAD_RUN, BAD_LENGTH };

typedef struct {
	uint32_t step, leds, frames, frame, colors, flags, segment, filled, run, consumed, frameEnd, fault, checking;
	uint32_t unused[3];
	uint8_t palette[3 * (MOST_COLORS + 1) + 1];
	uint8_t pixels[MOST_LEDS];
} __attribute__((may_alias)) Decoder;

_Static_assert(sizeof(Decoder) == 580, "the size that decoder-state.ts says");

static void fail(Decoder *d, uint32_t fault)
{
	d->step = FAILED;
	d->fault = fault;
}

/* One byte of what stands in front of a segment. */
static void head(Decoder *d, uint32_t byte)
{
	uint32_t step = d->step++;
	if (step == FRAME_FLAGS) {
		d->flags = byte;
		if (byte > (XOR | RUNS))
			fail(d, BAD_FLAGS);
		else if ((byte & XOR) && d->frame == 0)
			fail(d, XOR_FIRST);
	}
	else if (step == SEGMENT_LOW)
		d->segment = byte;
	else if (step == SEGMENT_HIGH) {
		d->segment |= byte << 8;
		d->filled = 0;
		d->run = 0;
		if (d->flags & RUNS ? d->segment == 0 : d->segment != d->leds)
			fail(d, BAD_LENGTH);
	}
	else if (step == PALETTE_BYTES) {
		d->palette[d->filled++] = (uint8_t)byte;
		if (d->filled < 3 * d->colors)
			d->step = PALETTE_BYTES;
	}
	else if (step == COLORS_LOW)
		d->colors = byte;
	else {
		d->filled = 0;
		if (byte || d->colors < 1 || d->colors > MOST_COLORS) {
			d->colors = 0;
			fail(d, BAD_PALETTE);
		}
	}
}

#define SPECIAL static inline __attribute__((always_inline))

/* The three bytes in front of a segment at once, when all is well with them. */
SPECIAL int whole_head(Decoder *d, const uint8_t *p)
{
	uint32_t flags = p[0], segment = p[1] | (uint32_t)p[2] << 8;
	if (flags > (XOR | RUNS) || (flags & XOR && d->frame == 0) || (flags & RUNS ? segment == 0 : segment != d->leds))
		return 0;
	d->flags = flags;
	d->segment = segment;
	d->filled = 0;
	d->run = 0;
	d->step = SEGMENT_BYTES;
	return 1;
}

static void fill(uint8_t *p, uint32_t count, uint32_t value)
{
	uint8_t *last = p + count;
	if (count < 12) {
		do
			*p++ = (uint8_t)value;
		while (p < last);
		return;
	}
	while (!IS_ALIGNED(p))
		*p++ = (uint8_t)value;
	uint32_t word = REPEATED(value);
	for (; last - p >= 16; p += 16) {
		Word *words = (Word *)p;
		words[0] = word;
		words[1] = word;
		words[2] = word;
		words[3] = word;
	}
	for (; last - p >= 4; p += 4)
		*(Word *)p = word;
	for (; p < last; p++)
		*p = (uint8_t)value;
}

/*
 * XORs indices, all of them below 128, with a value below 128. Returns something above 127 in one of its bytes when
 * one of the results is `colors` or more: so much is added to each that the highest bit tells.
 */
static uint32_t mix(uint8_t *p, uint32_t count, uint32_t value, uint32_t colors)
{
	uint8_t *last = p + count;
	uint32_t over = 0, add = 0x80 - colors;
	for (; p < last && !IS_ALIGNED(p); p++) {
		*p ^= (uint8_t)value;
		over |= *p + add;
	}
	uint32_t word = REPEATED(value), adds = REPEATED(add);
	for (; last - p >= 8; p += 8) {
		Word *words = (Word *)p;
		uint32_t a = words[0] ^ word, b = words[1] ^ word;
		words[0] = a;
		words[1] = b;
		over |= (a + adds) | (b + adds);
	}
	for (; p < last; p++) {
		*p ^= (uint8_t)value;
		over |= *p + add;
	}
	return over & 0x80808080u;
}

/*
 * What is done with the indices of a segment. A check keeps none where the palette has 2, 4, 8 ... colors: there XOR of
 * indices inside the palette is always inside, so that nothing has to be known of the frame before.
 */
enum { SET, MIX, SKIP };

/* A piece of a raw segment. */
SPECIAL const uint8_t *raw(Decoder *d, const uint8_t *p, const uint8_t *last, int mode)
{
	uint8_t *first = d->pixels + d->filled, *q = first;
	const uint8_t *from = p;
	uint32_t room = d->leds - d->filled, over = 0, add = 0x80 - d->colors;
	if (room == 0 && p < last) {
		fail(d, BAD_LENGTH);
		return p + 1;
	}
	if ((uint32_t)(last - p) > room)
		last = p + room;
	while (p < last) {
		uint32_t value = *p++;
		if (mode == MIX)
			value ^= *q;
		if (mode != SKIP)
			*q++ = (uint8_t)value;
		over |= value + add;
	}
	if (over >= 0x80) {
		/* One that is wrong: which? */
		const uint8_t *indices = mode == SKIP ? from : first;
		uint32_t i = 0;
		while (indices[i] < d->colors)
			i++;
		p = from + i + 1;
		fail(d, BAD_INDEX);
	}
	d->filled += (uint32_t)(p - from);
	return p;
}

/* A piece of a segment of run lengths. */
SPECIAL const uint8_t *runs(Decoder *d, const uint8_t *p, const uint8_t *last, int mode)
{
	uint8_t *q = d->pixels + d->filled, *end = d->pixels + d->leds;
	uint32_t colors = d->colors, count = d->run, value;
	if (count)
		goto value_of_run;
	while (p < last) {
		value = *p++;
		if (value < 0x80) {
			if (q == end) {
				fail(d, BAD_LENGTH);
				break;
			}
			if (mode == MIX)
				value ^= *q;
			if (mode != SKIP)
				*q = (uint8_t)value;
			q++;
			if (value < colors)
				continue;
			fail(d, BAD_INDEX);
			break;
		}
		count = value & 0x7F;
		if (count == 0 || count > (uint32_t)(end - q)) {
			fail(d, BAD_RUN);
			break;
		}
	value_of_run:
		if (p == last)
			break;
		value = *p++;
		int good = value < (mode == MIX ? 0x80 : colors);
		if (good && mode == SET)
			fill(q, count, value);
		if (good && mode == MIX && value)
			good = !mix(q, count, value, colors);
		q += count;
		count = 0;
		if (!good) {
			fail(d, BAD_INDEX);
			break;
		}
	}
	d->filled = (uint32_t)(q - d->pixels);
	d->run = count;
	return p;
}

static const uint8_t *raw_set(Decoder *d, const uint8_t *p, const uint8_t *last) { return raw(d, p, last, SET); }
static const uint8_t *raw_mix(Decoder *d, const uint8_t *p, const uint8_t *last) { return raw(d, p, last, MIX); }
static const uint8_t *raw_skip(Decoder *d, const uint8_t *p, const uint8_t *last) { return raw(d, p, last, SKIP); }
static const uint8_t *runs_set(Decoder *d, const uint8_t *p, const uint8_t *last) { return runs(d, p, last, SET); }
static const uint8_t *runs_mix(Decoder *d, const uint8_t *p, const uint8_t *last) { return runs(d, p, last, MIX); }
static const uint8_t *runs_skip(Decoder *d, const uint8_t *p, const uint8_t *last) { return runs(d, p, last, SKIP); }

void xs_prism_decode(xsMachine *the)
{
	uint32_t start = offset_at(the, 2);
	uint32_t end = offset_at(the, 3);
	uint32_t most = word_at(the, 4);
	const uint8_t *first = range_at(the, 1, start, end, 0);
	const uint8_t *p = first, *last = first + (end - start);
	Decoder *d = (Decoder *)(void *)range_at(the, 0, 0, sizeof(Decoder), 1);
	uint32_t base = d->consumed - (uint32_t)(uintptr_t)first;
	/* Nothing that a script writes into the state may lead outside of it. */
	if (!IS_ALIGNED(d) || d->filled > (d->step == PALETTE_BYTES ? 3 * MOST_COLORS : MOST_LEDS) ||
		d->leds > MOST_LEDS || d->colors > (d->step == COLORS_HIGH ? 255 : MOST_COLORS))
		refuse(the);
	while (p < last && most > 0 && d->step < FINISHED) {
		if (d->step == FRAME_FLAGS && last - p >= 3 && whole_head(d, p))
			p += 3;
		else if (d->step != SEGMENT_BYTES) {
			head(d, *p++);
			continue;
		}
		uint32_t size = (uint32_t)(last - p), flags = d->flags;
		const uint8_t *from = p, *to = p + (size < d->segment ? size : d->segment);
		if (d->checking && (d->colors & (d->colors - 1)) == 0)
			p = flags & RUNS ? runs_skip(d, p, to) : raw_skip(d, p, to);
		else if (flags & XOR)
			p = flags & RUNS ? runs_mix(d, p, to) : raw_mix(d, p, to);
		else
			p = flags & RUNS ? runs_set(d, p, to) : raw_set(d, p, to);
		d->segment -= (uint32_t)(p - from);
		if (d->segment > 0 || d->step == FAILED)
			continue;
		if (d->run || d->filled != d->leds)
			fail(d, BAD_LENGTH);
		else {
			d->frame++;
			d->frameEnd = base + (uint32_t)(uintptr_t)p;
			d->step = d->frame == d->frames ? FINISHED : FRAME_FLAGS;
			most--;
		}
	}
	d->consumed += (uint32_t)(p - first);
	xsmcSetInteger(xsResult, (xsIntegerValue)(start + (uint32_t)(p - first)));
}

/*
 * The signal of WS2812 LEDs as the bits of an SPI port at 2.5 MHz, 0.4 us each: a 1 is two of high level and one of low, a
 * 0 one of high and two of low. It is made by this wherever frames are shown, on the chip by its driver of the LEDs.
 */
#ifndef PRISM_SIGNAL_H
#define PRISM_SIGNAL_H

#include <stdint.h>

#include "../../bytes/native/word.h"

/* The three bytes for a byte, the first in the lowest bits. */
#define SIGNAL_BIT(VALUE, BIT) ((VALUE) >> (BIT) & 1 ? 6u : 4u)
#define SIGNAL_BITS(VALUE) (SIGNAL_BIT(VALUE, 7) << 21 | SIGNAL_BIT(VALUE, 6) << 18 | SIGNAL_BIT(VALUE, 5) << 15 | \
	SIGNAL_BIT(VALUE, 4) << 12 | SIGNAL_BIT(VALUE, 3) << 9 | SIGNAL_BIT(VALUE, 2) << 6 | SIGNAL_BIT(VALUE, 1) << 3 | \
	SIGNAL_BIT(VALUE, 0))
#define SIGNAL_OF(VALUE) (SIGNAL_BITS(VALUE) >> 16 | (SIGNAL_BITS(VALUE) & 0xFF00) | (SIGNAL_BITS(VALUE) & 0xFF) << 16)
#define SIGNALS_4(VALUE) SIGNAL_OF(VALUE), SIGNAL_OF((VALUE) + 1), SIGNAL_OF((VALUE) + 2), SIGNAL_OF((VALUE) + 3)
#define SIGNALS_16(VALUE) SIGNALS_4(VALUE), SIGNALS_4((VALUE) + 4), SIGNALS_4((VALUE) + 8), SIGNALS_4((VALUE) + 12)
#define SIGNALS_64(VALUE) SIGNALS_16(VALUE), SIGNALS_16((VALUE) + 16), SIGNALS_16((VALUE) + 32), SIGNALS_16((VALUE) + 48)

static const uint32_t signal_of[256] = { SIGNALS_64(0), SIGNALS_64(64), SIGNALS_64(128), SIGNALS_64(192) };

/* Three bytes to `target` for each from p to last. */
static void signal_write(uint8_t *target, const uint8_t *p, const uint8_t *last)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	if (IS_ALIGNED(target)) {
		for (; last - p >= 4; p += 4, target += 12) {
			Word *words = (Word *)target;
			uint32_t a = signal_of[p[0]], b = signal_of[p[1]], c = signal_of[p[2]], d = signal_of[p[3]];
			words[0] = a | b << 24;
			words[1] = b >> 8 | c << 16;
			words[2] = c >> 16 | d << 8;
		}
	}
#endif
	for (; p < last; p++, target += 3) {
		uint32_t signal = signal_of[*p];
		target[0] = (uint8_t)signal;
		target[1] = (uint8_t)(signal >> 8);
		target[2] = (uint8_t)(signal >> 16);
	}
}

#endif

#include "led-signal.h"

/* ns; WS2812B's data sheet, and what newer kinds of it want before they show a picture. */
enum { BIT = 400, SHORTEST = 200, SHORT_END = 500, LONG_START = 650, LONGEST = 950, LEAST_RESET = 280000 };

static int is_short(size_t bits)
{
	return bits * BIT >= SHORTEST && bits * BIT <= SHORT_END;
}

static int is_long(size_t bits)
{
	return bits * BIT >= LONG_START && bits * BIT <= LONGEST;
}

/* Where the level that begins at bit `at` ends. */
static size_t end_of(const uint8_t *signal, size_t bits, size_t at, int level)
{
	while (at < bits && (signal[at >> 3] >> (7 - (at & 7)) & 1) == level)
		at++;
	return at;
}

const char *led_signal_read(const uint8_t *signal, size_t length, uint8_t *bytes, size_t count)
{
	const size_t bits = 8 * length;
	size_t at = 0, value = 0;
	for (size_t bit = 0; bit < 8 * count; bit++) {
		const size_t low = end_of(signal, bits, at, 1);
		const size_t next = end_of(signal, bits, low, 0);
		const int one = is_long(low - at);
		if (!one && !is_short(low - at))
			return "a high level that is neither a 0's nor a 1's";
		value = value << 1 | (size_t)one;
		if (bit % 8 == 7)
			bytes[bit / 8] = (uint8_t)value;
		/* The last bit's low level goes over into the reset. */
		if (next == bits)
			return bit + 1 < 8 * count ? "too few bytes" : (next - low) * BIT <= LEAST_RESET ? "a low level at the end that is too short" : NULL;
		if (one ? !is_short(next - low) : !is_long(next - low))
			return "a low level that does not fit its bit";
		at = next;
	}
	return "too many bytes";
}

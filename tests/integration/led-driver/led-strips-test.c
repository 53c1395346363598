/* Runs boards/esp32/led-strips.c on fake-idf.c: led-strips-test SCENARIO. Silent where all is as it has to be. */
#include <stdio.h>
#include <string.h>

#include "../../../boards/esp32/led-strips.h"
#include "../../../host-shim/xs/desktop/led-signal.h"
#include "fake-idf.h"

enum { ONE = 9, TWO = 10, MICROSECOND = 1000, MILLISECOND = 1000000 };
/* 1,536 bytes; the least low level that shows a picture. */
enum { FRAME_TIME = 4915200, LEAST_RESET = 280000 };

static const int pins[2] = { ONE, TWO };
static LedsFailure failure;
static uint8_t picture[2 * STRIP_BYTES];

static void paint(int seed)
{
	for (int i = 0; i < 2 * STRIP_BYTES; i++)
		picture[i] = (uint8_t)(i * 7 + seed + i / 256);
}

static LedStrips *start(void)
{
	LedStrips *leds = led_strips_start(pins, &failure);
	CHECK(leds);
	return leds;
}

/* Started, and the low level before the first picture is over. */
static LedStrips *ready(void)
{
	LedStrips *leds = start();
	pass(MILLISECOND);
	return leds;
}

/* What the virtual LEDs of the XS host understand of it. */
static void check_signal(int strip, const uint8_t *bytes)
{
	uint8_t read[STRIP_BYTES];
	CHECK(!led_signal_read(sent(strip)->bytes, sent(strip)->length, read, STRIP_BYTES));
	CHECK(!memcmp(read, bytes, STRIP_BYTES));
}

static void says(const char *expected, const uint8_t *signal, size_t length, size_t count)
{
	uint8_t read[8];
	const char *wrong = led_signal_read(signal, length, read, count);
	CHECK(expected ? wrong && strstr(wrong, expected) : !wrong);
}

/* Those LEDs understand nothing but what the data sheet has: 0.4 us a bit. */
static void levels_must_fit(void)
{
	/* 10100101, and 88 bytes of low level: 281.6 us. */
	uint8_t signal[3 + 88] = { 0xD3, 0x49, 0xA6 };
	says(NULL, signal, sizeof(signal), 1);
	says("at the end", signal, sizeof(signal) - 1, 1);
	says("too few", signal, sizeof(signal), 2);
	signal[3] = 0x80;
	says("too many", signal, sizeof(signal), 1);
	signal[3] = 0;
	/* 1.2 us high; 1.2 us low; 0.8 us low behind 0.8 us high; nothing at all. */
	signal[0] = 0xF3;
	says("high level", signal, sizeof(signal), 1);
	signal[0] = 0x8B;
	says("low level", signal, sizeof(signal), 1);
	signal[0] = 0xCB;
	says("low level", signal, sizeof(signal), 1);
	memset(signal, 0, sizeof(signal));
	says("high level", signal, sizeof(signal), 1);
}

static void low_before(void)
{
	/* The LEDs may have been looking at a pin that floats; from the first call that sets it on it is low. */
	LedStrips *leds = start();
	CHECK(level(ONE) == LOW && level(TWO) == LOW);
	for (int strip = 1; strip <= 2; strip++) {
		const Sent *zeros = sent(strip);
		CHECK(zeros->count == 1 && zeros->length * 8 * 400 > LEAST_RESET);
		for (size_t i = 0; i < zeros->length; i++)
			CHECK(!zeros->bytes[i]);
	}
	CHECK(!led_strips_send(leds, picture));
	pass(400 * MICROSECOND);
	CHECK(led_strips_send(leds, picture));
	led_strips_end(leds);
}

static void never_high(void)
{
	/* A first life, so that the pins are low when it begins; they may neither rise nor float in all that follows but when given back. */
	led_strips_end(start());
	CHECK(level(ONE) == LOW && level(TWO) == LOW);
	watch(ONE);
	watch(TWO);
	LedStrips *leds = ready();
	led_strips_send(leds, picture);
	pass(10 * MILLISECOND);
	led_strips_send(leds, picture);
	led_strips_end(leds);
	CHECK(!strayed(ONE) && !strayed(TWO));
	CHECK(level(ONE) == LOW && level(TWO) == LOW);
}

static void side_by_side(void)
{
	LedStrips *leds = ready();
	for (int seed = 0; seed < 300; seed++) {
		paint(seed);
		CHECK(led_strips_send(leds, picture));
		check_signal(1, picture);
		check_signal(2, picture + STRIP_BYTES);
		CHECK(sent(2)->start - sent(1)->start < 10 * MICROSECOND);
		CHECK(sent(2)->call == sent(1)->call + 1);
		pass(5 * MILLISECOND);
	}
	led_strips_end(leds);
}

static void refuses_while_busy(void)
{
	LedStrips *leds = ready();
	paint(1);
	CHECK(led_strips_send(leds, picture));
	const uint64_t began = now;
	paint(2);
	while (now < began + FRAME_TIME - 20 * MICROSECOND) {
		CHECK(!led_strips_send(leds, picture));
		pass(100 * MICROSECOND);
	}
	pass(200 * MICROSECOND);
	CHECK(sent(1)->count == 2 && sent(2)->count == 2);
	CHECK(led_strips_send(leds, picture));
	check_signal(1, picture);
	led_strips_end(leds);
}

static void waits_for_the_later_strip(void)
{
	for (int late = 1; late <= 2; late++) {
		LedStrips *leds = ready();
		paint(3);
		delay(late, 3 * MILLISECOND);
		CHECK(led_strips_send(leds, picture));
		/* Within one frame of each other. */
		const uint64_t one = sent(1)->start, two = sent(2)->start;
		CHECK((one > two ? one - two : two - one) < FRAME_TIME);
		pass(FRAME_TIME + MILLISECOND);
		paint(4);
		CHECK(!led_strips_send(leds, picture));
		pass(3 * MILLISECOND);
		CHECK(led_strips_send(leds, picture));
		led_strips_end(leds);
	}
}

static void driver_refuses(void)
{
	LedStrips *leds = ready();
	/* The first call that can fail is the queuing for strip 1, the second the one for strip 2. */
	failing = calls + 1;
	paint(5);
	CHECK(!led_strips_send(leds, picture));
	CHECK(sent(1)->count == 1 && sent(2)->count == 1);
	CHECK(led_strips_send(leds, picture));
	pass(5 * MILLISECOND);
	failing = calls + 2;
	paint(6);
	CHECK(!led_strips_send(leds, picture));
	CHECK(sent(1)->count == 3 && sent(2)->count == 2);
	CHECK(!led_strips_send(leds, picture));
	pass(5 * MILLISECOND);
	CHECK(led_strips_send(leds, picture));
	check_signal(2, picture + STRIP_BYTES);
	led_strips_end(leds);
}

static void fails_half_way(void)
{
	for (int n = 1;; n++) {
		calls = 0;
		failing = n;
		LedStrips *leds = led_strips_start(pins, &failure);
		if (leds) {
			/* Memory, and for each strip three calls for the pin and five for the port; and then those of the second. */
			CHECK(n == 1 + 2 * 8 + 1);
			led_strips_end(leds);
			return;
		}
		CHECK(!anything_left());
		CHECK(failure.reason != ESP_OK && failure.step && failure.strip == (n <= 1 + 8 ? 1 : 2));
		/* A pin that has been touched is not left floating, but where that very call failed. */
		CHECK(n <= 4 || level(ONE) == LOW);
		CHECK(n <= 4 + 8 || level(TWO) == LOW);
		failing = 0;
		led_strips_end(ready());
	}
}

static void wrong_clock(void)
{
	kilohertz = 2499;
	CHECK(!led_strips_start(pins, &failure));
	CHECK(!anything_left() && !strcmp(failure.step, "spi_device_get_actual_freq"));
}

static void ends(void)
{
	LedStrips *leds = ready();
	paint(7);
	CHECK(led_strips_send(leds, picture));
	const uint64_t began = now;
	led_strips_end(leds);
	/* The last picture went out whole. */
	CHECK(now >= began + FRAME_TIME - 10 * MICROSECOND);
	CHECK(!anything_left());
	led_strips_end(ready());
	CHECK(!anything_left());
}

static const struct {
	const char *name;
	void (*run)(void);
} scenarios[] = {
	{ "levels-must-fit", levels_must_fit },
	{ "low-before", low_before },
	{ "never-high", never_high },
	{ "side-by-side", side_by_side },
	{ "refuses-while-busy", refuses_while_busy },
	{ "waits-for-the-later-strip", waits_for_the_later_strip },
	{ "driver-refuses", driver_refuses },
	{ "fails-half-way", fails_half_way },
	{ "wrong-clock", wrong_clock },
	{ "ends", ends },
};

int main(int argc, char **argv)
{
	for (size_t i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++) {
		if (argc == 2 && !strcmp(argv[1], scenarios[i].name)) {
			scenarios[i].run();
			return 0;
		}
	}
	printf("no such scenario\n");
	return 2;
}

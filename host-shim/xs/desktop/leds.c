#include "xsmc.h"

#include "leds.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "../../../modules/playback/native/signal.h"
#include "exits.h"
#include "led-signal.h"
#include "port.h"

enum { STRIP = 480, RESET = 96, PICTURE = 2 * STRIP };

/* ms that a picture takes to go out, and the low level before the first: 0.4 us a bit. */
#define PICTURE_TIME ((3 * STRIP + RESET) * 8 * 0.0004)
#define RESET_TIME (RESET * 8 * 0.0004)

static uint8_t signal[3 * STRIP + RESET]; /* the low level at its end is never written */
static uint8_t colors[PICTURE]; /* the last picture: R, G, B, strip 1, then strip 2 */
static int count;
static double began; /* when it began to go out, port_milliseconds */
static double freeAt;

static int output = -1;
static uint8_t leaving[PICTURE];
static size_t left; /* bytes of it that have not been written yet, at its end */

void leds_write_to(int descriptor)
{
	const int flags = fcntl(descriptor, F_GETFL);
	if (flags < 0 || fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) < 0)
		port_exit(EXIT_FILE, "--pictures: there is no such file descriptor");
	output = descriptor;
}

/* A picture goes out whole or not at all: a reader that is slow misses some. */
static void write_out(void)
{
	if (output >= 0 && !left) {
		memcpy(leaving, colors, PICTURE);
		left = PICTURE;
	}
	while (left) {
		ssize_t written = write(output, leaving + PICTURE - left, left);
		if (written > 0) {
			left -= (size_t)written;
			continue;
		}
		if (written < 0 && errno == EINTR)
			continue;
		/* Nothing of it is in the pipe: the next one is newer. */
		if (left == PICTURE)
			left = 0;
		/* Nobody reads any more. */
		if (written < 0 && errno != EAGAIN) {
			output = -1;
			left = 0;
		}
		return;
	}
}

/* What the LEDs understand of a strip's signal, which is G, R, B. */
static void show(xsMachine *the, const uint8_t *pixels, uint8_t *target)
{
	uint8_t bytes[STRIP];
	signal_write(signal, pixels, pixels + STRIP);
	const char *wrong = led_signal_read(signal, sizeof(signal), bytes, STRIP);
	if (wrong)
		xsUnknownError("the LEDs were sent %s", (char *)wrong);
	for (int i = 0; i < STRIP; i += 3) {
		target[i] = bytes[i + 1];
		target[i + 1] = bytes[i];
		target[i + 2] = bytes[i + 2];
	}
}

static void xs_leds_start(xsMachine *the)
{
	(void)the;
	freeAt = port_milliseconds() + RESET_TIME;
}

static void xs_leds_send(xsMachine *the)
{
	void *pixels;
	xsUnsignedValue length;
	const double now = port_milliseconds();
	xsmcGetBufferReadable(xsArg(0), &pixels, &length);
	if (length != PICTURE)
		xsRangeError("a picture has %d bytes", PICTURE);
	xsmcSetBoolean(xsResult, now >= freeAt);
	if (now < freeAt)
		return;
	show(the, pixels, colors);
	show(the, (uint8_t *)pixels + STRIP, colors + STRIP);
	began = now;
	freeAt = now + PICTURE_TIME;
	count++;
	write_out();
}

static void xs_leds_read(xsMachine *the)
{
	void *bytes;
	xsUnsignedValue length;
	xsmcGetBufferWritable(xsArg(0), &bytes, &length);
	if (length != PICTURE)
		xsRangeError("a picture has %d bytes", PICTURE);
	memcpy(bytes, colors, PICTURE);
	xsmcSetInteger(xsResult, count);
}

static void xs_leds_time(xsMachine *the)
{
	xsmcSetNumber(xsResult, began);
}

const Native led_natives[] = {
	NATIVE(xs_leds_start),
	NATIVE(xs_leds_send),
	NATIVE(xs_leds_read),
	NATIVE(xs_leds_time),
	NATIVES_END
};

/* `host-shim/platform/leds` on the ESP32: hands pictures to the driver in led-strips.c. */
#include "xsmc.h"
#include "xsHost.h"

#include "led-strips.h"

/* The chip has two SPI ports to give away, so there is one driver. */
static LedStrips *leds;

/* start(pin, pin) */
void xs_prism_leds_start(xsMachine *the)
{
	LedsFailure failure;
	const int pins[2] = { xsmcToInteger(xsArg(0)), xsmcToInteger(xsArg(1)) };
	if (leds)
		xsUnknownError("the driver of the LEDs has been started already");
	leds = led_strips_start(pins, &failure);
	if (!leds)
		xsUnknownError("strip %d at GPIO %d: %s: %s", failure.strip, pins[failure.strip - 1], failure.step,
			esp_err_to_name(failure.reason));
}

/* send(pixels): false where one is still going out */
void xs_prism_leds_send(xsMachine *the)
{
	void *bytes;
	xsUnsignedValue length;
	if (!leds)
		xsUnknownError("the driver of the LEDs is closed");
	xsmcGetBufferReadable(xsArg(0), &bytes, &length);
	if (length != 2 * STRIP_BYTES)
		xsRangeError("a picture has %d bytes", 2 * STRIP_BYTES);
	xsmcSetBoolean(xsResult, led_strips_send(leds, bytes));
}

void xs_prism_leds_close(xsMachine *the)
{
	(void)the;
	if (leds)
		led_strips_end(leds);
	leds = NULL;
}

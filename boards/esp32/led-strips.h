/*
 * Two strips of WS2812 LEDs at two SPI ports of the chip (docs/playback.md, "The signal"). DMA sends a picture out of memory of its
 * own, so no interrupt has a deadline: neither Wi-Fi nor a flash erase can disturb a picture that is under way.
 */
#ifndef PRISM_LED_STRIPS_H
#define PRISM_LED_STRIPS_H

#include <stdbool.h>
#include <stdint.h>

#include "esp_err.h"

/* Bytes of color for a strip: 160 LEDs. */
enum { STRIP_BYTES = 480 };

typedef struct LedStrips LedStrips;

/* What would not start. */
typedef struct {
	const char *step; /* the function of the ESP-IDF, as a rule */
	int strip; /* 1 or 2 */
	esp_err_t reason;
} LedsFailure;

/*
 * Takes SPI2 for strip 1 and SPI3 for strip 2 and starts the low level that has to come before the first picture. NULL where that
 * fails: `failure` then says why, all is given back, and the pins are low.
 */
LedStrips *led_strips_start(const int pins[2], LedsFailure *failure);

/*
 * Starts sending a picture: STRIP_BYTES for strip 1, as many for strip 2. Never waits. False where one is still going out, of which
 * nothing is touched, and where the driver refuses a strip: it is for the caller to come again.
 */
bool led_strips_send(LedStrips *leds, const uint8_t *picture);

/* Waits for the picture that is going out, 5 ms at the most, and gives all back; the pins stay low. */
void led_strips_end(LedStrips *leds);

#endif

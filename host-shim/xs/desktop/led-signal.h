/*
 * Reads the bits of an SPI port at 2.5 MHz as WS2812 LEDs do: by how long the levels last. The version for Node, and for the tests, keeps to
 * the same rules (host-shim/led-signal.ts).
 */
#ifndef PRISM_LED_SIGNAL_H
#define PRISM_LED_SIGNAL_H

#include <stddef.h>
#include <stdint.h>

/*
 * Reads `count` bytes into `bytes`, and the low level that shows them behind. Returns NULL, or what is wrong: a level outside of the data
 * sheet's windows, other than so many bytes, a low level at the end that is too short.
 */
const char *led_signal_read(const uint8_t *signal, size_t length, uint8_t *bytes, size_t count);

#endif

/*
 * The module `xs/leds`: two strips of 160 LEDs, virtual ones. A picture becomes the bits that the chip's SPI ports would send, and is read
 * back from these as LEDs do; a bit that LEDs would not understand is an error. It takes none of the machine's memory.
 */
#ifndef PRISM_LEDS_H
#define PRISM_LEDS_H

#include "natives.h"

extern const Native led_natives[];

/* Writes each picture to that file descriptor from now on; the format is in README.md, "LEDs". Ends the program with EXIT_FILE where there is none. */
void leds_write_to(int descriptor);

#endif

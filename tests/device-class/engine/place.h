/* What differs between the emulated core (xtensa/simcall.c) and the desktop (desktop.c). */
#ifndef PRISM_PLACE_H
#define PRISM_PLACE_H

#include <stdint.h>

/** Executed instructions since the start, to the nearest 25 below; 0 on the desktop, where they are not counted. */
uint64_t place_instructions(void);

/** Ends the program with this exit status. */
void place_exit(int status) __attribute__((noreturn));

/** Milliseconds of a clock that the program alone moves: by `place_sleep`, and on the core by its instructions at 240 MHz. */
uint64_t place_milliseconds(void);

/** Lets the clock jump ahead: nothing but the program itself can happen meanwhile. */
void place_sleep(uint32_t milliseconds);

#endif

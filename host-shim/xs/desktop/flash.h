/*
 * The module `embedded:storage/flash`: the partition "patterns", 0x4E0000 bytes of NOR flash, as an image file. The
 * version for Node keeps to the same rules, file and figures (host-shim/node/nor-flash-file.ts).
 *
 * File: the partition's bytes and nothing else. Missing: made, all 0xFF. Of another size: an error, never changed.
 * Every program and erase goes to the file at once, so the program may be killed at any moment.
 *
 * Rules: a program only clears bits. One that would have to set a bit ends the program with EXIT_FLASH_BREACH and a
 * line that says where, and nothing is written.
 *
 * Timing `w25q64`, the typical figures of the chip's data sheet: programming n bytes of one page of 256 takes 0.03 +
 * 0.00145 n ms, erasing a sector 45 ms, and 16 sectors that start at a multiple of 16 in one call 150 ms together.
 * `w25q64-max`, its largest figures: 0.05 + 0.01152 n ms (3 ms a page), 400 ms and 2,000 ms.
 * The call blocks for as long, as flash blocks the chip. Reading costs nothing.
 *
 * Power cut `N:how`: operations count from 1, a write of at least a byte is one, and so is each sector of an erase.
 * The Nth is left torn, a line goes to the error stream, and the program ends with EXIT_POWER_CUT. How: `none` leaves
 * the bytes as they were, `half` (the default) does the first half, rounded down, `almost` all but the last one.
 */
#ifndef PRISM_FLASH_H
#define PRISM_FLASH_H

#include "natives.h"

extern const Native flash_natives[];

#endif

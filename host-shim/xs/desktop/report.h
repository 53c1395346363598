/*
 * What SIGUSR2 asks for: one line on the error stream about what the program holds, for tests that let it run for long.
 *
 *     K1 figures {"slots":1234,"chunkBytes":45678,"peakSlots":...,"peakChunkBytes":...,"allSlots":...,"allChunkBytes":...,
 *                 "collections":12,"timers":3,"watched":1,"erases":1500,"operations":20000}
 *
 * Slots and chunk bytes are what is alive: garbage is collected first. `timers` are those scheduled, `watched` the sockets that
 * wait for something, the listening one among them; `erases` and `operations` are the flash's since the start.
 */
#ifndef PRISM_REPORT_H
#define PRISM_REPORT_H

#include "xs.h"

void report_print(xsMachine *the);

#endif

/* The outside world of the emulated core: the SIMCALL instruction of QEMU's `sim` machine. */
#ifndef PRISM_XTENSA_SIMCALL_H
#define PRISM_XTENSA_SIMCALL_H

#include <stdint.h>

/** Executed instructions since the start, to the nearest 25 below (the core's cycle counter ticks once every 25). */
extern uint64_t xtensa_instructions(void);

/** Ends the emulation with this exit status. */
extern void xtensa_exit(int status) __attribute__((noreturn));

/** Milliseconds of the emulated clock: one instruction a cycle at 240 MHz, and the time skipped by `xtensa_sleep`. */
extern uint64_t xtensa_milliseconds(void);

/** Lets the emulated clock jump ahead: nothing but the program itself can happen meanwhile. */
extern void xtensa_sleep(uint32_t milliseconds);

#endif

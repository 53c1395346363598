/*
 * Timers, in the order in which they are due. The port's loop asks how long it may wait and runs what is due.
 */
#ifndef PRISM_TIMERS_H
#define PRISM_TIMERS_H

#include "natives.h"
#include "xs.h"

/** Milliseconds until the next timer is due, 0 when one is, -1 when there is none. */
double timers_wait(void);

/** How many are scheduled. */
int timers_count(void);

/** Begins a round of the loop: timers that are scheduled from here on are not run before the next one. */
void timers_round(void);

/** Calls back every timer that was due when the round began, and runs the promise jobs after each. */
void timers_run(xsMachine *the);

extern const Native timer_natives[];

#endif

#ifndef PRISM_FIXTURE_H
#define PRISM_FIXTURE_H

#include "natives.h"

/** The natives of the module `xs/fixture`, described in js/fixture.js. */
extern const Native fixture_natives[];

/*
 * Around the work of a native, so that its instructions can be told from those of the firmware. What the engine does to
 * call the native and to return counts as the firmware's.
 */
void fixture_enter(void);
void fixture_leave(void);

#endif

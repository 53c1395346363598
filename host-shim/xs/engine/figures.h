/*
 * Natives about the machine itself: the modules `time` and `xs/heap`.
 */
#ifndef PRISM_FIGURES_H
#define PRISM_FIGURES_H

#include "natives.h"

extern const Native figure_natives[];

#endif

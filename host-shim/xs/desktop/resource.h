/*
 * The module `Resource`, as the SDK has it: files that are part of the program, as they are part of the device's image. There is one,
 * the page.
 */
#ifndef PRISM_RESOURCE_H
#define PRISM_RESOURCE_H

#include "natives.h"

extern const Native resource_natives[];

#endif

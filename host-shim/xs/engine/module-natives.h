#ifndef PRISM_MODULE_NATIVES_H
#define PRISM_MODULE_NATIVES_H

#include "natives.h"

/** The natives of the firmware's own modules (the C files in their native folders): the SDK's build finds them by name, this host by table. */
extern const Native module_natives[];

#endif

#ifndef PRISM_PROFILE_H
#define PRISM_PROFILE_H

#include "natives.h"

/** The natives of the module `xs/profile`. */
extern const Native profile_natives[];

#endif

#ifndef PRISM_BYTE_NATIVES_H
#define PRISM_BYTE_NATIVES_H

#include "natives.h"

/** The natives of modules/bytes/native/bytes.c: the SDK's build finds them by name, this host by table. */
extern const Native byte_natives[];

#endif

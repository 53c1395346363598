/*
 * The module `embedded:io/socket/listener`.
 */
#ifndef PRISM_LISTENER_H
#define PRISM_LISTENER_H

#include "natives.h"

extern const Native listener_natives[];

#endif

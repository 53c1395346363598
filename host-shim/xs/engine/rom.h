#ifndef PRISM_ROM_H
#define PRISM_ROM_H

#include "xsAll.h"

/**
 * Turns a machine into read-only memory that others are cloned from, as the built-ins and preloaded modules in the
 * device's flash are. It can run nothing afterwards.
 */
void rom_make(txMachine *root);

#endif

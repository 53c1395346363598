/*
 * Modules: finding, parsing, keeping. Each is parsed once; what came of it is kept for the life of the program, like
 * code in the device's flash.
 */
#ifndef PRISM_MODULES_H
#define PRISM_MODULES_H

#include "xsAll.h"

/**
 * Parses the module `path` (absolute, or a bare specifier) if that was not done yet, and interns its names in `the`.
 * Done in the root machine, its names cost a clone nothing. Throws a SyntaxError or ReferenceError into the machine.
 */
void module_parse(txMachine *the, const char *path);

/** Frees everything kept. No machine may be alive. */
void module_release_all(void);

#endif

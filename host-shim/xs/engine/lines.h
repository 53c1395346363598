#ifndef PRISM_LINES_H
#define PRISM_LINES_H

#include "xsAll.h"

/** Writes `in function at path:line` for the innermost script function that runs, or nothing when there is none. */
void lines_describe(txMachine *the, char *text, size_t size);

#endif

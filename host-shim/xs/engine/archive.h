#ifndef PRISM_ARCHIVE_H
#define PRISM_ARCHIVE_H

#include "xsAll.h"

/**
 * Turns a script fresh from the parser into one that runs in place, as code in flash does: its names become the
 * machine's identifiers, and its functions and strings are used where they are instead of being copied into the chunk
 * pool. The script belongs to the caller from then on and must live as long as the machine.
 */
void archive_script(txMachine *the, txScript *script);

#endif

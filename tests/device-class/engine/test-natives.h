#ifndef PRISM_TEST_NATIVES_H
#define PRISM_TEST_NATIVES_H

#include "natives.h"

/** The natives of the modules `xs/process` and `xs/instructions`. */
extern const Native test_natives[];

/** The command line's arguments after the main module, which scripts see. */
extern void test_natives_arguments(int count, char **arguments);

#endif

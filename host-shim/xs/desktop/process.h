/*
 * The modules `xs/process` and `mc/config`: what a script sees of the program it runs in.
 */
#ifndef PRISM_PROCESS_H
#define PRISM_PROCESS_H

#include "natives.h"

/** Reads the configuration; ends the program with EXIT_FILE when there is none to read. */
void config_read(const char *textOrPath);

extern const Native process_natives[];

#endif

/*
 * The command line.
 */
#ifndef PRISM_OPTIONS_H
#define PRISM_OPTIONS_H

#include "machine.h"

typedef struct {
	MachinePools pools;
	const char *host; /* address to listen on */
	const char *config; /* JSON text, or the path of a file with it */
	const char *flash; /* path of the image; NULL: no flash */
	const char *flashTiming; /* "none", "w25q64" or "w25q64-max" */
	int flashCutAt; /* the operation at which the power fails, from 1; 0: never */
	const char *flashCutHow; /* "none", "half" or "almost" */
	int pictures; /* the file descriptor that the LEDs' pictures go to; -1: none */
	const char **preload; /* modules that are in the device's flash, run already */
	int preloadCount;
	const char **module; /* modules that are in the device's flash, to run later */
	int moduleCount;
	int lines;
	int withParent; /* end when the parent does */
	const char *main;
	char **arguments;
	int argumentCount;
} Options;

/** The options of this run. Ends the program with EXIT_COMMAND_LINE and a line when they make no sense. */
const Options *options_read(int argc, char **argv);
const Options *options(void);

#endif

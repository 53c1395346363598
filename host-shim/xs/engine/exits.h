/*
 * How the program ends. Every end but 0 and those a script chooses comes with one line on the error stream that says
 * which it was and, where the engine knows, in which function, file and line.
 *
 *   0   done: the script ended by itself, or SIGINT or SIGTERM asked for it
 *   1   the script said so (a failed test run, say)
 *   2   the port is taken
 *   64  the command line was not understood
 *   66  a file could not be read or written: the main module, the configuration, the flash image
 *   70  power cut: the flash's own switch, see desktop/flash.h
 *   71  a flash program that would have to set bits: NOR flash cannot
 *   80  out of chunks: the pool for strings, buffers and arrays is used up
 *   81  out of slots: the pool for objects, properties and closures is used up
 *   82  stack overflow
 *   83  unhandled exception: one that left a callback, or a module's body
 *   84  unhandled rejection
 *   85  write to read-only memory: the script changed the bytes of something that is in flash on the device
 *   86  out of keys: names made while running need more identifiers than there are
 *   87  any other reason the engine gave up for
 */
#ifndef PRISM_EXITS_H
#define PRISM_EXITS_H

enum {
	EXIT_DONE = 0,
	EXIT_SCRIPT = 1,
	EXIT_PORT_TAKEN = 2,
	EXIT_COMMAND_LINE = 64,
	EXIT_FILE = 66,
	EXIT_POWER_CUT = 70,
	EXIT_FLASH_BREACH = 71,
	EXIT_OUT_OF_CHUNKS = 80,
	EXIT_OUT_OF_SLOTS = 81,
	EXIT_STACK_OVERFLOW = 82,
	EXIT_EXCEPTION = 83,
	EXIT_REJECTION = 84,
	EXIT_READ_ONLY = 85,
	EXIT_OUT_OF_KEYS = 86,
	EXIT_ENGINE = 87
};

#endif

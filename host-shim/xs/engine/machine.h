/*
 * The machine, set up as the device's is: built-ins, host modules and the firmware's preloaded modules are read-only
 * and shared, and only what is made at run time takes from the pools.
 *
 *   machine_create_root        once
 *   machine_preload            a module and all that it imports, run once, as the device's build does
 *   machine_parse              a module that is to run later: its code and names cost no memory then
 *   machine_start              seals the root and makes the machine that runs
 *   machine_import             runs a module in it
 *   machine_run_jobs           whenever something ran, until nothing is left to do
 *   machine_end                at the end
 */
#ifndef PRISM_MACHINE_H
#define PRISM_MACHINE_H

#include "xs.h"

/** The pools of the machine that runs. They never grow. */
typedef struct {
	int32_t chunkBytes;
	int32_t slotCount;
	int32_t stackCount;
} MachinePools;

/*
 * The device's: 94,208 bytes, 5,376 slots of 16 bytes, 640 slots of stack. Where words have 64 bits the numbers of
 * slots are the same; a chunk's header has 16 bytes instead of 8, lengths are rounded up to 8 instead of 4, and an
 * array's element has 32 bytes instead of 16, so the chunk pool gets half as much again.
 */
#define DEVICE_CHUNK_BYTES 94208
#define DEVICE_SLOT_COUNT 5376
#define DEVICE_STACK_COUNT 640
#if INTPTR_MAX == INT64_MAX
	#define DEFAULT_CHUNK_BYTES (DEVICE_CHUNK_BYTES * 3 / 2)
#else
	#define DEFAULT_CHUNK_BYTES DEVICE_CHUNK_BYTES
#endif

xsMachine *machine_create_root(void);
void machine_preload(xsMachine *root, const char *specifier);
void machine_parse(xsMachine *root, const char *path);
xsMachine *machine_start(xsMachine *root, const MachinePools *pools);
void machine_import(xsMachine *the, const char *specifier);
void machine_run_jobs(xsMachine *the);

/** Ends with the exit for unhandled rejections when one is left; nothing else would ever handle it. */
void machine_check_rejections(xsMachine *the);

/** Frees the machine and its root: scripts' destructors run. */
void machine_end(xsMachine *the);

#endif

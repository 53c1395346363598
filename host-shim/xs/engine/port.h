/*
 * What the engine glue asks of the place it runs in. The desktop has it in desktop/, a cross build brings its own.
 */
#ifndef PRISM_PORT_H
#define PRISM_PORT_H

#include <stddef.h>
#include <stdint.h>

#include "natives.h"

/** Memory for a pool of the engine's, `size` bytes, aligned for any type; NULL when there is none. */
void *port_allocate(size_t size);
void port_free(void *memory);

/** Makes every pool allocated until now read-only, or does nothing where that cannot be done. */
void port_seal(void);

/** Prints `length` bytes of what a script traces. */
void port_trace(const char *text, size_t length);

/** Ends the program. `reason` is one line without its line end, or NULL; see exits.h for the code. */
void port_exit(int code, const char *reason) __attribute__((noreturn));

/** Milliseconds since some moment of the past, never going back. */
double port_milliseconds(void);

/**
 * The source text of a module: `path` is absolute, or a bare specifier such as `timer`. The text stays valid until
 * port_release_source, which is called once for each success. Returns NULL when there is no such module.
 */
const char *port_source(const char *path, size_t *length);
void port_release_source(const char *text);

/** Whether the bare specifier names a module that port_source knows. */
int port_has_module(const char *specifier);

/** The natives that scripts may name, in tables: a list that ends with NULL. */
extern const Native *const port_natives[];

/** Whether modules are compiled with their line numbers: they cost a few instructions a statement. */
int port_wants_lines(void);

#endif

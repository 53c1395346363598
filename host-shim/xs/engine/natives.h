/*
 * Natives: C functions that a module binds with the form  name(arguments) @ "native_name".
 */
#ifndef PRISM_NATIVES_H
#define PRISM_NATIVES_H

/** A native: a function of the machine (`xsCallback`), or the destructor that a class extends (`void (*)(void *)`). */
typedef struct {
	const char *name;
	void (*function)(void);
} Native;

/** One row of a table of natives; a table ends with NATIVES_END. */
#define NATIVE(NAME) { #NAME, (void (*)(void))(NAME) }
#define NATIVES_END { (const char *)0, (void (*)(void))0 }

/** The native of that name, or NULL. */
void (*native_find(const char *name))(void);

#endif

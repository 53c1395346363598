/*
 * Functions of an options object that natives call back later.
 */
#ifndef PRISM_CALLBACKS_H
#define PRISM_CALLBACKS_H

#include "xs.h"

/**
 * The function that is the property `name` of the object in argument 0, or NULL when it has none. Its owner must mark
 * it in every collection. Uses xsVar(0). @throws TypeError when it is something else
 */
xsSlot *callback_of(xsMachine *the, const char *name);

/** Calls `function` with `object` as this and one number, outside of any other call, and runs what that left to do. */
void callback_run(xsMachine *the, xsSlot *function, xsSlot *object, int argument);

#endif

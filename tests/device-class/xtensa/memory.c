/* The engine's pools on the emulated core, which has no way to make memory read-only. */
#include <stdlib.h>

#include "port.h"

void *port_allocate(size_t size) { return malloc(size); }
void port_free(void *memory) { free(memory); }
void port_seal(void) {}

/*
 * Looks a native up by its name. That happens once for each when its module is loaded, so a walk of the tables does.
 */
#include "natives.h"

#include <string.h>

#include "port.h"

void (*native_find(const char *name))(void)
{
	for (const Native *const *table = port_natives; *table; table++) {
		for (const Native *native = *table; native->name; native++) {
			if (!strcmp(native->name, name))
				return native->function;
		}
	}
	return NULL;
}

#include "callbacks.h"

#include "machine.h"
#include "xsmc.h"

xsSlot *callback_of(xsMachine *the, const char *name)
{
	xsIdentifier id = xsID(name);
	if (!xsmcHas(xsArg(0), id))
		return NULL;
	xsmcGet(xsVar(0), xsArg(0), id);
	if (xsmcTypeOf(xsVar(0)) == xsUndefinedType)
		return NULL;
	if (!xsmcIsCallable(xsVar(0)))
		xsTypeError("%s is no function", name);
	return fxToReference(the, &xsVar(0));
}

void callback_run(xsMachine *machine, xsSlot *function, xsSlot *object, int argument)
{
	xsBeginHost(machine);
	{
		xsmcVars(1);
		xsmcSetInteger(xsVar(0), argument);
		xsCallFunction1(xsReference(function), *object, xsVar(0));
	}
	xsEndHost(machine);
	machine_run_jobs(machine);
}

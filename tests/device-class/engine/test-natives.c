#include "xsmc.h"

#include "test-natives.h"

#include "port.h"
#include "place.h"

static char **arguments;
static int argumentCount;

void test_natives_arguments(int count, char **list)
{
	argumentCount = count;
	arguments = list;
}

static void xs_process_exit(xsMachine *the)
{
	port_exit(xsmcArgc ? xsmcToInteger(xsArg(0)) : 0, NULL);
}

static void xs_process_args(xsMachine *the)
{
	xsmcVars(1);
	xsmcSetNewArray(xsResult, argumentCount);
	for (int i = 0; i < argumentCount; i++) {
		xsmcSetString(xsVar(0), arguments[i]);
		xsmcSetIndex(xsResult, (xsIndex)i, xsVar(0));
	}
}

static void xs_instructions(xsMachine *the)
{
	xsmcSetNumber(xsResult, (double)place_instructions());
}

const Native test_natives[] = {
	NATIVE(xs_process_exit),
	NATIVE(xs_process_args),
	NATIVE(xs_instructions),
	NATIVES_END
};

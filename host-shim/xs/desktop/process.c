#include "xsmc.h"

#include "process.h"

#include <stdio.h>

#include "exits.h"
#include "options.h"
#include "port.h"

static const char *config = "{}";
static size_t configLength = 2;

void config_read(const char *textOrPath)
{
	char reason[300];
	if (textOrPath[0] == '{') {
		config = textOrPath;
		configLength = strlen(config);
		return;
	}
	config = port_source(textOrPath, &configLength);
	if (!config) {
		snprintf(reason, sizeof(reason), "cannot read the configuration %s", textOrPath);
		port_exit(EXIT_FILE, reason);
	}
}

static void xs_config_text(xsMachine *the)
{
	xsmcSetStringBuffer(xsResult, (char *)config, (xsIntegerValue)configLength);
}

static void xs_process_exit(xsMachine *the)
{
	port_exit(xsmcArgc ? xsmcToInteger(xsArg(0)) : EXIT_DONE, NULL);
}

static void xs_process_args(xsMachine *the)
{
	const Options *given = options();
	xsmcVars(1);
	xsmcSetNewArray(xsResult, given->argumentCount);
	for (int i = 0; i < given->argumentCount; i++) {
		xsmcSetString(xsVar(0), given->arguments[i]);
		xsmcSetIndex(xsResult, (xsIndex)i, xsVar(0));
	}
}

const Native process_natives[] = {
	NATIVE(xs_config_text),
	NATIVE(xs_process_exit),
	NATIVE(xs_process_args),
	NATIVES_END
};

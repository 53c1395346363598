#include "resource.h"

#include <string.h>

#include "embed.h"
#include "xsmc.h"

EMBED(page, "page.gz")

static void xs_resource_destroy(void *data)
{
	(void)data;
}

static void xs_resource_open(xsMachine *the)
{
	char name[16];
	xsmcToStringBuffer(xsArg(0), name, sizeof(name));
	if (strcmp(name, "page.gz"))
		xsURIError("no resource %s", name);
	xsmcSetHostBuffer(xsThis, (void *)source_page, (xsIntegerValue)(source_end_page - source_page));
	xsmcPetrifyHostBuffer(xsThis);
}

static void xs_resource_length(xsMachine *the)
{
	xsmcSetInteger(xsResult, (xsIntegerValue)xsmcGetHostBufferLength(xsThis));
}

const Native resource_natives[] = {
	NATIVE(xs_resource_destroy),
	NATIVE(xs_resource_open),
	NATIVE(xs_resource_length),
	NATIVES_END
};

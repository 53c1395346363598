/*
 * k1-xs: the K1's firmware on a desktop, in XS, with the device's heap.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "exits.h"
#include "leds.h"
#include "loop.h"
#include "machine.h"
#include "options.h"
#include "parent.h"
#include "port.h"
#include "process.h"

/* The host's modules: on the device they are preloaded too. */
static const char *const preloaded[] = {
	"timer", "time", "mc/config", "embedded:io/socket/tcp", "embedded:io/socket/listener",
	"embedded:storage/flash", "modules/bytes/native/bytes", "modules/pattern/native/decode",
	"modules/http/native/field-values", "modules/storage/native/list", "modules/websocket/native/headers",
	"modules/playback/native/render", "xs/heap", "xs/leds", "xs/process", NULL
};

static const char *absolute(const char *path, char *buffer)
{
	if (!realpath(path, buffer)) {
		char reason[PATH_MAX + 40];
		snprintf(reason, sizeof(reason), "cannot find the module %s", path);
		port_exit(EXIT_FILE, reason);
	}
	return buffer;
}

int main(int argc, char **argv)
{
	char path[PATH_MAX];
	const Options *given = options_read(argc, argv);
	config_read(given->config);
	if (given->pictures >= 0)
		leds_write_to(given->pictures);
	loop_open();
	if (given->withParent)
		parent_follow();

	xsMachine *root = machine_create_root();
	for (const char *const *name = preloaded; *name; name++)
		machine_preload(root, *name);
	for (int i = 0; i < given->preloadCount; i++)
		machine_preload(root, absolute(given->preload[i], path));
	for (int i = 0; i < given->moduleCount; i++)
		machine_parse(root, absolute(given->module[i], path));
	machine_parse(root, absolute(given->main, path));

	xsMachine *the = machine_start(root, &given->pools);
	machine_import(the, path);
	loop_run(the);
	machine_check_rejections(the);
	machine_end(the);
	loop_close();
	port_exit(EXIT_DONE, NULL);
}

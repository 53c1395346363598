/*
 * k1-bench: the K1's modules in XS with the device's heap and a fixture instead of network and flash, on an emulated Xtensa core
 * or the desktop.
 *
 *   k1-bench [--preload FILE]... [--module FILE]... main.js [argument]...
 *
 * As k1-xs does it: preloaded modules run in the read-only root machine, the others are only parsed there. All paths are absolute.
 */
#include <string.h>

#include "exits.h"
#include "machine.h"
#include "port.h"
#include "place.h"
#include "test-natives.h"
#include "timers.h"

static const char *const preloaded[] = { "timer", "time", "xs/heap", "xs/process", "xs/instructions",
	"xs/fixture", "xs/profile", "modules/bytes/native/bytes", "modules/pattern/native/decode",
	"modules/http/native/field-values", "modules/storage/native/list", "modules/websocket/native/headers",
	"modules/playback/native/render", NULL };

int main(int argc, char **argv)
{
	static const MachinePools pools = { DEVICE_CHUNK_BYTES, DEVICE_SLOT_COUNT, DEVICE_STACK_COUNT };
	xsMachine *root = machine_create_root();
	for (const char *const *name = preloaded; *name; name++)
		machine_preload(root, *name);
	int i = 1;
	for (; i + 1 < argc && argv[i][0] == '-'; i += 2) {
		if (!strcmp(argv[i], "--preload"))
			machine_preload(root, argv[i + 1]);
		else if (!strcmp(argv[i], "--module"))
			machine_parse(root, argv[i + 1]);
		else
			port_exit(EXIT_COMMAND_LINE, "usage: k1-bench [--preload FILE]... [--module FILE]... main.js [argument]...");
	}
	if (i >= argc)
		port_exit(EXIT_COMMAND_LINE, "no main module given");
	machine_parse(root, argv[i]);
	test_natives_arguments(argc - i - 1, argv + i + 1);

	xsMachine *the = machine_start(root, &pools);
	machine_import(the, argv[i]);
	double wait;
	while ((wait = timers_wait()) >= 0) {
		if (wait > 0)
			place_sleep((uint32_t)wait + 1);
		timers_round();
		timers_run(the);
	}
	machine_check_rejections(the);
	port_exit(EXIT_DONE, NULL);
}

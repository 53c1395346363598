/*
 * What the engine glue asks of the place it runs in (host-shim/xs/engine/port.h), but for memory.
 */
#include "port.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "module-natives.h"
#include "exits.h"
#include "figures.h"
#include "fixture.h"
#include "place.h"
#include "profile.h"
#include "test-natives.h"
#include "timers.h"

const Native *const port_natives[] = { module_natives, figure_natives, timer_natives, test_natives, fixture_natives, profile_natives, NULL };

/* What cannot be printed cannot be reported either. */
static void print(int file, const char *text, size_t length)
{
	if (write(file, text, length) < 0)
		place_exit(EXIT_FILE);
}

void port_trace(const char *text, size_t length) { print(1, text, length); }

void port_exit(int code, const char *reason)
{
	if (reason) {
		print(2, "k1-bench: ", 10);
		print(2, reason, strlen(reason));
		print(2, "\n", 1);
	}
	place_exit(code);
}

double port_milliseconds(void) { return (double)place_milliseconds(); }


int port_wants_lines(void) { return 0; }

/* The host's modules are bytes in the program, the others files of the desktop. */

#define EMBED(LABEL, FILE) \
	__asm__(".pushsection .rodata\n" \
		"source_" #LABEL ":\n.incbin \"" FILE "\"\n" \
		"source_end_" #LABEL ":\n.byte 0\n" \
		".popsection\n"); \
	extern const char source_##LABEL[], source_end_##LABEL[];

EMBED(timer, "timer.js")
EMBED(time, "time.js")
EMBED(heap, "heap.js")
EMBED(process, "process.js")
EMBED(bytes, "bytes.js")
EMBED(field_values, "field-values.js")
EMBED(decode, "decode.js")
EMBED(list, "list.js")
EMBED(headers, "headers.js")
EMBED(render, "render.js")
EMBED(instructions, "instructions.js")
EMBED(fixture, "fixture.js")
EMBED(profile, "profile.js")

static const struct {
	const char *specifier;
	const char *start;
	const char *end;
} embedded[] = {
	{ "timer", source_timer, source_end_timer },
	{ "time", source_time, source_end_time },
	{ "xs/heap", source_heap, source_end_heap },
	{ "xs/process", source_process, source_end_process },
	{ "modules/bytes/native/bytes", source_bytes, source_end_bytes },
	{ "modules/http/native/field-values", source_field_values, source_end_field_values },
	{ "modules/pattern/native/decode", source_decode, source_end_decode },
	{ "modules/storage/native/list", source_list, source_end_list },
	{ "modules/playback/native/render", source_render, source_end_render },
	{ "modules/websocket/native/headers", source_headers, source_end_headers },
	{ "xs/instructions", source_instructions, source_end_instructions },
	{ "xs/fixture", source_fixture, source_end_fixture },
	{ "xs/profile", source_profile, source_end_profile },
};

enum { EMBEDDED = sizeof embedded / sizeof embedded[0] };

static int find(const char *specifier)
{
	for (int i = 0; i < EMBEDDED; i++) {
		if (!strcmp(embedded[i].specifier, specifier))
			return i;
	}
	return -1;
}

int port_has_module(const char *specifier) { return find(specifier) >= 0; }

const char *port_source(const char *path, size_t *length)
{
	int i = find(path);
	if (i >= 0) {
		*length = (size_t)(embedded[i].end - embedded[i].start);
		return embedded[i].start;
	}
	int file = open(path, O_RDONLY);
	if (file < 0)
		return NULL;
	size_t size = (size_t)lseek(file, 0, SEEK_END);
	char *text = malloc(size + 1);
	lseek(file, 0, SEEK_SET);
	*length = 0;
	while (text && *length < size) {
		ssize_t got = read(file, text + *length, size - *length);
		if (got <= 0)
			break;
		*length += (size_t)got;
	}
	close(file);
	return text;
}

void port_release_source(const char *text)
{
	for (int i = 0; i < EMBEDDED; i++) {
		if (embedded[i].start == text)
			return;
	}
	free((char *)text);
}

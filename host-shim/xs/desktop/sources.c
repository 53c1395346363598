/*
 * Where modules come from: the host's own are inside the program, all others are files.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "embed.h"
#include "port.h"

EMBED(timer, "timer.js")
EMBED(time, "time.js")
EMBED(config, "config.js")
EMBED(heap, "heap.js")
EMBED(process, "process.js")
EMBED(tcp, "tcp.js")
EMBED(listener, "listener.js")
EMBED(flash, "flash.js")
EMBED(leds, "leds.js")
EMBED(resource, "resource.js")
EMBED(bytes, "bytes.js")
EMBED(field_values, "field-values.js")
EMBED(decode, "decode.js")
EMBED(list, "list.js")
EMBED(headers, "headers.js")
EMBED(render, "render.js")

static const struct {
	const char *specifier;
	const char *start;
	const char *end;
} embedded[] = {
	{ "timer", source_timer, source_end_timer },
	{ "time", source_time, source_end_time },
	{ "mc/config", source_config, source_end_config },
	{ "xs/heap", source_heap, source_end_heap },
	{ "xs/leds", source_leds, source_end_leds },
	{ "xs/process", source_process, source_end_process },
	{ "Resource", source_resource, source_end_resource },
	{ "embedded:io/socket/tcp", source_tcp, source_end_tcp },
	{ "embedded:io/socket/listener", source_listener, source_end_listener },
	{ "embedded:storage/flash", source_flash, source_end_flash },
	{ "modules/bytes/native/bytes", source_bytes, source_end_bytes },
	{ "modules/http/native/field-values", source_field_values, source_end_field_values },
	{ "modules/pattern/native/decode", source_decode, source_end_decode },
	{ "modules/storage/native/list", source_list, source_end_list },
	{ "modules/playback/native/render", source_render, source_end_render },
	{ "modules/websocket/native/headers", source_headers, source_end_headers },
};

enum { EMBEDDED = sizeof(embedded) / sizeof(embedded[0]) };

static int find(const char *specifier)
{
	for (int i = 0; i < EMBEDDED; i++) {
		if (!strcmp(embedded[i].specifier, specifier))
			return i;
	}
	return -1;
}

int port_has_module(const char *specifier)
{
	return find(specifier) >= 0;
}

static const char *read_file(const char *path, size_t *length)
{
	FILE *file = fopen(path, "rb");
	if (!file)
		return NULL;
	size_t size = 0;
	size_t used = 0;
	char *text = NULL;
	do {
		size += 65536;
		char *larger = realloc(text, size);
		if (!larger) {
			free(text);
			text = NULL;
			break;
		}
		text = larger;
		used += fread(text + used, 1, size - used, file);
	} while (used == size);
	fclose(file);
	*length = used;
	return text;
}

const char *port_source(const char *path, size_t *length)
{
	int i = find(path);
	if (i < 0)
		return read_file(path, length);
	*length = (size_t)(embedded[i].end - embedded[i].start);
	return embedded[i].start;
}

void port_release_source(const char *text)
{
	for (int i = 0; i < EMBEDDED; i++) {
		if (embedded[i].start == text)
			return;
	}
	free((char *)text);
}

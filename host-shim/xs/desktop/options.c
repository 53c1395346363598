#include "options.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exits.h"

static Options read = {
	.pools = { DEFAULT_CHUNK_BYTES, DEVICE_SLOT_COUNT, DEVICE_STACK_COUNT },
	.host = "127.0.0.1",
	.config = "{}",
	.flashTiming = "none",
	.flashCutHow = "half",
	.pictures = -1,
	.lines = 1,
};

static const char usage[] =
	"usage: k1-xs [--chunks BYTES] [--slots N] [--stack N] [--host HOST] [--config JSON|FILE]\n"
	"             [--flash FILE] [--flash-timing none|w25q64|w25q64-max] [--flash-cut N[:none|half|almost]]\n"
	"             [--pictures DESCRIPTOR]\n"
	"             [--preload FILE]... [--module FILE]... [--no-lines] [--with-parent] main.js [argument]...\n";

static void refuse(const char *what, const char *which)
{
	fprintf(stderr, "k1-xs: %s %s\n%s", what, which, usage);
	exit(EXIT_COMMAND_LINE);
}

static int32_t number(const char *option, const char *text, long least)
{
	char *end;
	long value = strtol(text, &end, 0);
	if (!*text || *end || value < least || value > 0x40000000)
		refuse("bad value for", option);
	return (int32_t)value;
}

/* The value, if it is one of those before the NULL. */
static const char *one_of(const char *option, const char *value, ...)
{
	va_list list;
	const char *one;
	va_start(list, value);
	while ((one = va_arg(list, const char *)) && strcmp(one, value))
		;
	va_end(list);
	if (!one)
		refuse("bad value for", option);
	return value;
}

/* N, or N:how. */
static void cut(const char *option, const char *value)
{
	char count[16];
	const char *colon = strchr(value, ':');
	size_t length = colon ? (size_t)(colon - value) : strlen(value);
	snprintf(count, sizeof(count), "%.*s", (int)length, value);
	read.flashCutAt = number(option, count, 1);
	if (colon)
		read.flashCutHow = one_of(option, colon + 1, "none", "half", "almost", NULL);
}

static void option(const char *name, const char *value)
{
	if (!value)
		refuse("missing value for", name);
	if (!strcmp(name, "--chunks"))
		read.pools.chunkBytes = number(name, value, 1024);
	else if (!strcmp(name, "--slots"))
		read.pools.slotCount = number(name, value, 256);
	else if (!strcmp(name, "--stack"))
		read.pools.stackCount = number(name, value, 128);
	else if (!strcmp(name, "--host"))
		read.host = value;
	else if (!strcmp(name, "--config"))
		read.config = value;
	else if (!strcmp(name, "--flash"))
		read.flash = value;
	else if (!strcmp(name, "--flash-timing"))
		read.flashTiming = one_of(name, value, "none", "w25q64", "w25q64-max", NULL);
	else if (!strcmp(name, "--flash-cut"))
		cut(name, value);
	else if (!strcmp(name, "--pictures"))
		read.pictures = number(name, value, 3);
	else if (!strcmp(name, "--preload"))
		read.preload[read.preloadCount++] = value;
	else if (!strcmp(name, "--module"))
		read.module[read.moduleCount++] = value;
	else
		refuse("no such option:", name);
}

const Options *options_read(int argc, char **argv)
{
	int i = 1;
	if (argc == 2 && !strcmp(argv[1], "--version")) {
		printf("k1-xs, %d bits\n", (int)sizeof(void *) * 8);
		exit(EXIT_DONE);
	}
	/* Each has room for all that could be given; they live as long as the program. */
	read.preload = calloc((size_t)argc + 1, sizeof(char *));
	read.module = calloc((size_t)argc + 1, sizeof(char *));
	if (!read.preload || !read.module)
		exit(EXIT_ENGINE);
	while (i < argc && !strncmp(argv[i], "--", 2)) {
		if (!strcmp(argv[i], "--no-lines")) {
			read.lines = 0;
			i++;
			continue;
		}
		if (!strcmp(argv[i], "--with-parent")) {
			read.withParent = 1;
			i++;
			continue;
		}
		option(argv[i], i + 1 < argc ? argv[i + 1] : NULL);
		i += 2;
	}
	if (i == argc)
		refuse("no main module", "given");
	read.main = argv[i++];
	read.arguments = argv + i;
	read.argumentCount = argc - i;
	return &read;
}

const Options *options(void)
{
	return &read;
}

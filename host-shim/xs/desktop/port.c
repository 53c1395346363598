/*
 * The desktop's answers to engine/port.h, but for modules' sources (sources.c) and memory (memory.c).
 */
#include "port.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "module-natives.h"
#include "figures.h"
#include "flash.h"
#include "leds.h"
#include "listener.h"
#include "options.h"
#include "process.h"
#include "resource.h"
#include "tcp.h"
#include "timers.h"

const Native *const port_natives[] = {
	module_natives,
	figure_natives,
	flash_natives,
	led_natives,
	listener_natives,
	process_natives,
	resource_natives,
	tcp_natives,
	timer_natives,
	NULL
};

void port_trace(const char *text, size_t length)
{
	fwrite(text, 1, length, stdout);
	if (length && text[length - 1] == '\n')
		fflush(stdout);
}

void port_exit(int code, const char *reason)
{
	fflush(stdout);
	if (reason)
		fprintf(stderr, "k1-xs: %s\n", reason);
	exit(code);
}

double port_milliseconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1000 + (double)now.tv_nsec / 1e6;
}

int port_wants_lines(void)
{
	return options()->lines;
}

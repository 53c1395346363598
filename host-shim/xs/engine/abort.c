/*
 * The end of a machine that cannot go on: out of memory, exceptions nobody took. One line says what and where.
 */
#include "xsAll.h"

#include "xs.h"

#include "exits.h"
#include "lines.h"
#include "port.h"

static char report[160]; /* the engine's last words before it aborts */
static char message[640];

/* XS prints traces with the format "%s" and its own complaints with others: those are kept for the line below. */
int prismReportList(const char *format, va_list arguments)
{
	if (!c_strcmp(format, "%s")) {
		const char *text = va_arg(arguments, const char *);
		size_t length = c_strlen(text);
		port_trace(text, length);
		return (int)length;
	}
	int length = c_vsnprintf(report, sizeof(report), format, arguments);
	char *end = c_strchr(report, '\n');
	if (end)
		*end = 0;
	return length;
}

int prismReport(const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	int length = prismReportList(format, arguments);
	va_end(arguments);
	return length;
}

static void add(const char *format, ...)
{
	size_t length = c_strlen(message);
	va_list arguments;
	va_start(arguments, format);
	c_vsnprintf(message + length, sizeof(message) - length, format, arguments);
	va_end(arguments);
}

/* The text of what was thrown, with the stack an Error carries, on one line. */
static void add_exception(xsMachine *machine)
{
	txSlot exception = machine->stackTop[-1 - mxExceptionStackIndex];
	xsBeginHost(machine);
	{
		xsVars(2);
		xsVar(0) = exception;
		xsVar(1) = xsUndefined;
		if (exception.kind == XS_REFERENCE_KIND)
			xsVar(1) = xsGet(xsVar(0), xsID("stack"));
		add(": %.400s", xsToString(xsTest(xsVar(1)) ? xsVar(1) : xsVar(0)));
	}
	xsEndHost(machine);
	for (char *p = message; *p; p++) {
		if (*p == '\n')
			*p = ' ';
	}
}

static void add_place(txMachine *the)
{
	char place[200] = "";
	lines_describe(the, place, sizeof(place));
	if (place[0])
		add(", %s", place);
}

static int describe(txMachine *the, int status)
{
	switch (status) {
	case XS_NOT_ENOUGH_MEMORY_EXIT: {
		/* The engine has one status for both pools; it fails with an empty list of slots only when those ran out. */
		int slots = the->freeHeap == NULL;
		if (slots)
			add("out of slots: all %ld are in use", (long)the->maximumHeapCount);
		else
			add("out of chunks: %ld of %ld bytes are in use", (long)the->currentChunksSize, (long)the->maximumChunksSize);
		if (report[0])
			add(" (%s)", report);
		add_place(the);
		return slots ? EXIT_OUT_OF_SLOTS : EXIT_OUT_OF_CHUNKS;
	}
	case XS_STACK_OVERFLOW_EXIT:
		add("stack overflow: all %ld slots are in use", (long)(the->stackTop - the->stackBottom));
		add_place(the);
		return EXIT_STACK_OVERFLOW;
	case XS_UNHANDLED_EXCEPTION_EXIT:
		add("unhandled exception");
		add_exception(the);
		return EXIT_EXCEPTION;
	case XS_UNHANDLED_REJECTION_EXIT:
		add("unhandled rejection");
		add_exception(the);
		return EXIT_REJECTION;
	case XS_NO_MORE_KEYS_EXIT:
		add("out of keys: %ld are in use", (long)the->keyIndex);
		add_place(the);
		return EXIT_OUT_OF_KEYS;
	default:
		add("the engine gave up with status %d", status);
		if (report[0])
			add(" (%s)", report);
		add_place(the);
		return EXIT_ENGINE;
	}
}

void fxAbort(txMachine *the, int status)
{
	/* Telling about an exception may itself run out of memory: then what is known must do. */
	static int code = EXIT_ENGINE;
	if (!the->aborting) {
		the->aborting = 1;
		code = status == XS_UNHANDLED_REJECTION_EXIT ? EXIT_REJECTION : EXIT_EXCEPTION;
		code = describe(the, status);
	}
	port_exit(code, message);
}

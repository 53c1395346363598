/*
 * Counts instructions a function of the firmware, and a native. The engine announces each call and each return when it is built
 * with mxTraceCall; the Makefile sends these announcements here. What a hook itself costs is not counted.
 */
#include "profile.h"

#include "xsAll.h"
/* After it: its names for the engine's types are then the engine's own. */
#include "xs.h"

#include "place.h"

#ifdef PRISM_PROFILE

#include <stdio.h>
#include <stdlib.h>

enum { FUNCTIONS = 1024, DEPTH = 256 };

typedef struct {
	const void *key; /* the function's instance, or for a native of ours its builder */
	char name[64];
	char module[64]; /* the end of its path; "" for natives and the engine's own */
	uint32_t calls;
	uint64_t self;
	uint64_t total; /* with all that it called */
} Function;

typedef struct {
	txSlot *frame; /* the frame's slot of the function: deeper frames have lower addresses */
	Function *function;
	uint64_t entered;
} Call;

static Function functions[FUNCTIONS];
static Call calls[DEPTH];
static int functionCount, depth, running;
static uint64_t last, hidden; /* `hidden`: instructions of the hooks, which nobody spent */

static uint64_t now(void) { return place_instructions() - hidden; }

static const char *key_name(txMachine *the, txSlot *instance)
{
	txSlot *code = mxFunctionInstanceCode(instance);
	const char *name = code && code->ID != XS_NO_ID ? fxGetKeyName(the, code->ID) : NULL;
	return name && name[0] ? name : "(no name)";
}

/* "Class.method". Taken at the first call: a closure may be collected, and another take its place, before the end. */
static void name_function(txMachine *the, Function *function, txSlot *instance)
{
	char owner[40] = "";
	txSlot *home = mxFunctionInstanceHome(instance);
	if (home && home->kind == XS_HOME_KIND && home->value.home.object) {
		txSlot *constructor = mxBehaviorGetProperty(the, home->value.home.object, mxID(_constructor), 0, XS_ANY);
		if (constructor && constructor->kind == XS_REFERENCE_KIND)
			snprintf(owner, sizeof owner, "%s.", key_name(the, constructor->value.reference));
	}
	snprintf(function->name, sizeof function->name, "%s%s", owner, key_name(the, instance));
}

/* The module that a function's code is in. */
static void name_module(txMachine *the, Function *function, txSlot *instance)
{
	txSlot *home = mxFunctionInstanceHome(instance);
	txSlot *module = home && home->kind == XS_HOME_KIND ? home->value.home.module : NULL;
	txSlot *internal = module ? mxModuleInstanceInternal(module) : NULL;
	if (!internal || internal->kind != XS_MODULE_KIND || internal->value.module.id == XS_NO_ID)
		return;
	const char *path = fxGetKeyName(the, internal->value.module.id);
	size_t length = strlen(path), most = sizeof function->module - 1;
	strcpy(function->module, length > most ? path + length - most : path);
}

static Function *function_of(txMachine *the, txSlot *called)
{
	const txHostFunctionBuilder *builder = called->kind == XS_HOST_FUNCTION_KIND ? called->value.hostFunction.builder : NULL;
	const void *key = builder ? (const void *)builder : called->value.reference;
	for (int i = 0; i < functionCount; i++) {
		if (functions[i].key == key)
			return &functions[i];
	}
	if (functionCount == FUNCTIONS)
		return &functions[0];
	Function *function = &functions[functionCount++];
	function->key = key;
	if (builder)
		snprintf(function->name, sizeof function->name, "native %s", fxGetKeyName(the, builder->id));
	else {
		name_function(the, function, called->value.reference);
		name_module(the, function, called->value.reference);
	}
	return function;
}

static void charge(uint64_t time)
{
	if (depth > 0)
		calls[depth - 1].function->self += time - last;
	last = time;
}

static void leave(uint64_t time)
{
	Call *call = &calls[--depth];
	call->function->total += time - call->entered;
}

void fxTraceCallBegin(txMachine *the, txSlot *function)
{
	if (!running || (function->kind != XS_REFERENCE_KIND && function->kind != XS_HOST_FUNCTION_KIND))
		return;
	uint64_t time = now();
	charge(time);
	/* An exception leaves functions without a word. */
	while (depth > 0 && calls[depth - 1].frame <= function)
		leave(time);
	if (depth < DEPTH) {
		Function *called = function_of(the, function);
		called->calls++;
		calls[depth++] = (Call){ function, called, time };
	}
	hidden += now() - time;
}

void fxTraceCallEnd(txMachine *the, txSlot *function)
{
	(void)the;
	if (!running || (function->kind != XS_REFERENCE_KIND && function->kind != XS_HOST_FUNCTION_KIND))
		return;
	uint64_t time = now();
	charge(time);
	while (depth > 0 && calls[depth - 1].frame <= function)
		leave(time);
	hidden += now() - time;
}

static int by_self(const void *a, const void *b)
{
	uint64_t x = ((const Function *)a)->self, y = ((const Function *)b)->self;
	return x < y ? 1 : x > y ? -1 : 0;
}

static void xs_profile_start(xsMachine *the)
{
	(void)the;
	functionCount = 0;
	memset(functions, 0, sizeof functions);
	depth = 0;
	last = now();
	running = 1;
}

static void xs_profile_stop(xsMachine *the)
{
	(void)the;
	running = 0;
	qsort(functions, (size_t)functionCount, sizeof functions[0], by_self);
	for (int i = 0; i < functionCount; i++) {
		const Function *function = &functions[i];
		printf("{\"name\":\"%s\",\"module\":\"%s\",\"unit\":\"run\",\"calls\":%lu,\"self\":%.0f,\"total\":%.0f}\n",
			function->name, function->module, (unsigned long)function->calls, (double)function->self, (double)function->total);
	}
}

#else

static void xs_profile_start(xsMachine *the) { (void)the; }
static void xs_profile_stop(xsMachine *the) { (void)the; }

#endif

const Native profile_natives[] = {
	NATIVE(xs_profile_start),
	NATIVE(xs_profile_stop),
	NATIVES_END
};

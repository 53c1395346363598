#include "xsAll.h"
/* xs.h after xsAll.h: its names for the engine's types are then the engine's own. */
#include "xs.h"

#include "machine.h"
#include "modules.h"
#include "port.h"
#include "rom.h"

/* Roomy pools for the root, which grow; the tables of names are the same in a clone. */
enum {
	ROOT_CHUNK_BYTES = 512 * 1024,
	ROOT_SLOTS = 32 * 1024,
	ROOT_STACK = 4096,
	ROOT_KEYS = 4096,
	NAME_MODULO = 1993,
	SYMBOL_MODULO = 127,
	PARSER_BUFFER = 64 * 1024,
	PARSER_MODULO = 1993,
	/* mcconfig's values for what a program adds at run time. */
	RUN_KEYS = 32
};

xsMachine *machine_create_root(void)
{
	xsCreation creation = {
		.initialChunkSize = ROOT_CHUNK_BYTES,
		.incrementalChunkSize = ROOT_CHUNK_BYTES,
		.initialHeapCount = ROOT_SLOTS,
		.incrementalHeapCount = ROOT_SLOTS,
		.stackCount = ROOT_STACK,
		.initialKeyCount = ROOT_KEYS,
		.incrementalKeyCount = ROOT_KEYS,
		.nameModulo = NAME_MODULO,
		.symbolModulo = SYMBOL_MODULO,
		.parserBufferSize = PARSER_BUFFER,
		.parserTableModulo = PARSER_MODULO,
	};
	return xsCreateMachine(&creation, "root", NULL);
}

void machine_preload(xsMachine *root, const char *specifier)
{
	xsBeginHost(root);
	{
		xsVars(1);
		xsVar(0) = xsString(specifier);
		fxPush(xsVar(0));
		fxAwaitImport(the, 0);
		the->stack++;
	}
	xsEndHost(root);
}

void machine_parse(xsMachine *root, const char *path)
{
	xsBeginHost(root);
	module_parse(the, path);
	xsEndHost(root);
}

xsMachine *machine_start(xsMachine *root, const MachinePools *pools)
{
	xsCreation creation = {
		.initialChunkSize = pools->chunkBytes,
		.incrementalChunkSize = 0,
		.initialHeapCount = pools->slotCount,
		.incrementalHeapCount = 0,
		.stackCount = pools->stackCount,
		.initialKeyCount = RUN_KEYS,
		.incrementalKeyCount = RUN_KEYS,
		.nameModulo = NAME_MODULO,
		.symbolModulo = SYMBOL_MODULO,
		.parserBufferSize = PARSER_BUFFER,
		.parserTableModulo = PARSER_MODULO,
	};
	rom_make(root);
	port_seal();
	return xsCloneMachine(&creation, root, "prism", NULL);
}

/* A module body that throws: nothing else will tell. */
static void import_failed(xsMachine *the)
{
	mxException = *mxArgv(0);
	fxAbort(the, XS_UNHANDLED_EXCEPTION_EXIT);
}

void machine_import(xsMachine *machine, const char *specifier)
{
	xsBeginHost(machine);
	{
		xsVars(1);
		fxPush(xsString(specifier));
		fxRunImport(the, mxModuleInstanceInternal(mxProgram.value.reference)->value.module.realm, XS_NO_ID);
		xsVar(0) = fxPop();
		xsCall2(xsVar(0), xsID("then"), xsUndefined, xsNewHostFunction(import_failed, 1));
	}
	xsEndHost(machine);
	machine_run_jobs(machine);
}

void machine_run_jobs(xsMachine *the)
{
	while (the->promiseJobs) {
		the->promiseJobs = 0;
		fxRunPromiseJobs(the);
		fxEndJob(the);
	}
}

void machine_check_rejections(xsMachine *the)
{
	fxCheckUnhandledRejections(the, 1);
}

void machine_end(xsMachine *the)
{
	txMachine *root = the->sharedMachine;
	xsDeleteMachine(the);
	xsDeleteMachine(root);
	module_release_all();
}

/* What the engine asks the host for. */

void fxCreateMachinePlatform(txMachine *the)
{
	the->promiseJobs = 0;
	the->aborting = 0;
}

void fxDeleteMachinePlatform(txMachine *the)
{
	(void)the;
}

void fxQueuePromiseJobs(txMachine *the)
{
	the->promiseJobs = 1;
}

void *fxAllocateChunks(txMachine *the, txSize size)
{
	(void)the;
	return port_allocate(size);
}

void fxFreeChunks(txMachine *the, void *chunks)
{
	(void)the;
	port_free(chunks);
}

txSlot *fxAllocateSlots(txMachine *the, txSize count)
{
	(void)the;
	return port_allocate(count * sizeof(txSlot));
}

void fxFreeSlots(txMachine *the, void *slots)
{
	(void)the;
	port_free(slots);
}

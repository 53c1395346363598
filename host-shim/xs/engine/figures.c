#include "xsAll.h"

#include "xsmc.h"

#include "figures.h"
#include "port.h"

static void xs_time_ticks(xsMachine *the)
{
	/* As on the device: a 32-bit number that goes on at its lowest value after its highest. */
	xsmcSetInteger(xsResult, (xsIntegerValue)(uint32_t)(uint64_t)port_milliseconds());
}

/* `xs/heap`: figures of the pools, exact after a collection. */

enum {
	HEAP_SLOTS,
	HEAP_CHUNKS,
	HEAP_PEAK_SLOTS,
	HEAP_PEAK_CHUNKS,
	HEAP_ALL_SLOTS,
	HEAP_ALL_CHUNKS,
	HEAP_STACK,
	HEAP_KEYS
};

static void xs_heap_collect(xsMachine *the)
{
	fxCollectGarbage(the);
}

static void xs_heap_reset_peaks(xsMachine *the)
{
	the->peakHeapCount = the->currentHeapCount;
	the->peakChunksSize = the->currentChunksSize;
}

static txSize heap_figure(txMachine *the, int which)
{
	switch (which) {
	case HEAP_SLOTS: return the->currentHeapCount;
	case HEAP_CHUNKS: return the->currentChunksSize;
	case HEAP_PEAK_SLOTS: return the->peakHeapCount;
	case HEAP_PEAK_CHUNKS: return the->peakChunksSize;
	case HEAP_ALL_SLOTS: return the->maximumHeapCount;
	case HEAP_ALL_CHUNKS: return the->maximumChunksSize;
	case HEAP_STACK: return (txSize)(the->stackTop - the->stackPeak);
	default: return the->keyIndex - the->keyOffset;
	}
}

static void xs_heap_figure(xsMachine *the)
{
	xsmcSetInteger(xsResult, heap_figure(the, xsmcToInteger(xsArg(0))));
}

/* `instrumentation`: the SDK's names for the figures that this host knows. */

static const char *const figure_names[] = {
	"System Free Memory",
	"XS Slot Heap Used",
	"XS Chunk Heap Used",
	"XS Keys Used",
	"XS Garbage Collection Count",
	"XS Modules Loaded",
	"XS Stack Used",
};

enum { FIGURES = sizeof(figure_names) / sizeof(figure_names[0]) };

static double figure(txMachine *the, int which)
{
	switch (which) {
	case 0: return port_free_memory();
	case 1: return (double)the->currentHeapCount * sizeof(txSlot);
	case 2: return the->currentChunksSize;
	case 3: return the->keyIndex - the->keyOffset;
	case 4: return the->garbageCollectionCount;
	case 5: return the->loadedModulesCount;
	default: return (double)(the->stackTop - the->stackPeak) * sizeof(txSlot);
	}
}

/* An index starts at 1, so that no valid one is falsy. */
static void xs_instrumentation_map(xsMachine *the)
{
	const char *name = xsmcToString(xsArg(0));
	for (int i = 0; i < FIGURES; i++) {
		if (!c_strcmp(name, figure_names[i])) {
			xsmcSetInteger(xsResult, i + 1);
			return;
		}
	}
}

static void xs_instrumentation_get(xsMachine *the)
{
	int index = xsmcArgc && xsmcTest(xsArg(0)) ? xsmcToInteger(xsArg(0)) : 0;
	if (index >= 1 && index <= FIGURES)
		xsmcSetNumber(xsResult, figure(the, index - 1));
}

const Native figure_natives[] = {
	NATIVE(xs_time_ticks),
	NATIVE(xs_heap_collect),
	NATIVE(xs_heap_reset_peaks),
	NATIVE(xs_heap_figure),
	NATIVE(xs_instrumentation_map),
	NATIVE(xs_instrumentation_get),
	NATIVES_END
};

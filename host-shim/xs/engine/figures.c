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
	HEAP_KEYS,
	HEAP_SLOT_BYTES,
	HEAP_COLLECTIONS
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
	case HEAP_KEYS: return the->keyIndex - the->keyOffset;
	case HEAP_SLOT_BYTES: return sizeof(txSlot);
	default: return (txSize)the->garbageCollectionCount;
	}
}

static void xs_heap_figure(xsMachine *the)
{
	xsmcSetInteger(xsResult, heap_figure(the, xsmcToInteger(xsArg(0))));
}

static void xs_heap_used(xsMachine *the)
{
	xsmcSetInteger(xsResult, the->currentChunksSize + the->currentHeapCount * (txSize)sizeof(txSlot));
}

const Native figure_natives[] = {
	NATIVE(xs_time_ticks),
	NATIVE(xs_heap_collect),
	NATIVE(xs_heap_reset_peaks),
	NATIVE(xs_heap_figure),
	NATIVE(xs_heap_used),
	NATIVES_END
};

/*
 * `host-shim/platform/heap` in every build with the Moddable SDK. The machine counts its memory whether or not the build is
 * instrumented (txMachine in xs/sources/xsAll.h), and whole numbers cost less than others; the ESP-IDF counts the chip's (esp_heap_caps.h).
 */
#include "xsAll.h"

#include "xsmc.h"

#if ESP32
	#include "esp_heap_caps.h"
#endif

void xs_prism_heap_size(xsMachine *the)
{
	xsmcSetInteger(xsResult, the->maximumChunksSize + the->maximumHeapCount * (txSize)sizeof(txSlot));
}

void xs_prism_heap_used(xsMachine *the)
{
	xsmcSetInteger(xsResult, the->currentChunksSize + the->currentHeapCount * (txSize)sizeof(txSlot));
}

void xs_prism_system_free(xsMachine *the)
{
#if ESP32
	xsmcSetInteger(xsResult, (xsIntegerValue)heap_caps_get_free_size(MALLOC_CAP_INTERNAL | MALLOC_CAP_8BIT));
#else
	xsmcSetInteger(xsResult, 0);
#endif
}

void xs_prism_system_largest(xsMachine *the)
{
#if ESP32
	xsmcSetInteger(xsResult, (xsIntegerValue)heap_caps_get_largest_free_block(MALLOC_CAP_INTERNAL | MALLOC_CAP_8BIT));
#else
	xsmcSetInteger(xsResult, 0);
#endif
}

#include "xsAll.h"

#include "report.h"

#include <stdio.h>

#include "image.h"
#include "loop.h"
#include "timers.h"

void report_print(xsMachine *the)
{
	uint32_t erases = 0;
	fxCollectGarbage(the);
	for (uint32_t sector = 0; sector < SECTORS; sector++)
		erases += image_erases(sector);
	fprintf(stderr,
		"K1 figures {\"slots\":%d,\"chunkBytes\":%d,\"peakSlots\":%d,\"peakChunkBytes\":%d,\"allSlots\":%d,\"allChunkBytes\":%d,"
		"\"collections\":%d,\"timers\":%d,\"watched\":%d,\"erases\":%u,\"operations\":%d}\n",
		(int)the->currentHeapCount, (int)the->currentChunksSize, (int)the->peakHeapCount, (int)the->peakChunksSize,
		(int)the->maximumHeapCount, (int)the->maximumChunksSize, (int)the->garbageCollectionCount, timers_count(), loop_watched(),
		erases, image_operations());
}

#include "flash.h"

#include <math.h>
#include <string.h>
#include <time.h>

#include "exits.h"
#include "image.h"
#include "options.h"
#include "port.h"
#include "xsmc.h"

enum { PAGE = 256, BLOCK_SECTORS = 16 };

/* ms */
typedef struct {
	double programPage;
	double programByte;
	double eraseSector;
	double eraseBlock;
} Times;

static const Times TYPICAL = { 0.03, 0.00145, 45, 150 };
static const Times MAXIMUM = { 0.05, 0.01152, 400, 2000 };
/* A sleep may last this much longer than asked, so the rest of a wait is spent looking at the clock. */
static const double SPIN_MS = 0.2;

/* There is one partition; an object that has this as its data has it open. */
static char partition;

static void xs_flash_destroy(void *data)
{
	if (data)
		image_close();
}

static xsHostHooks hooks = { xs_flash_destroy, NULL, NULL };

static void require_open(xsMachine *the, xsSlot *object)
{
	if (!xsmcGetHostDataValidate(*object, &hooks))
		xsUnknownError("closed");
}

static void xs_flash_open(xsMachine *the)
{
	char path[16];
	xsmcToStringBuffer(xsArg(1), path, sizeof(path));
	if (strcmp(path, "patterns"))
		xsUnknownError("no partition %s", path);
	if (!options()->flash)
		xsUnknownError("no flash image: give one with --flash");
	const char *complaint = image_open(options()->flash);
	if (complaint)
		port_exit(EXIT_FILE, complaint);
	xsmcSetHostData(xsArg(0), &partition);
	xsSetHostHooks(xsArg(0), &hooks);
	xsResult = xsArg(0);
}

static void xs_flash_close(xsMachine *the)
{
	xsmcGetHostDataValidate(xsThis, &hooks);
	xs_flash_destroy(xsmcGetHostData(xsThis));
	xsmcSetHostData(xsThis, NULL);
}

static size_t offset_at(xsMachine *the, int index, size_t length, size_t end)
{
	xsNumberValue offset = xsmcToNumber(xsArg(index));
	if (!(offset >= 0 && offset + (xsNumberValue)length <= (xsNumberValue)end))
		xsRangeError("outside the flash partition");
	return (size_t)offset;
}

static void wait_until(double deadline)
{
	double left = deadline - port_milliseconds() - SPIN_MS;
	if (left > 0) {
		struct timespec sleep = { (time_t)(left / 1000), (long)(fmod(left, 1000) * 1e6) };
		nanosleep(&sleep, NULL);
	}
	while (port_milliseconds() < deadline)
		;
}

/* What operations take; NULL: no time. */
static const Times *times(void)
{
	const char *timing = options()->flashTiming;
	return !strcmp(timing, "w25q64") ? &TYPICAL : !strcmp(timing, "w25q64-max") ? &MAXIMUM : NULL;
}

/* When an operation that starts now is over; 0 when operations take no time. */
static double program_deadline(size_t offset, size_t length)
{
	const Times *takes = times();
	size_t pages = (offset + length - 1) / PAGE - offset / PAGE + 1;
	return takes ? port_milliseconds() + (double)pages * takes->programPage + (double)length * takes->programByte : 0;
}

static double erase_deadline(uint32_t start, uint32_t end)
{
	const Times *takes = times();
	uint32_t first = (start + BLOCK_SECTORS - 1) / BLOCK_SECTORS;
	uint32_t blocks = end / BLOCK_SECTORS > first ? end / BLOCK_SECTORS - first : 0;
	if (!takes)
		return 0;
	return port_milliseconds() + blocks * takes->eraseBlock + (end - start - blocks * BLOCK_SECTORS) * takes->eraseSector;
}

static void xs_flash_read(xsMachine *the)
{
	void *bytes;
	xsUnsignedValue length;
	require_open(the, &xsThis);
	xsmcGetBufferWritable(xsArg(0), &bytes, &length);
	if (image_read(bytes, length, offset_at(the, 1, length, PARTITION_SIZE)))
		xsUnknownError("flash read failed");
	xsmcSetInteger(xsResult, (xsIntegerValue)length);
}

static void xs_flash_write(xsMachine *the)
{
	void *bytes;
	xsUnsignedValue length;
	require_open(the, &xsThis);
	xsmcGetBufferReadable(xsArg(0), &bytes, &length);
	size_t offset = offset_at(the, 1, length, PARTITION_SIZE);
	if (!length)
		return;
	double deadline = program_deadline(offset, length);
	if (image_program(bytes, length, offset))
		xsUnknownError("flash write failed");
	wait_until(deadline);
}

static void xs_flash_erase(xsMachine *the)
{
	require_open(the, &xsThis);
	uint32_t start = (uint32_t)offset_at(the, 0, 1, SECTORS);
	uint32_t end = start + 1;
	if (xsmcArgc > 1 && xsmcTypeOf(xsArg(1)) != xsUndefinedType)
		end = (uint32_t)offset_at(the, 1, 0, SECTORS);
	if (end < start)
		xsRangeError("outside the flash partition");
	double deadline = erase_deadline(start, end);
	for (uint32_t sector = start; sector < end; sector++) {
		if (image_erase(sector))
			xsUnknownError("flash erase failed");
	}
	wait_until(deadline);
}

static void xs_flash_figure(xsMachine *the)
{
	static const int figures[] = { PARTITION_SIZE, SECTORS, SECTOR_LENGTH };
	require_open(the, &xsArg(0));
	xsmcSetInteger(xsResult, figures[xsmcToInteger(xsArg(1))]);
}

const Native flash_natives[] = {
	NATIVE(xs_flash_destroy),
	NATIVE(xs_flash_open),
	NATIVE(xs_flash_read),
	NATIVE(xs_flash_write),
	NATIVE(xs_flash_erase),
	NATIVE(xs_flash_figure),
	NATIVE(xs_flash_close),
	NATIVES_END
};

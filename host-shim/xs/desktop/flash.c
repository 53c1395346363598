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

static const double PROGRAM_PAGE_MS = 0.03;
static const double PROGRAM_BYTE_MS = 0.00145;
static const double ERASE_SECTOR_MS = 45;
static const double ERASE_BLOCK_MS = 150;
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

/* When an operation that starts now and takes that long is over; 0 when operations take no time. */
static double deadline_in(double milliseconds)
{
	return strcmp(options()->flashTiming, "w25q64") ? 0 : port_milliseconds() + milliseconds;
}

static double program_time(size_t offset, size_t length)
{
	size_t pages = (offset + length - 1) / PAGE - offset / PAGE + 1;
	return (double)pages * PROGRAM_PAGE_MS + (double)length * PROGRAM_BYTE_MS;
}

static double erase_time(uint32_t start, uint32_t end)
{
	uint32_t first = (start + BLOCK_SECTORS - 1) / BLOCK_SECTORS;
	uint32_t blocks = end / BLOCK_SECTORS > first ? end / BLOCK_SECTORS - first : 0;
	return blocks * ERASE_BLOCK_MS + (end - start - blocks * BLOCK_SECTORS) * ERASE_SECTOR_MS;
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
	double deadline = deadline_in(program_time(offset, length));
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
	double deadline = deadline_in(erase_time(start, end));
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

/*
 * How natives take their arguments: offsets in bytes, ranges that must lie inside their array. For all C files of the
 * modules; include it behind xsmc.h.
 */
#ifndef PRISM_ARGUMENTS_H
#define PRISM_ARGUMENTS_H

#include <stdint.h>

/* One that not every file calls. Not inline: gcc would take pointers that range_at returns for ones to its variable. */
#define SHARED_HELPER __attribute__((noinline, unused))

static SHARED_HELPER void refuse(xsMachine *the)
{
	xsRangeError("range outside the bytes");
}

/* An argument as an offset: anything but a number from 0 to 2^31 - 1 lies outside all bytes. */
static SHARED_HELPER uint32_t offset_at(xsMachine *the, int index)
{
	if (xsmcTypeOf(xsArg(index)) == xsIntegerType) {
		xsIntegerValue value = xsmcToInteger(xsArg(index));
		if (value < 0)
			refuse(the);
		return (uint32_t)value;
	}
	xsNumberValue value = xsmcToNumber(xsArg(index));
	if (!(value >= 0 && value <= 0x7FFFFFFF))
		refuse(the);
	return (uint32_t)value;
}

/* An argument as a 32-bit word, negative numbers as their two's complement. */
static SHARED_HELPER uint32_t word_at(xsMachine *the, int index)
{
	if (xsmcTypeOf(xsArg(index)) == xsIntegerType)
		return (uint32_t)xsmcToInteger(xsArg(index));
	xsNumberValue value = xsmcToNumber(xsArg(index));
	if (!(value >= -2147483648.0 && value <= 4294967295.0))
		refuse(the);
	return (uint32_t)(int64_t)value;
}

/* The first byte of the range start..end of the array in argument `index`. */
static SHARED_HELPER uint8_t *range_at(xsMachine *the, int index, uint32_t start, uint32_t end, int writable)
{
	void *bytes;
	xsUnsignedValue length;
	if (writable)
		xsmcGetBufferWritable(xsArg(index), &bytes, &length);
	else
		xsmcGetBufferReadable(xsArg(index), &bytes, &length);
	if (start > end || end > length)
		refuse(the);
	return (uint8_t *)bytes + start;
}

#endif

/*
 * Frame headers on XS: on the chip, in the desktop's XS and on emulated Xtensa. What each does is written in
 * modules/websocket/headers.ts.
 */
#include "xsmc.h"

#include <stdint.h>

#include "../../bytes/native/arguments.h"

enum { FIN = 0x80, MASKED = 0x80, LENGTH_BITS = 0x7F, BINARY = 2 };

void xs_prism_whole_message(xsMachine *the)
{
	void *block;
	xsUnsignedValue room;
	uint32_t n = offset_at(the, 1);
	const uint8_t *p = range_at(the, 0, 0, n, 0);
	uint32_t length, start = 6;
	xsmcGetBufferWritable(xsArg(2), &block, &room);
	xsmcSetInteger(xsResult, -1);
	if (n < 6 || p[0] != (FIN | BINARY) || p[1] < MASKED)
		return;
	length = p[1] & LENGTH_BITS;
	if (length > 125) {
		if (length > 126 || n < 8)
			return;
		length = (uint32_t)p[2] << 8 | p[3];
		start = 8;
		if (length < 126)
			return;
	}
	if (n > start) {
		if (n != start + length || length > room)
			return;
		for (uint32_t i = 0; i < length; i++)
			((uint8_t *)block)[i] = p[start + i] ^ p[start - 4 + (i & 3)];
	}
	xsmcSetInteger(xsResult, (xsIntegerValue)length);
}

/* An argument as a length that may be past 32 bits. */
static uint64_t length_at(xsMachine *the, int index)
{
	if (xsmcTypeOf(xsArg(index)) == xsIntegerType)
		return offset_at(the, index);
	xsNumberValue value = xsmcToNumber(xsArg(index));
	if (!(value >= 0 && value < 9007199254740992.0))
		refuse(the);
	return (uint64_t)value;
}

void xs_prism_write_header(xsMachine *the)
{
	uint32_t start = offset_at(the, 1);
	uint32_t opcode = word_at(the, 2);
	uint64_t length = length_at(the, 4);
	uint32_t size = length <= 125 ? 2 : length <= 0xFFFF ? 4 : 10;
	if (size > start)
		xsRangeError("no room for the frame header before the payload");
	uint8_t *p = range_at(the, 0, start - size, start, 1);
	p[0] = (uint8_t)(xsmcToBoolean(xsArg(3)) ? FIN | opcode : opcode);
	p[1] = (uint8_t)(size == 2 ? length : size == 4 ? 126 : 127);
	for (uint32_t i = size - 1; i > 1; i--, length >>= 8)
		p[i] = (uint8_t)length;
	xsmcSetInteger(xsResult, (xsIntegerValue)(start - size));
}

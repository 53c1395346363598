/*
 * LIST's value on XS: on the chip, in the desktop's XS and on emulated Xtensa. What it does is written in modules/storage/list.ts.
 */
#include "xsmc.h"

#include <stdint.h>
#include <string.h>

#include "../../bytes/native/arguments.h"
#include "../../bytes/native/big-endian.h"

enum { NAME_LENGTH = 32 };

/* All bytes of the array or buffer in argument `index`, and how many they are. */
static const void *array_at(xsMachine *the, int index, xsUnsignedValue *length)
{
	void *bytes;
	xsmcGetBufferReadable(xsArg(index), &bytes, length);
	return bytes;
}

void xs_prism_write_list(xsMachine *the)
{
	void *bytes;
	xsUnsignedValue room, orders, nameBytes, nameLengths, sizeBytes, crcBytes;
	uint32_t at = offset_at(the, 1);
	uint32_t count = offset_at(the, 2);
	const uint8_t *order = array_at(the, 3, &orders);
	const uint8_t *names = array_at(the, 4, &nameBytes);
	const uint8_t *lengths = array_at(the, 5, &nameLengths);
	const uint32_t *sizes = array_at(the, 6, &sizeBytes);
	const uint32_t *crcs = array_at(the, 7, &crcBytes);
	xsmcGetBufferWritable(xsArg(0), &bytes, &room);
	uint8_t *target = bytes;
	if (count > orders || at >= room)
		refuse(the);
	target[at++] = (uint8_t)count;
	for (uint32_t i = 0; i < count; i++) {
		uint32_t slot = order[i];
		if (slot >= nameLengths || (slot + 1) * NAME_LENGTH > nameBytes || (slot + 1) * 4 > sizeBytes || (slot + 1) * 4 > crcBytes)
			refuse(the);
		uint32_t length = lengths[slot];
		if (length > NAME_LENGTH || room - at < 1 + length + 8)
			refuse(the);
		target[at++] = (uint8_t)length;
		memcpy(target + at, names + slot * NAME_LENGTH, length);
		write_u32(target + at + length, sizes[slot]);
		write_u32(target + at + length + 4, crcs[slot]);
		at += length + 8;
	}
	xsmcSetInteger(xsResult, (xsIntegerValue)at);
}

#include "stream.h"

#include <stdlib.h>
#include <string.h>

#include "exits.h"
#include "place.h"

enum { PUT_BEGIN = 0x10, PUT_CHUNK = 0x11, PUT_END = 0x12, FIN_BINARY = 0x82, MASKED = 0x80 };

void stream_reset(Stream *stream)
{
	stream->start = 0;
	stream->end = 0;
}

void stream_write(Stream *stream, const void *bytes, size_t size)
{
	if (stream->start == stream->end)
		stream_reset(stream);
	if (stream->end + size > stream->room) {
		stream->room = (stream->end + size) * 2;
		stream->bytes = realloc(stream->bytes, stream->room);
		if (!stream->bytes)
			place_exit(EXIT_ENGINE);
	}
	memcpy(stream->bytes + stream->end, bytes, size);
	stream->end += size;
}

void stream_write_frame(Stream *stream, uint8_t first, const void *head, size_t headSize, const void *rest, size_t restSize)
{
	static const uint8_t mask[4] = { 0x37, 0xFA, 0x21, 0x3D };
	size_t length = headSize + restSize;
	uint8_t header[4] = { first, (uint8_t)(MASKED | (length < 126 ? length : 126)), (uint8_t)(length >> 8), (uint8_t)length };
	stream_write(stream, header, length < 126 ? 2 : 4);
	stream_write(stream, mask, sizeof mask);
	size_t start = stream->end;
	stream_write(stream, head, headSize);
	stream_write(stream, rest, restSize);
	for (size_t i = 0; i < length; i++)
		stream->bytes[start + i] ^= mask[i & 3];
}

static void write_message(Stream *stream, uint8_t type, const void *value, size_t length)
{
	uint8_t head[3] = { type, (uint8_t)(length >> 8), (uint8_t)length };
	stream_write_frame(stream, FIN_BINARY, head, sizeof head, value, length);
}

static void put_u32(uint8_t *bytes, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		bytes[i] = (uint8_t)(value >> (24 - 8 * i));
}

/* Four bits of a CRC-32. */
static uint32_t step(uint32_t crc)
{
	static const uint32_t table[16] = {
		0x00000000, 0x1DB71064, 0x3B6E20C8, 0x26D930AC, 0x76DC4190, 0x6B6B51F4, 0x4DB26158, 0x5005713C,
		0xEDB88320, 0xF00F9344, 0xD6D6A3E8, 0xCB61B38C, 0x9B64C2B0, 0x86D3D2D4, 0xA00AE278, 0xBDBDF21C
	};
	return crc >> 4 ^ table[crc & 15];
}

/* PUT_BEGIN, and the CRC-32 of nothing. */
static uint32_t begin_upload(Stream *stream, const char *name, uint32_t size)
{
	uint8_t begin[64];
	size_t length = strlen(name);
	memcpy(begin, name, length);
	begin[length] = 0;
	put_u32(begin + length + 1, size);
	write_message(stream, PUT_BEGIN, begin, length + 5);
	return 0xFFFFFFFF;
}

static void end_upload(Stream *stream, uint32_t crc)
{
	uint8_t crcBytes[4];
	put_u32(crcBytes, ~crc);
	write_message(stream, PUT_END, crcBytes, sizeof crcBytes);
}

void stream_write_upload(Stream *stream, const char *name, uint32_t size, uint32_t chunk, uint32_t seed)
{
	static uint8_t bytes[4093];
	uint32_t crc = begin_upload(stream, name, size), state = seed * 2654435761u + 1;
	for (uint32_t done = 0; done < size; done += chunk) {
		uint32_t part = size - done < chunk ? size - done : chunk;
		for (uint32_t i = 0; i < part; i++) {
			state = state * 1664525u + 1013904223u;
			bytes[i] = (uint8_t)(state >> 24);
			crc = step(step(crc ^ bytes[i]));
		}
		write_message(stream, PUT_CHUNK, bytes, part);
	}
	end_upload(stream, crc);
}

void stream_write_file(Stream *stream, const char *name, const uint8_t *bytes, uint32_t size, uint32_t chunk)
{
	uint32_t crc = begin_upload(stream, name, size);
	for (uint32_t i = 0; i < size; i++)
		crc = step(step(crc ^ bytes[i]));
	for (uint32_t done = 0; done < size; done += chunk)
		write_message(stream, PUT_CHUNK, bytes + done, size - done < chunk ? size - done : chunk);
	end_upload(stream, crc);
}

/* Bytes that one side sends and the other reads later. */
#ifndef PRISM_STREAM_H
#define PRISM_STREAM_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
	uint8_t *bytes;
	size_t room;
	size_t start; /* read up to here */
	size_t end;   /* written up to here */
} Stream;

void stream_reset(Stream *stream);
void stream_write(Stream *stream, const void *bytes, size_t size);

/** A client's WebSocket frame: first byte, length, mask, masked payload in two parts. */
void stream_write_frame(Stream *stream, uint8_t first, const void *head, size_t headSize, const void *rest, size_t restSize);

/** A whole upload in the K1's messages; its bytes are made from the seed. */
void stream_write_upload(Stream *stream, const char *name, uint32_t size, uint32_t chunk, uint32_t seed);

/** The same with these bytes. */
void stream_write_file(Stream *stream, const char *name, const uint8_t *bytes, uint32_t size, uint32_t chunk);

#endif

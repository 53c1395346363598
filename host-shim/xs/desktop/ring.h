/*
 * Bytes on their way, first in, first out, in a ring of fixed size.
 */
#ifndef PRISM_RING_H
#define PRISM_RING_H

#include <stdint.h>
#include <sys/uio.h>

/* lwIP's default receive window and send buffer: four segments of 1,436 bytes. */
enum { RING_SIZE = 5744 };

typedef struct {
	uint32_t start; /* of the bytes in use */
	uint32_t used;
	uint8_t bytes[RING_SIZE];
} Ring;

/** Where the next bytes go: up to two pieces; returns how many there are. */
int ring_room(Ring *ring, struct iovec pieces[2]);

/** Where the oldest bytes are: up to two pieces; returns how many there are. */
int ring_content(Ring *ring, struct iovec pieces[2]);

/** `length` bytes were put where ring_room said. */
void ring_filled(Ring *ring, uint32_t length);

/** The oldest `length` bytes are done with. */
void ring_drop(Ring *ring, uint32_t length);

/** Appends `length` bytes, which must fit. */
void ring_put(Ring *ring, const uint8_t *bytes, uint32_t length);

/** Takes the oldest `length` bytes, which must be there. */
void ring_take(Ring *ring, uint8_t *bytes, uint32_t length);

#endif

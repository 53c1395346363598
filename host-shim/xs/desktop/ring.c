#include "ring.h"

#include <string.h>

static int pieces_of(Ring *ring, uint32_t start, uint32_t length, struct iovec pieces[2])
{
	int count = 0;
	start %= RING_SIZE;
	while (length) {
		uint32_t piece = length < RING_SIZE - start ? length : RING_SIZE - start;
		pieces[count].iov_base = ring->bytes + start;
		pieces[count++].iov_len = piece;
		length -= piece;
		start = 0;
	}
	return count;
}

int ring_room(Ring *ring, struct iovec pieces[2])
{
	return pieces_of(ring, ring->start + ring->used, RING_SIZE - ring->used, pieces);
}

int ring_content(Ring *ring, struct iovec pieces[2])
{
	return pieces_of(ring, ring->start, ring->used, pieces);
}

void ring_filled(Ring *ring, uint32_t length)
{
	ring->used += length;
}

void ring_drop(Ring *ring, uint32_t length)
{
	ring->start = (ring->start + length) % RING_SIZE;
	ring->used -= length;
}

void ring_put(Ring *ring, const uint8_t *bytes, uint32_t length)
{
	struct iovec pieces[2];
	int count = pieces_of(ring, ring->start + ring->used, length, pieces);
	for (int i = 0; i < count; i++) {
		memcpy(pieces[i].iov_base, bytes, pieces[i].iov_len);
		bytes += pieces[i].iov_len;
	}
	ring->used += length;
}

void ring_take(Ring *ring, uint8_t *bytes, uint32_t length)
{
	struct iovec pieces[2];
	int count = pieces_of(ring, ring->start, length, pieces);
	for (int i = 0; i < count; i++) {
		memcpy(bytes, pieces[i].iov_base, pieces[i].iov_len);
		bytes += pieces[i].iov_len;
	}
	ring_drop(ring, length);
}

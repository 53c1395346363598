/*
 * One TCP connection as lwIP shows it to the SDK: a window of bytes received and not yet read, a buffer of bytes
 * written and not yet sent, and events that are delivered in the loop's next round. No script in here: tcp.c has that
 * part.
 */
#ifndef PRISM_CONNECTION_H
#define PRISM_CONNECTION_H

#include "loop.h"
#include "ring.h"

enum {
	EVENT_READABLE = 1, /* bytes arrived */
	EVENT_WRITABLE = 2, /* bytes went out, so there is room */
	EVENT_ERROR = 4 /* the peer ended the connection, or it failed */
};

typedef struct Connection Connection;
struct Connection {
	Watch watch; /* its fd is -1 once the connection failed */
	Post post;
	void (*deliver)(xsMachine *the, Connection *connection, unsigned events);
	void *owner; /* whom `deliver` tells */
	unsigned events; /* EVENT_ ones not yet delivered */
	uint8_t ended; /* nothing will arrive any more */
	Ring received;
	Ring unsent;
	char address[64]; /* the peer's, as text */
};

/** Makes the connection of an accepted socket and starts to receive; NULL when there is no memory. */
Connection *connection_make(int fd, const char *address);

/** Ends it: what was written still goes out. `connection` is gone then. */
void connection_close(Connection *connection);

/** Has the events delivered in the next round. */
void connection_trigger(Connection *connection, unsigned events);

uint32_t connection_available(const Connection *connection);
uint32_t connection_room(const Connection *connection);

/** Takes `length` bytes that are available. */
void connection_read(Connection *connection, uint8_t *bytes, uint32_t length);

/** Takes over `length` bytes for which there is room; returns the room left, until EVENT_WRITABLE tells of more. */
uint32_t connection_write(Connection *connection, const uint8_t *bytes, uint32_t length);

#endif

/*
 * Listening sockets of the system.
 */
#ifndef PRISM_LISTEN_H
#define PRISM_LISTEN_H

#include <stddef.h>

/**
 * Listens on the address and port, 0 for a free one, and writes the port it got to `*port`. Returns the socket, or -1
 * with errno.
 */
int listen_open(const char *host, int *port);

/** The next connection, which does not block, with its peer's address as text; -1 when none waits. */
int listen_accept(int listening, char *address, size_t size);

void listen_close(int fd);

#endif

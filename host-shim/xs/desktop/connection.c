#include "connection.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Where it is missing, ignoring SIGPIPE does (loop.c). */
#if !defined(MSG_NOSIGNAL)
	#define MSG_NOSIGNAL 0
#endif

static void watch_again(Connection *connection)
{
	unsigned events = 0;
	if (connection->watch.fd < 0)
		return;
	if (!connection->ended && connection->received.used < RING_SIZE)
		events |= LOOP_READABLE;
	if (connection->unsent.used)
		events |= LOOP_WRITABLE;
	loop_change(&connection->watch, events);
}

static void fail(Connection *connection)
{
	loop_unwatch(&connection->watch);
	close(connection->watch.fd);
	connection->watch.fd = -1;
	connection->ended = 1;
	connection_trigger(connection, EVENT_ERROR);
}

static int is_passing(int error)
{
	return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

static void receive(Connection *connection)
{
	struct iovec pieces[2];
	int count = ring_room(&connection->received, pieces);
	ssize_t length = count ? readv(connection->watch.fd, pieces, count) : -1;
	if (!count)
		return;
	if (length > 0) {
		ring_filled(&connection->received, (uint32_t)length);
		connection_trigger(connection, EVENT_READABLE);
	}
	else if (length == 0) {
		connection->ended = 1;
		connection_trigger(connection, EVENT_ERROR);
	}
	else if (!is_passing(errno))
		fail(connection);
}

static void transmit(Connection *connection)
{
	struct iovec pieces[2];
	struct msghdr message = { .msg_iov = pieces };
	if (connection->watch.fd < 0 || !connection->unsent.used)
		return;
	message.msg_iovlen = (size_t)ring_content(&connection->unsent, pieces);
	ssize_t length = sendmsg(connection->watch.fd, &message, MSG_NOSIGNAL);
	if (length > 0) {
		ring_drop(&connection->unsent, (uint32_t)length);
		connection_trigger(connection, EVENT_WRITABLE);
	}
	else if (length < 0 && !is_passing(errno))
		fail(connection);
}

static void on_ready(xsMachine *the, Watch *watch, unsigned events)
{
	Connection *connection = (Connection *)watch;
	(void)the;
	if (events & LOOP_WRITABLE)
		transmit(connection);
	if ((events & LOOP_READABLE) && connection->watch.fd >= 0 && !connection->ended)
		receive(connection);
	watch_again(connection);
}

static void on_post(xsMachine *the, Post *post)
{
	Connection *connection = (Connection *)((char *)post - offsetof(Connection, post));
	unsigned events = connection->events;
	connection->events = 0;
	if (connection->deliver)
		connection->deliver(the, connection, events);
	else
		connection->events |= events; /* for the one who will own it */
}

Connection *connection_make(int fd, const char *address)
{
	Connection *connection = calloc(1, sizeof(Connection));
	if (!connection)
		return NULL;
	connection->watch.fd = fd;
	connection->watch.ready = on_ready;
	connection->post.run = on_post;
	snprintf(connection->address, sizeof(connection->address), "%s", address);
	watch_again(connection);
	return connection;
}

void connection_close(Connection *connection)
{
	loop_unpost(&connection->post);
	if (connection->watch.fd >= 0) {
		/* The kernel takes the rest, however slow the peer is, and goes on without us. */
		int size = 64 * 1024;
		if (connection->unsent.used) {
			setsockopt(connection->watch.fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof(size));
			transmit(connection);
			loop_unpost(&connection->post);
		}
	}
	if (connection->watch.fd >= 0) {
		loop_unwatch(&connection->watch);
		close(connection->watch.fd);
		connection->watch.fd = -1;
	}
	loop_free(connection);
}

void connection_trigger(Connection *connection, unsigned events)
{
	connection->events |= events;
	loop_post(&connection->post);
}

uint32_t connection_available(const Connection *connection)
{
	return connection->received.used;
}

uint32_t connection_room(const Connection *connection)
{
	return RING_SIZE - connection->unsent.used;
}

void connection_read(Connection *connection, uint8_t *bytes, uint32_t length)
{
	ring_take(&connection->received, bytes, length);
	watch_again(connection);
}

uint32_t connection_write(Connection *connection, const uint8_t *bytes, uint32_t length)
{
	ring_put(&connection->unsent, bytes, length);
	uint32_t room = connection_room(connection);
	/* As lwIP, at once: what it reports comes later, in a round of its own. */
	transmit(connection);
	watch_again(connection);
	return room;
}

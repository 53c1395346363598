#include "listener.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "callbacks.h"
#include "exits.h"
#include "listen.h"
#include "loop.h"
#include "options.h"
#include "port.h"
#include "tcp.h"
#include "xsmc.h"

/*
 * Connections that are accepted ahead of the script: on the device no more can be open at once (CONFIG_LWIP_MAX_ACTIVE_TCP in
 * boards/k1/sdkconfig.defaults). The others wait in the kernel.
 */
enum { MOST_WAITING = 16 };

typedef struct Waiting Waiting;
struct Waiting {
	Waiting *next;
	int fd;
	char address[64];
};

typedef struct {
	Watch watch;
	Post post;
	xsMachine *the;
	xsSlot object;
	xsSlot *onReadable;
	Waiting *waiting; /* accepted, not yet read by the script; the oldest first */
	int count; /* of them */
	int port;
} Listener;

static void mark(xsMachine *the, void *data, xsMarkRoot markRoot)
{
	Listener *listener = data;
	if (listener->onReadable)
		(*markRoot)(the, listener->onReadable);
}

static void xs_listener_destroy(void *data)
{
	Listener *listener = data;
	if (!listener)
		return;
	loop_unpost(&listener->post);
	loop_unwatch(&listener->watch);
	listen_close(listener->watch.fd);
	while (listener->waiting) {
		Waiting *waiting = listener->waiting;
		listener->waiting = waiting->next;
		listen_close(waiting->fd);
		free(waiting);
	}
	loop_free(listener);
}

static xsHostHooks hooks = { xs_listener_destroy, mark, NULL };

static Listener *listener_of(xsMachine *the, xsSlot *object)
{
	Listener *listener = xsmcGetHostDataValidate(*object, &hooks);
	if (!listener)
		xsUnknownError("closed");
	return listener;
}

static void on_ready(xsMachine *the, Watch *watch, unsigned events)
{
	Listener *listener = (Listener *)watch;
	Waiting **last = &listener->waiting;
	Waiting *waiting;
	(void)the;
	(void)events;
	while (*last)
		last = &(*last)->next;
	while (listener->count < MOST_WAITING && (waiting = calloc(1, sizeof(Waiting)))) {
		waiting->fd = listen_accept(watch->fd, waiting->address, sizeof(waiting->address));
		if (waiting->fd < 0) {
			free(waiting);
			break;
		}
		*last = waiting;
		last = &waiting->next;
		listener->count++;
		loop_post(&listener->post);
	}
	if (listener->count == MOST_WAITING)
		loop_change(watch, 0);
}

static void on_post(xsMachine *the, Post *post)
{
	Listener *listener = (Listener *)((char *)post - offsetof(Listener, post));
	if (listener->count && listener->onReadable)
		callback_run(the, listener->onReadable, &listener->object, listener->count);
}

static void xs_listener_open(xsMachine *the)
{
	char reason[200];
	const char *host = options()->host;
	int port = 0;
	xsmcVars(1);
	if (xsmcHas(xsArg(0), xsID("port"))) {
		xsmcGet(xsVar(0), xsArg(0), xsID("port"));
		port = xsmcToInteger(xsVar(0));
		if (port < 0 || port > 65535)
			xsRangeError("invalid port");
	}
	Listener *listener = calloc(1, sizeof(Listener));
	if (!listener)
		xsUnknownError("no memory for a listener");
	listener->the = the;
	listener->onReadable = callback_of(the, "onReadable");
	listener->watch.ready = on_ready;
	listener->post.run = on_post;
	listener->watch.fd = listen_open(host, &port);
	listener->port = port;
	if (listener->watch.fd < 0) {
		snprintf(reason, sizeof(reason), "cannot listen on %s:%d: %s", host, port,
			errno == EADDRINUSE ? "the port is in use; take another" : strerror(errno));
		port_exit(EXIT_PORT_TAKEN, reason);
	}
	listener->object = xsThis;
	xsmcSetHostData(xsThis, listener);
	xsSetHostHooks(xsThis, &hooks);
	xsRemember(listener->object);
	loop_watch(&listener->watch, LOOP_READABLE);

	int length = snprintf(reason, sizeof(reason), strchr(host, ':') ? "[%s]:%d" : "%s:%d", host, port);
	(void)length;
	printf("K1 ready ws://%s/ws http://%s/\n", reason, reason);
	const char *page = getenv("K1_PAGE");
	if (page)
		printf("%s%d/\n", page, port);
	fflush(stdout);
}

/* Gives the socket in argument 1 the oldest connection that waits for the listener in argument 0, and returns it. */
static void xs_listener_accept(xsMachine *the)
{
	Listener *listener = listener_of(the, &xsArg(0));
	Waiting *waiting = listener->waiting;
	if (!waiting)
		return;
	Connection *connection = connection_make(waiting->fd, waiting->address);
	if (!connection)
		xsUnknownError("no memory for a connection");
	listener->waiting = waiting->next;
	listener->count--;
	loop_change(&listener->watch, LOOP_READABLE);
	free(waiting);
	tcp_give(the, 1, connection);
	xsResult = xsArg(1);
}

static void xs_listener_close(xsMachine *the)
{
	Listener *listener = xsmcGetHostDataValidate(xsThis, &hooks);
	if (!listener)
		return;
	xsForget(listener->object);
	xsmcSetHostData(xsThis, NULL);
	xs_listener_destroy(listener);
}

static void xs_listener_port(xsMachine *the)
{
	xsmcSetInteger(xsResult, listener_of(the, &xsThis)->port);
}

const Native listener_natives[] = {
	NATIVE(xs_listener_destroy),
	NATIVE(xs_listener_open),
	NATIVE(xs_listener_accept),
	NATIVE(xs_listener_close),
	NATIVE(xs_listener_port),
	NATIVES_END
};

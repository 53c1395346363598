#include "tcp.h"

#include <stdlib.h>

#include "callbacks.h"
#include "xsmc.h"

typedef struct {
	xsMachine *the;
	xsSlot object; /* remembered until close: a socket is never collected while it is open */
	Connection *connection;
	xsSlot *onReadable;
	xsSlot *onWritable;
	xsSlot *onError;
	uint8_t ready; /* to be written to: not after the connection ended */
	uint8_t told; /* of the end */
} Socket;

static void mark(xsMachine *the, void *data, xsMarkRoot markRoot)
{
	Socket *socket = data;
	if (socket->onReadable)
		(*markRoot)(the, socket->onReadable);
	if (socket->onWritable)
		(*markRoot)(the, socket->onWritable);
	if (socket->onError)
		(*markRoot)(the, socket->onError);
}

static void xs_tcp_destroy(void *data)
{
	Socket *socket = data;
	if (!socket)
		return;
	if (socket->connection)
		connection_close(socket->connection);
	free(socket);
}

static xsHostHooks hooks = { xs_tcp_destroy, mark, NULL };

/* The socket behind a script's object. @throws when it is none, or closed */
static Socket *socket_of(xsMachine *the, xsSlot *object)
{
	Socket *socket = xsmcGetHostDataValidate(*object, &hooks);
	if (!socket)
		xsUnknownError("closed");
	return socket;
}

/* The script's object is an empty one from then on. */
static void release(xsMachine *the, Socket *socket)
{
	xsForget(socket->object);
	xsmcSetHostData(socket->object, NULL);
	xs_tcp_destroy(socket);
}

static void tell_end(xsMachine *the, Socket *socket)
{
	if (socket->told)
		return;
	socket->told = 1;
	if (socket->onError) {
		xsBeginHost(the);
		xsCallFunction0(xsReference(socket->onError), socket->object);
		xsEndHost(the);
	}
}

static void deliver(xsMachine *the, Connection *connection, unsigned events)
{
	Socket *socket = connection->owner;
	if (events & EVENT_ERROR)
		socket->ready = 0;
	if ((events & EVENT_READABLE) && socket->onReadable && connection_available(connection)) {
		callback_run(the, socket->onReadable, &socket->object, (int)connection_available(connection));
		if (connection->owner != socket)
			return; /* it closed itself */
	}
	if (!socket->ready) {
		/* The end is told after the bytes before it were read. */
		if (!connection_available(connection))
			tell_end(the, socket);
	}
	else if ((events & EVENT_WRITABLE) && socket->onWritable)
		callback_run(the, socket->onWritable, &socket->object, (int)connection_room(connection));
}

static Socket *make(xsMachine *the)
{
	Socket *socket = calloc(1, sizeof(Socket));
	if (!socket)
		xsUnknownError("no memory for a socket");
	socket->the = the;
	socket->object = xsThis;
	xsmcSetHostData(xsThis, socket);
	xsSetHostHooks(xsThis, &hooks);
	xsRemember(socket->object);
	return socket;
}

static void take(xsMachine *the, Socket *socket, Socket *from)
{
	Connection *connection = from->connection;
	from->connection = NULL;
	release(the, from);
	socket->connection = connection;
	socket->ready = 1;
	connection->owner = socket;
	connection->deliver = deliver;
	connection_trigger(connection, EVENT_WRITABLE | (connection_available(connection) ? EVENT_READABLE : 0));
}

/* Without options it is an empty socket, for a listener to give a connection to. */
static void xs_tcp_open(xsMachine *the)
{
	xsSlot *onReadable, *onWritable, *onError;
	char format[8];
	if (!xsmcArgc) {
		make(the);
		return;
	}
	xsmcVars(1);
	onReadable = callback_of(the, "onReadable");
	onWritable = callback_of(the, "onWritable");
	onError = callback_of(the, "onError");
	if (xsmcHas(xsArg(0), xsID("format"))) {
		xsmcGet(xsVar(0), xsArg(0), xsID("format"));
		xsmcToStringBuffer(xsVar(0), format, sizeof(format));
		if (strcmp(format, "buffer"))
			xsRangeError("unimplemented");
	}
	xsmcGet(xsVar(0), xsArg(0), xsID("from"));
	Socket *from = xsmcGetHostDataValidate(xsVar(0), &hooks);
	if (!from || !from->connection)
		xsUnknownError("invalid from");
	Socket *socket = make(the);
	socket->onReadable = onReadable;
	socket->onWritable = onWritable;
	socket->onError = onError;
	take(the, socket, from);
}

void tcp_give(xsMachine *the, int index, Connection *connection)
{
	socket_of(the, &xsArg(index))->connection = connection;
}

static void xs_tcp_read(xsMachine *the)
{
	Socket *socket = socket_of(the, &xsThis);
	uint32_t available = socket->connection ? connection_available(socket->connection) : 0;
	void *bytes;
	xsUnsignedValue length;
	if (!available)
		return;
	xsmcGetBufferWritable(xsArg(0), &bytes, &length);
	if (length == 0 || length > available)
		xsUnknownError("invalid");
	connection_read(socket->connection, bytes, length);
	if (length == available && !socket->ready)
		connection_trigger(socket->connection, EVENT_ERROR);
	xsmcSetInteger(xsResult, (xsIntegerValue)length);
}

static void xs_tcp_write(xsMachine *the)
{
	Socket *socket = socket_of(the, &xsThis);
	void *bytes;
	xsUnsignedValue length;
	if (!socket->ready)
		xsUnknownError("not ready");
	xsmcGetBufferReadable(xsArg(0), &bytes, &length);
	if (socket->connection->watch.fd < 0)
		return;
	if (length > connection_room(socket->connection))
		xsUnknownError("would block");
	xsmcSetInteger(xsResult, (xsIntegerValue)connection_write(socket->connection, bytes, length));
}

static void xs_tcp_close(xsMachine *the)
{
	Socket *socket = xsmcGetHostDataValidate(xsThis, &hooks);
	if (!socket)
		return;
	if (socket->connection) {
		socket->connection->owner = NULL;
		socket->connection->deliver = NULL;
	}
	release(the, socket);
}

/* On the device this crashes once the connection failed. */
static void xs_tcp_remote_address(xsMachine *the)
{
	Socket *socket = socket_of(the, &xsThis);
	if (!socket->connection || socket->connection->watch.fd < 0)
		xsUnknownError("the connection is gone: take the address when it is accepted");
	xsmcSetString(xsResult, socket->connection->address);
}

const Native tcp_natives[] = {
	NATIVE(xs_tcp_destroy),
	NATIVE(xs_tcp_open),
	NATIVE(xs_tcp_read),
	NATIVE(xs_tcp_write),
	NATIVE(xs_tcp_close),
	NATIVE(xs_tcp_remote_address),
	NATIVES_END
};

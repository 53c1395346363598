#include "fixture.h"

#include <stdlib.h>
#include <string.h>

#include "exits.h"
#include "place.h"
#include "port.h"
#include "stream.h"
#include "xsmc.h"

enum { PEERS = 8, FLASH_SIZE = 0x4E0000, SECTOR = 4096, ROOM = 5744, NAME = 33, TEXT = 512, HEARD = 8192 };

/* One connection: what the peer has sent, how much of that has arrived, what the K1 has sent. */
typedef struct {
	Stream sent;
	size_t arrived;
	Stream heard;
	int closed;
} Connection;

static Connection connections[PEERS];
static uint8_t *flash;
static uint32_t milliseconds = 1;
static int turnsDue;

/* Instructions of the fixture's own. */

static uint64_t spent, entered;

void fixture_enter(void) { entered = place_instructions(); }
void fixture_leave(void) { spent += place_instructions() - entered; }

static void xs_fixture_spent(xsMachine *the)
{
	xsmcSetNumber(xsResult, (double)spent);
	spent = 0;
}

/* The K1's side. */

static void xs_socket_destroy(void *data) { (void)data; }

static Connection *connection_at(xsMachine *the, int argument)
{
	int peer = xsmcToInteger(xsArg(argument));
	if (peer < 0 || peer >= PEERS)
		xsRangeError("no such peer");
	return &connections[peer];
}

static void xs_socket_open(xsMachine *the) { xsmcSetHostData(xsThis, connection_at(the, 0)); }

static Connection *connection_of(xsMachine *the)
{
	Connection *connection = xsmcGetHostData(xsThis);
	if (connection->closed)
		xsUnknownError("closed");
	return connection;
}

static void xs_socket_read(xsMachine *the)
{
	void *bytes;
	xsUnsignedValue size;
	Connection *connection = connection_of(the);
	xsmcGetBufferWritable(xsArg(0), &bytes, &size);
	size_t available = connection->arrived - connection->sent.start;
	if (available == 0)
		return;
	if (size == 0 || size > available)
		xsUnknownError("invalid");
	fixture_enter();
	memcpy(bytes, connection->sent.bytes + connection->sent.start, size);
	connection->sent.start += size;
	fixture_leave();
	xsmcSetInteger(xsResult, (xsIntegerValue)size);
}

static void xs_socket_write(xsMachine *the)
{
	void *bytes;
	xsUnsignedValue size;
	Connection *connection = connection_of(the);
	xsmcGetBufferReadable(xsArg(0), &bytes, &size);
	if (size > ROOM)
		xsUnknownError("would block");
	fixture_enter();
	stream_write(&connection->heard, bytes, size);
	fixture_leave();
	/* The peer reads at once. */
	xsmcSetInteger(xsResult, ROOM);
}

static void xs_socket_close(xsMachine *the) { ((Connection *)xsmcGetHostData(xsThis))->closed = 1; }
static void xs_socket_address(xsMachine *the) { xsmcSetString(xsResult, "192.168.1.20"); }

/* The peer's side. */

static void xs_peer_connect(xsMachine *the)
{
	Connection *connection = connection_at(the, 0);
	stream_reset(&connection->sent);
	stream_reset(&connection->heard);
	connection->arrived = 0;
	connection->closed = 0;
}

/* Before bytes are sent: all that were sent before have been read, or stay where they are. */
static Stream *sending(Connection *connection)
{
	if (connection->sent.start == connection->sent.end) {
		stream_reset(&connection->sent);
		connection->arrived = 0;
	}
	return &connection->sent;
}

static void xs_peer_send_text(xsMachine *the)
{
	char text[TEXT];
	xsmcToStringBuffer(xsArg(1), text, sizeof text);
	stream_write(sending(connection_at(the, 0)), text, strlen(text));
}

static int digit(char c) { return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10; }

static void xs_peer_send_frame(xsMachine *the)
{
	char text[TEXT];
	xsmcToStringBuffer(xsArg(2), text, sizeof text);
	size_t length = strlen(text) / 2;
	for (size_t i = 0; i < length; i++)
		text[i] = (char)(digit(text[2 * i]) << 4 | digit(text[2 * i + 1]));
	stream_write_frame(sending(connection_at(the, 0)), (uint8_t)xsmcToInteger(xsArg(1)), text, length, NULL, 0);
}

static void xs_peer_send_upload(xsMachine *the)
{
	char name[NAME];
	xsmcToStringBuffer(xsArg(1), name, sizeof name);
	stream_write_upload(sending(connection_at(the, 0)), name, (uint32_t)xsmcToInteger(xsArg(2)),
		(uint32_t)xsmcToInteger(xsArg(3)), (uint32_t)xsmcToInteger(xsArg(4)));
}

static void xs_peer_send_file(xsMachine *the)
{
	char name[NAME];
	size_t size = 0;
	xsmcToStringBuffer(xsArg(1), name, sizeof name);
	const char *bytes = port_source(xsmcToString(xsArg(2)), &size);
	if (!bytes)
		xsUnknownError("no such file");
	stream_write_file(sending(connection_at(the, 0)), name, (const uint8_t *)bytes, (uint32_t)size,
		(uint32_t)xsmcToInteger(xsArg(3)));
	port_release_source(bytes);
	xsmcSetInteger(xsResult, (xsIntegerValue)size);
}

static void xs_peer_deliver(xsMachine *the)
{
	Connection *connection = connection_at(the, 0);
	size_t segment = (size_t)xsmcToInteger(xsArg(1));
	xsmcVars(1);
	while (!connection->closed) {
		size_t left = connection->sent.end - connection->arrived;
		if (left > 0) {
			connection->arrived += left < segment ? left : segment;
			xsmcSetInteger(xsVar(0), (xsIntegerValue)(connection->arrived - connection->sent.start));
			xsCallFunction1(xsArg(2), xsUndefined, xsVar(0));
		} else if (!turnsDue) {
			break;
		}
		while (turnsDue) {
			turnsDue = 0;
			xsCallFunction0(xsArg(3), xsUndefined);
		}
	}
}

static void xs_peer_unread(xsMachine *the)
{
	Connection *connection = connection_at(the, 0);
	xsmcSetInteger(xsResult, (xsIntegerValue)(connection->sent.end - connection->sent.start));
}

static void xs_peer_closed(xsMachine *the) { xsmcSetBoolean(xsResult, connection_at(the, 0)->closed); }

static void xs_peer_heard(xsMachine *the)
{
	static char text[HEARD + 1];
	static const char digits[] = "0123456789abcdef";
	Stream *heard = &connection_at(the, 0)->heard;
	size_t most = (size_t)xsmcToInteger(xsArg(1)), size = heard->end - heard->start;
	if (size > most)
		size = most;
	if (size > HEARD / 2)
		size = HEARD / 2;
	for (size_t i = 0; i < size; i++) {
		text[2 * i] = digits[heard->bytes[heard->start + i] >> 4];
		text[2 * i + 1] = digits[heard->bytes[heard->start + i] & 15];
	}
	text[2 * size] = 0;
	stream_reset(heard);
	xsmcSetString(xsResult, text);
}

/* Flash. */

static uint8_t *flash_at(xsMachine *the, size_t offset, size_t size)
{
	if (!flash) {
		flash = malloc(FLASH_SIZE);
		if (!flash)
			place_exit(EXIT_ENGINE);
		memset(flash, 0xFF, FLASH_SIZE);
	}
	if (offset > FLASH_SIZE || size > FLASH_SIZE - offset)
		xsRangeError("not on the flash");
	return flash + offset;
}

static void xs_memory_flash_read(xsMachine *the)
{
	void *bytes;
	xsUnsignedValue size;
	xsmcGetBufferWritable(xsArg(0), &bytes, &size);
	const uint8_t *from = flash_at(the, (size_t)xsmcToInteger(xsArg(1)), size);
	fixture_enter();
	memcpy(bytes, from, size);
	fixture_leave();
}

static void xs_memory_flash_write(xsMachine *the)
{
	void *data;
	xsUnsignedValue size;
	xsmcGetBufferReadable(xsArg(0), &data, &size);
	const uint8_t *bytes = data;
	uint8_t *to = flash_at(the, (size_t)xsmcToInteger(xsArg(1)), size);
	int bad = 0;
	fixture_enter();
	for (size_t i = 0; i < size; i++) {
		bad |= bytes[i] & ~to[i];
		to[i] &= bytes[i];
	}
	fixture_leave();
	if (bad)
		xsUnknownError("a bit would have to be set: erase first");
}

static void xs_memory_flash_erase(xsMachine *the)
{
	size_t start = (size_t)xsmcToInteger(xsArg(0)) * SECTOR, end = (size_t)xsmcToInteger(xsArg(1)) * SECTOR;
	uint8_t *from = flash_at(the, start, end - start);
	fixture_enter();
	memset(from, 0xFF, end - start);
	fixture_leave();
}

/* Clock and timer. */

static void xs_clock_ticks(xsMachine *the) { xsmcSetInteger(xsResult, (xsIntegerValue)milliseconds); }
static void xs_clock_pass(xsMachine *the) { milliseconds += (uint32_t)xsmcToInteger(xsArg(0)); }

/* Timers are numbers from 1 on; the first is the server's turns, which come when the network is done. */
#define TURNS 1
#define TIMERS 16
#define NEVER UINT32_MAX

static uint32_t due[TIMERS];

static int timer_at(xsMachine *the)
{
	int timer = xsmcToInteger(xsArg(0));
	if (timer < 1 || timer >= TIMERS)
		xsUnknownError("no such timer");
	return timer;
}

static void xs_clock_schedule(xsMachine *the)
{
	int timer = timer_at(the);
	int stops = xsmcArgc < 2 || xsmcTypeOf(xsArg(1)) == xsUndefinedType;
	uint32_t interval = stops ? NEVER : (uint32_t)xsmcToInteger(xsArg(1));
	if (timer == TURNS)
		turnsDue |= interval == 0;
	else
		due[timer] = interval > NEVER - milliseconds ? NEVER : milliseconds + interval;
}

static void xs_clock_due(xsMachine *the) { xsmcSetBoolean(xsResult, milliseconds >= due[timer_at(the)]); }

/* The page. */

static const uint8_t page[20480] = { 0x1F, 0x8B };

static void xs_page_destroy(void *data) { (void)data; }

static void xs_page_open(xsMachine *the)
{
	xsmcSetHostBuffer(xsThis, (void *)page, sizeof(page));
	xsmcPetrifyHostBuffer(xsThis);
}

static void xs_page_length(xsMachine *the) { xsmcSetInteger(xsResult, sizeof(page)); }

const Native fixture_natives[] = {
	NATIVE(xs_fixture_spent),
	NATIVE(xs_socket_destroy),
	NATIVE(xs_socket_open),
	NATIVE(xs_socket_read),
	NATIVE(xs_socket_write),
	NATIVE(xs_socket_close),
	NATIVE(xs_socket_address),
	NATIVE(xs_peer_connect),
	NATIVE(xs_peer_send_text),
	NATIVE(xs_peer_send_frame),
	NATIVE(xs_peer_send_upload),
	NATIVE(xs_peer_send_file),
	NATIVE(xs_peer_deliver),
	NATIVE(xs_peer_unread),
	NATIVE(xs_peer_closed),
	NATIVE(xs_peer_heard),
	NATIVE(xs_memory_flash_read),
	NATIVE(xs_memory_flash_write),
	NATIVE(xs_memory_flash_erase),
	NATIVE(xs_page_destroy),
	NATIVE(xs_page_open),
	NATIVE(xs_page_length),
	NATIVE(xs_clock_ticks),
	NATIVE(xs_clock_pass),
	NATIVE(xs_clock_schedule),
	NATIVE(xs_clock_due),
	NATIVES_END
};

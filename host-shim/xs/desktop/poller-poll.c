#if !defined(__linux__)
#include "poller.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

/* What is waited for, and whose it is; then a copy of both, since callbacks change the first meanwhile. */
static struct pollfd *waits;
static Watch **watches;
static struct pollfd *happened;
static Watch **whose;
static nfds_t count;
static nfds_t room;

void poller_open(void)
{
	count = 0;
}

void poller_close(void)
{
	free(waits);
	free(watches);
	free(happened);
	free(whose);
	waits = happened = NULL;
	watches = whose = NULL;
	room = 0;
}

static void grow(void)
{
	room = room ? 2 * room : 16;
	waits = realloc(waits, room * sizeof(*waits));
	watches = realloc(watches, room * sizeof(*watches));
	happened = realloc(happened, room * sizeof(*happened));
	whose = realloc(whose, room * sizeof(*whose));
	if (!waits || !watches || !happened || !whose)
		abort();
}

void poller_set(Watch *watch, unsigned before, unsigned events)
{
	nfds_t i = 0;
	(void)before;
	while (i < count && watches[i] != watch)
		i++;
	if (!events) {
		if (i < count) {
			count--;
			waits[i] = waits[count];
			watches[i] = watches[count];
		}
		return;
	}
	if (i == count) {
		if (count == room)
			grow();
		count++;
	}
	watches[i] = watch;
	waits[i].fd = watch->fd;
	waits[i].events = (short)((events & LOOP_READABLE ? POLLIN : 0) | (events & LOOP_WRITABLE ? POLLOUT : 0));
}

void poller_wait(int milliseconds, void (*ready)(Watch *watch, unsigned events))
{
	nfds_t waited = count;
	if (waited) {
		memcpy(happened, waits, waited * sizeof(*waits));
		memcpy(whose, watches, waited * sizeof(*watches));
	}
	if (poll(happened, waited, milliseconds) <= 0)
		return;
	for (nfds_t i = 0; i < waited; i++) {
		unsigned events = 0;
		if (happened[i].revents & POLLIN)
			events |= LOOP_READABLE;
		if (happened[i].revents & POLLOUT)
			events |= LOOP_WRITABLE;
		if (happened[i].revents & (POLLERR | POLLHUP | POLLNVAL))
			events |= LOOP_READABLE | LOOP_WRITABLE;
		if (events)
			ready(whose[i], events);
	}
}

#else
typedef int PollerIsElsewhere;
#endif

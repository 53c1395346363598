#if !defined(__linux__)
#include "poller.h"

#include <poll.h>
#include <stddef.h>

enum { WATCHES = 64 };

static struct pollfd waits[WATCHES];
static Watch *watches[WATCHES];
static nfds_t count;

void poller_open(void)
{
	count = 0;
}

void poller_close(void)
{
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
		if (count == WATCHES)
			return;
		count++;
	}
	watches[i] = watch;
	waits[i].fd = watch->fd;
	waits[i].events = (short)((events & LOOP_READABLE ? POLLIN : 0) | (events & LOOP_WRITABLE ? POLLOUT : 0));
}

void poller_wait(int milliseconds, void (*ready)(Watch *watch, unsigned events))
{
	struct pollfd happened[WATCHES];
	Watch *whose[WATCHES];
	nfds_t waited = count;
	for (nfds_t i = 0; i < waited; i++) {
		happened[i] = waits[i];
		whose[i] = watches[i];
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

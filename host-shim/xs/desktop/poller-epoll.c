#if defined(__linux__)
#include "poller.h"

#include <sys/epoll.h>
#include <unistd.h>

enum { BATCH = 16 };

static int epoll = -1;

void poller_open(void)
{
	epoll = epoll_create1(EPOLL_CLOEXEC);
}

void poller_close(void)
{
	close(epoll);
	epoll = -1;
}

void poller_set(Watch *watch, unsigned before, unsigned events)
{
	struct epoll_event event = { 0, { .ptr = watch } };
	if (events & LOOP_READABLE)
		event.events |= EPOLLIN;
	if (events & LOOP_WRITABLE)
		event.events |= EPOLLOUT;
	/* A hang-up is always reported: what waits for nothing must not be in the set, or it would be reported without end. */
	if (!before && events)
		epoll_ctl(epoll, EPOLL_CTL_ADD, watch->fd, &event);
	else if (before && !events)
		epoll_ctl(epoll, EPOLL_CTL_DEL, watch->fd, &event);
	else if (before != events)
		epoll_ctl(epoll, EPOLL_CTL_MOD, watch->fd, &event);
}

void poller_wait(int milliseconds, void (*ready)(Watch *watch, unsigned events))
{
	struct epoll_event happened[BATCH];
	int count = epoll_wait(epoll, happened, BATCH, milliseconds);
	for (int i = 0; i < count; i++) {
		unsigned events = 0;
		if (happened[i].events & EPOLLIN)
			events |= LOOP_READABLE;
		if (happened[i].events & EPOLLOUT)
			events |= LOOP_WRITABLE;
		if (happened[i].events & (EPOLLERR | EPOLLHUP))
			events |= LOOP_READABLE | LOOP_WRITABLE;
		ready(happened[i].data.ptr, events);
	}
}

#else
typedef int PollerIsElsewhere;
#endif

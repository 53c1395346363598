/*
 * What the loop waits with: epoll where there is one, poll elsewhere.
 */
#ifndef PRISM_POLLER_H
#define PRISM_POLLER_H

#include "loop.h"

void poller_open(void);
void poller_close(void);

/** `events` of `watch` are what it waits for now; `before` what it waited for, 0 when it is new. 0 ends it. */
void poller_set(Watch *watch, unsigned before, unsigned events);

/** Waits at most `milliseconds`, without end when that is -1, and calls `ready` for each that is. */
void poller_wait(int milliseconds, void (*ready)(Watch *watch, unsigned events));

#endif

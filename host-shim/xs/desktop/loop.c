#include "loop.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <math.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "machine.h"
#include "poller.h"
#include "report.h"
#include "timers.h"

static xsMachine *machine; /* that loop_run runs */
static int watched; /* how many wait for something, the signals' pipe not counted */
static volatile sig_atomic_t stopped;
static Post *posts; /* in the order in which they were posted */
static Post **lastPost = &posts;
static int signalPipe[2] = { -1, -1 };
static void on_signals(xsMachine *the, Watch *watch, unsigned events);
static Watch signals = { -1, 0, on_signals };

/* Memory that an event of this round may still point to. */
static void **released;
static int releasedCount;
static int releasedRoom;

void loop_free(void *memory)
{
	if (releasedCount == releasedRoom) {
		int room = releasedRoom ? releasedRoom * 2 : 16;
		void **larger = realloc(released, room * sizeof(void *));
		if (!larger)
			return;
		released = larger;
		releasedRoom = room;
	}
	released[releasedCount++] = memory;
}

static void free_released(void)
{
	while (releasedCount)
		free(released[--releasedCount]);
}

static void on_signal(int signal)
{
	char byte = (char)signal;
	int error = errno;
	if (write(signalPipe[1], &byte, 1) < 0)
		stopped = 1; /* the pipe is full of signals already */
	errno = error;
}

static void on_signals(xsMachine *the, Watch *watch, unsigned events)
{
	char byte;
	(void)events;
	while (read(watch->fd, &byte, 1) > 0) {
		if (byte == SIGUSR2)
			report_print(the);
		else
			stopped = 1;
	}
}

void loop_open(void)
{
	struct sigaction action;
	poller_open();
	if (pipe(signalPipe) == 0) {
		for (int i = 0; i < 2; i++)
			fcntl(signalPipe[i], F_SETFL, O_NONBLOCK);
		signals.fd = signalPipe[0];
		signals.events = LOOP_READABLE;
		poller_set(&signals, 0, LOOP_READABLE);
	}
	memset(&action, 0, sizeof(action));
	action.sa_handler = on_signal;
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGUSR2, &action, NULL);
	action.sa_handler = SIG_IGN;
	sigaction(SIGPIPE, &action, NULL);
}

void loop_close(void)
{
	poller_set(&signals, signals.events, 0);
	close(signalPipe[0]);
	close(signalPipe[1]);
	poller_close();
	free_released();
	free(released);
	released = NULL;
	releasedRoom = 0;
}

void loop_change(Watch *watch, unsigned events)
{
	if (events != watch->events) {
		poller_set(watch, watch->events, events);
		watched += (events != 0) - (watch->events != 0);
		watch->events = events;
	}
}

void loop_watch(Watch *watch, unsigned events)
{
	watch->events = 0;
	loop_change(watch, events);
}

void loop_unwatch(Watch *watch)
{
	loop_change(watch, 0);
}

void loop_post(Post *post)
{
	if (post->pending)
		return;
	post->pending = 1;
	post->next = NULL;
	*lastPost = post;
	lastPost = &post->next;
}

void loop_unpost(Post *post)
{
	Post **link = &posts;
	if (!post->pending)
		return;
	while (*link != post)
		link = &(*link)->next;
	*link = post->next;
	if (!post->next)
		lastPost = link;
	post->pending = 0;
}

/* Those posted meanwhile wait for the next round, so that sockets and timers get their turn. */
static void run_posts(xsMachine *the)
{
	Post *last = posts ? (Post *)((char *)lastPost - offsetof(Post, next)) : NULL;
	while (last && posts && !stopped) {
		Post *post = posts;
		int done = post == last;
		loop_unpost(post);
		post->run(the, post);
		machine_run_jobs(the);
		if (done)
			break;
	}
}

static void ready(Watch *watch, unsigned events)
{
	/* What an earlier callback of this round stopped waiting for is not reported any more. */
	events &= watch->events | (watch == &signals ? LOOP_READABLE : 0);
	if (events && !stopped) {
		watch->ready(machine, watch, events);
		machine_run_jobs(machine);
	}
}

static int wait_time(void)
{
	double wait = timers_wait();
	if (posts)
		return 0;
	return wait < 0 ? -1 : wait > INT_MAX ? INT_MAX : (int)ceil(wait);
}

void loop_run(xsMachine *the)
{
	machine = the;
	while (!stopped && (watched || posts || timers_wait() >= 0)) {
		poller_wait(wait_time(), ready);
		/*
		 * What came goes before the timers' work, which may take long; and work that is put off meanwhile waits until the
		 * sockets have been looked at again. So nobody waits for two turns of another.
		 */
		timers_round();
		run_posts(the);
		if (!stopped)
			timers_run(the);
		free_released();
	}
}

int loop_watched(void)
{
	return watched;
}

void loop_stop(void)
{
	stopped = 1;
}

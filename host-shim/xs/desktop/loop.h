/*
 * The event loop: waits for sockets, timers and signals, and never longer or shorter than that. It has one thread; all
 * callbacks into the script come from here, one at a time.
 */
#ifndef PRISM_LOOP_H
#define PRISM_LOOP_H

#include <stdint.h>

#include "xs.h"

enum {
	LOOP_READABLE = 1,
	LOOP_WRITABLE = 2
};

/** Something with a file descriptor. It must stay where it is until it is unwatched. */
typedef struct Watch Watch;
struct Watch {
	int fd;
	unsigned events; /* the LOOP_ events waited for */
	void (*ready)(xsMachine *the, Watch *watch, unsigned events); /* an error or hang-up comes as all events waited for */
};

/** Something to be done in the loop's next round; see loop_post. */
typedef struct Post Post;
struct Post {
	Post *next;
	void (*run)(xsMachine *the, Post *post);
	uint8_t pending;
};

void loop_open(void);
void loop_close(void);

/** Runs until a signal asks for the end, or until nothing is left that could ever happen. */
void loop_run(xsMachine *the);

/** Ends loop_run after the callback that runs now. */
void loop_stop(void);

/** How many are watched now. */
int loop_watched(void);

void loop_watch(Watch *watch, unsigned events);
void loop_change(Watch *watch, unsigned events);
void loop_unwatch(Watch *watch);

/** Has `post->run` called in the next round, once however often it was posted before. */
void loop_post(Post *post);
void loop_unpost(Post *post);

/** Frees what holds a Watch or Post, once no event that was reported can point to it. */
void loop_free(void *memory);

#endif

#include "parent.h"

#include <signal.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>

void parent_follow(void)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	/* It may have ended before that. */
	if (getppid() == 1)
		raise(SIGKILL);
}
#else
#include "loop.h"

static void on_input(xsMachine *the, Watch *watch, unsigned events)
{
	char bytes[64];
	(void)the;
	(void)events;
	if (read(watch->fd, bytes, sizeof(bytes)) > 0)
		return;
	loop_unwatch(watch);
	loop_stop();
}

static Watch input = { STDIN_FILENO, 0, on_input };

void parent_follow(void)
{
	loop_watch(&input, LOOP_READABLE);
}
#endif

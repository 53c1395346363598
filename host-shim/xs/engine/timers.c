#include "timers.h"

#include <stdlib.h>

#include "machine.h"
#include "port.h"
#include "xsmc.h"

/* In the engine, but not in this version's xs.h: NULL for anything that is no host object. */
extern void *fxGetHostDataIf(xsMachine *the, xsSlot *slot);

typedef struct Timer Timer;
struct Timer {
	Timer *next;
	xsMachine *the;
	xsSlot object;
	xsSlot *callback; /* NULL once cleared */
	double due;
	int repeat;
	unsigned turn; /* the last round in which it was scheduled or ran */
	uint8_t scheduled;
	uint8_t running; /* in its callback: freed after it */
};

static Timer *timers; /* all scheduled ones, by due time; the earlier one first among equals */
static unsigned turn; /* the loop's round */

static void mark(xsMachine *the, void *data, xsMarkRoot markRoot)
{
	Timer *timer = data;
	if (timer->callback)
		(*markRoot)(the, timer->callback);
}

static void destroy(void *data);

static xsHostHooks hooks = { destroy, mark, NULL };

static void unschedule(Timer *timer)
{
	if (!timer->scheduled)
		return;
	Timer **link = &timers;
	while (*link != timer)
		link = &(*link)->next;
	*link = timer->next;
	timer->scheduled = 0;
}

static void schedule(Timer *timer, int interval, int repeat)
{
	unschedule(timer);
	timer->due = port_milliseconds() + (interval > 0 ? interval : 0);
	timer->repeat = repeat > 0 ? repeat : 0;
	Timer **link = &timers;
	while (*link && (*link)->due <= timer->due)
		link = &(*link)->next;
	timer->next = *link;
	*link = timer;
	timer->scheduled = 1;
}

static void destroy(void *data)
{
	Timer *timer = data;
	if (!timer)
		return;
	unschedule(timer);
	if (timer->running)
		timer->callback = NULL;
	else
		free(timer);
}

/* Lets the script's object go: it is an empty one from then on. */
static void release(Timer *timer)
{
	xsMachine *the = timer->the;
	xsForget(timer->object);
	xsmcSetHostData(timer->object, NULL);
	destroy(timer);
}

static void create(xsMachine *the, int interval, int repeat)
{
	if (!xsmcIsCallable(xsArg(0)))
		xsTypeError("callback is no function");
	Timer *timer = calloc(1, sizeof(Timer));
	if (!timer)
		xsUnknownError("no memory for a timer");
	xsResult = xsNewHostObject(NULL);
	timer->the = the;
	timer->object = xsResult;
	timer->callback = fxToReference(the, &xsArg(0));
	timer->turn = turn;
	xsmcSetHostData(xsResult, timer);
	xsSetHostHooks(xsResult, &hooks);
	xsRemember(timer->object);
	schedule(timer, interval, repeat);
}

static int argument(xsMachine *the, int index)
{
	return xsmcArgc > index && xsmcTest(xsArg(index)) ? xsmcToInteger(xsArg(index)) : 0;
}

static void xs_timer_set(xsMachine *the)
{
	create(the, argument(the, 1), argument(the, 2));
}

static void xs_timer_repeat(xsMachine *the)
{
	int interval = argument(the, 1);
	create(the, interval, interval > 0 ? interval : 1);
}

static void xs_timer_schedule(xsMachine *the)
{
	Timer *timer = xsmcGetHostDataValidate(xsArg(0), &hooks);
	if (!timer)
		xsUnknownError("timer was cleared");
	if (xsmcArgc < 2 || xsmcTypeOf(xsArg(1)) == xsUndefinedType)
		unschedule(timer);
	else {
		schedule(timer, argument(the, 1), argument(the, 2));
		timer->turn = turn;
	}
}

static void xs_timer_clear(xsMachine *the)
{
	if (xsmcArgc == 0 || !xsmcTest(xsArg(0)))
		return;
	/* An empty object is one whose timer ended already. */
	Timer *timer = fxGetHostDataIf(the, &xsArg(0));
	if (timer)
		release(xsmcGetHostDataValidate(xsArg(0), &hooks));
}

int timers_count(void)
{
	int count = 0;
	for (Timer *timer = timers; timer; timer = timer->next)
		count++;
	return count;
}

double timers_wait(void)
{
	if (!timers)
		return -1;
	double wait = timers->due - port_milliseconds();
	return wait > 0 ? wait : 0;
}

static void run(Timer *timer)
{
	xsMachine *machine = timer->the;
	unschedule(timer);
	if (timer->repeat)
		schedule(timer, timer->repeat, timer->repeat);
	timer->running = 1;
	xsBeginHost(machine);
	xsCallFunction1(xsReference(timer->callback), xsGlobal, timer->object);
	xsEndHost(machine);
	timer->running = 0;
	if (!timer->callback)
		free(timer); /* it cleared itself */
	else if (!timer->scheduled && !timer->repeat)
		release(timer);
	machine_run_jobs(machine);
}

void timers_round(void)
{
	turn++;
}

void timers_run(xsMachine *the)
{
	double now = port_milliseconds();
	(void)the;
	while (timers && timers->due <= now && timers->turn != turn) {
		Timer *timer = timers;
		timer->turn = turn;
		run(timer);
	}
}

const Native timer_natives[] = {
	NATIVE(xs_timer_set),
	NATIVE(xs_timer_repeat),
	NATIVE(xs_timer_schedule),
	NATIVE(xs_timer_clear),
	NATIVES_END
};

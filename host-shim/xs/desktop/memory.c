/*
 * The engine's pools. What the root machine has is sealed before the firmware runs: on the device it is in flash, and a
 * write there ends the program, so it does here.
 */
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "exits.h"
#include "port.h"

/* In front of each pool. */
typedef struct Pool Pool;
struct Pool {
	Pool *next;
	size_t size; /* with this */
	size_t unused[2]; /* keeps what follows aligned to 16 bytes */
};

static Pool *pools;
static Pool *sealed; /* the newest pool that is read-only; older ones are too */

void *port_allocate(size_t size)
{
	size += sizeof(Pool);
	Pool *pool = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (pool == MAP_FAILED)
		return NULL;
	pool->size = size;
	pool->next = pools;
	pools = pool;
	return pool + 1;
}

static void unseal(void)
{
	for (Pool *pool = sealed; pool; pool = pool->next)
		mprotect(pool, pool->size, PROT_READ | PROT_WRITE);
	sealed = NULL;
}

void port_free(void *memory)
{
	Pool *freed = (Pool *)memory - 1;
	Pool **link = &pools;
	unseal();
	while (*link != freed)
		link = &(*link)->next;
	*link = freed->next;
	munmap(freed, freed->size);
}

/* Only what is safe in a signal handler: the address says whether it was a sealed pool. */
static void on_fault(int signal, siginfo_t *info, void *context)
{
	static const char text[] =
		"k1-xs: write to read-only memory: something made in the body of a preloaded module was changed\n";
	(void)context;
	for (Pool *pool = sealed; pool; pool = pool->next) {
		if ((char *)info->si_addr >= (char *)pool && (char *)info->si_addr < (char *)pool + pool->size) {
			ssize_t written = write(STDERR_FILENO, text, sizeof(text) - 1);
			_exit(written < 0 ? EXIT_ENGINE : EXIT_READ_ONLY);
		}
	}
	/* Some other fault: it happens again, now with the usual end. */
	struct sigaction action;
	memset(&action, 0, sizeof(action));
	action.sa_handler = SIG_DFL;
	sigaction(signal, &action, NULL);
}

void port_seal(void)
{
	struct sigaction action;
	memset(&action, 0, sizeof(action));
	action.sa_sigaction = on_fault;
	action.sa_flags = SA_SIGINFO;
	sigaction(SIGSEGV, &action, NULL);
	sigaction(SIGBUS, &action, NULL);
	sealed = pools;
	for (Pool *pool = pools; pool; pool = pool->next)
		mprotect(pool, pool->size, PROT_READ);
}

#include "exits.h"
#include "place.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

/* The calls of the emulator that we use. */
enum { CALL_EXIT = 1, CALL_READ = 3, CALL_WRITE = 4, CALL_OPEN = 5, CALL_CLOSE = 6, CALL_SEEK = 19,
	CALL_ARGC = 1000, CALL_ARGV_SIZE = 1001, CALL_ARGV = 1002 };

enum { INSTRUCTIONS_A_TICK = 25, INSTRUCTIONS_A_MILLISECOND = 240000 };

extern int xtensa_simcall(int call, int a, int b, int c, int *error);
extern unsigned xtensa_ccount(void);
extern int main(int argc, char **argv);

static int simcall(int call, int a, int b, int c)
{
	int error = 0;
	int result = xtensa_simcall(call, a, b, c, &error);
	if (result < 0)
		errno = error;
	return result;
}

/* The C library's files: 0, 1 and 2 are the emulator's own. */

ssize_t read(int fd, void *buffer, size_t size) { return simcall(CALL_READ, fd, (int)buffer, (int)size); }
ssize_t write(int fd, const void *buffer, size_t size) { return simcall(CALL_WRITE, fd, (int)buffer, (int)size); }
int close(int fd) { return simcall(CALL_CLOSE, fd, 0, 0); }
off_t lseek(int fd, off_t offset, int whence) { return simcall(CALL_SEEK, fd, (int)offset, whence); }
int open(const char *path, int flags, ...) { return simcall(CALL_OPEN, (int)path, flags, 0666); }

/* Standard output goes out by the line, standard error likewise. */

static char line[1024];
static size_t lineLength;

static int put(char byte, FILE *file)
{
	(void)file;
	line[lineLength++] = byte;
	if (byte == '\n' || lineLength == sizeof line) {
		write(1, line, lineLength);
		lineLength = 0;
	}
	return (unsigned char)byte;
}

static FILE output = FDEV_SETUP_STREAM(put, NULL, NULL, _FDEV_SETUP_WRITE);
FILE *const stdin = NULL;
FILE *const stdout = &output;
FILE *const stderr = &output;

/* Memory for malloc: a pointer that moves up. */

extern char __heap_start[], __heap_end[];

void *sbrk(ptrdiff_t size)
{
	static char *end = __heap_start;
	if (size > __heap_end - end) {
		errno = ENOMEM;
		return (void *)-1;
	}
	char *start = end;
	end += size;
	return start;
}

/* Time: instructions, plus what was slept. */

static uint64_t slept;

uint64_t place_instructions(void)
{
	static uint32_t last;
	static uint64_t ticks;
	uint32_t now = xtensa_ccount();
	ticks += now - last;
	last = now;
	return ticks * INSTRUCTIONS_A_TICK;
}

uint64_t place_milliseconds(void) { return place_instructions() / INSTRUCTIONS_A_MILLISECOND + slept; }

void place_sleep(uint32_t milliseconds) { slept += milliseconds; }

int gettimeofday(struct timeval *time, void *zone)
{
	(void)zone;
	uint64_t now = place_milliseconds();
	time->tv_sec = (time_t)(now / 1000);
	time->tv_usec = (suseconds_t)(now % 1000 * 1000);
	return 0;
}

/* Start and end. */

void place_exit(int status)
{
	if (lineLength > 0)
		write(1, line, lineLength);
	for (;;)
		simcall(CALL_EXIT, status, 0, 0);
}

void _exit(int status) { place_exit(status); }

/* Another emulator, or another version, may let the cycle counter run at another pace: then every count would be wrong. */
static void check_pace(void)
{
	enum { TICKS = 1000 };
	int i = TICKS * INSTRUCTIONS_A_TICK / 2;
	uint32_t start = xtensa_ccount();
	__asm__ volatile("1: addi %0, %0, -1\n\tbnez %0, 1b" : "+r"(i));
	uint32_t ticks = xtensa_ccount() - start;
	if (ticks < TICKS || ticks > TICKS + 2) {
		printf("the emulator's cycle counter does not tick once in %d instructions\n", INSTRUCTIONS_A_TICK);
		place_exit(EXIT_ENGINE);
	}
}

void xtensa_main(void)
{
	check_pace();
	int argc = simcall(CALL_ARGC, 0, 0, 0);
	char **argv = malloc((size_t)simcall(CALL_ARGV_SIZE, 0, 0, 0));
	simcall(CALL_ARGV, (int)argv, 0, 0);
	place_exit(main(argc, argv));
}

void xtensa_exception(unsigned cause, unsigned address, unsigned pc)
{
	printf("exception: cause %u, address 0x%08x, at 0x%08x\n", cause, address, pc);
	place_exit(134);
}

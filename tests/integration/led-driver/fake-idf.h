/*
 * A clock, pins, a heap and two SPI ports that keep to the rules of the ESP-IDF 6.0 (each is cited in fake-idf.c). What the driver may
 * not do ends the program with a line.
 */
#ifndef FAKE_IDF_H
#define FAKE_IDF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CHECK(CONDITION) do { \
		if (!(CONDITION)) \
			fail(__FILE__, __LINE__, #CONDITION); \
	} while (0)

void fail(const char *file, int line, const char *what) __attribute__((noreturn));

/* Levels that a pin can have. */
enum { LOW = 0, HIGH = 1, FLOATING = 2 };

/* ns since the start. A call takes a microsecond. */
extern uint64_t now;
void pass(uint64_t nanoseconds);

/* The N-th call that can fail, from 1, fails; 0: none does. */
extern int failing;
/* Such calls so far. */
extern int calls;
/* What a port tells of its clock, kHz. */
extern int kilohertz;

/* How a port's last transaction went: what was sent, and when it began. */
typedef struct {
	uint8_t bytes[2000];
	size_t length;
	uint64_t start;
	int call; /* its number among the calls to the driver */
	int count; /* transactions so far */
} Sent;

/* Strip 1 and 2. */
const Sent *sent(int strip);
/* The port begins so much later with what is queued next: its interrupt had to wait. */
void delay(int strip, uint64_t nanoseconds);

/* The level of a pin; within a transaction LOW. */
int level(int pin);
/* Whether it was ever high, or floating, outside of a transaction since `watch` was called. */
bool strayed(int pin);
void watch(int pin);

/* Ports, devices, memory or holds that somebody has. */
bool anything_left(void);

#endif

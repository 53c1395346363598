/*
 * The platform header that XS's own xsPlatform.h includes (XSPLATFORM names it).
 *
 * It says which C library the engine stands on, which of XS's default host functions are used and which this host
 * brings itself, and what the host keeps inside each machine. It serves the desktop (64 and 32 bits) and cross builds
 * alike: nothing here needs files, sockets or threads.
 */
#ifndef PRISM_XS_PLATFORM_H
#define PRISM_XS_PLATFORM_H

#include <ctype.h>
#include <errno.h>
#include <float.h>
#include <limits.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
	#error XS's byte code is read in the host's byte order: only little-endian hosts are supported
#endif

#if defined(__linux__)
	#include <pthread.h> /* fxCStackLimit asks for the thread's stack */
	#undef mxLinux
	#define mxLinux 1
#elif defined(__APPLE__)
	#include <pthread.h>
	#undef mxMacOSX
	#define mxMacOSX 1
#endif

/* One machine, one thread: XS's plain versions of the shared chunks do. */
#define mxUseDefaultBuildKeys 1
#define mxUseDefaultParseScript 1
#define mxUseDefaultSharedChunks 1

/* The engine reports the reason of an abort by printf: the host catches the line and puts it into its own message. */
extern int prismReport(const char *format, ...);
extern int prismReportList(const char *format, va_list arguments);
#define c_printf prismReport
#define c_vprintf prismReportList

#define mxMachinePlatform \
	void *waiterCondition; \
	void *waiterData; \
	void *waiterLink; \
	void *host; /* free for the port */ \
	int promiseJobs; /* set when fxRunPromiseJobs has something to do */ \
	int aborting;    /* set once fxAbort was entered */

#endif

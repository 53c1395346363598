/*
 * Fields of a request head on XS: on the chip, in the desktop's XS and on emulated Xtensa. What each does is written in
 * modules/http/field-values.ts. Texts are those of XS: UTF-8 that ends with a zero byte.
 */
#include "xsmc.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "../../bytes/native/arguments.h"
#include "../../bytes/native/kinds.h"

enum { BAD_REQUEST = 400, FIELDS_TOO_LARGE = 431, NAME_LIMIT = 64, VALUE_LIMIT = 256, VALUE_BITS = 9 };

/* In the order of FIELD_KEYS in modules/http/request.ts. */
static const char *const names[] = {
	"host", "origin", "connection", "upgrade", "sec-websocket-key", "sec-websocket-version", "sec-websocket-protocol",
	"authorization", "if-match", "if-none-match", "if-range", "range", "content-length", "content-type",
	"transfer-encoding", "expect",
};

enum { HOST = 1, CONTENT_LENGTH = 13, NAMES = sizeof names / sizeof *names };

/* Which of the names it is, counted from 1, or 0. */
static int number_of(const uint8_t *name, size_t length)
{
	for (int i = 0; i < NAMES; i++) {
		if (strlen(names[i]) == length && !strncasecmp((const char *)name, names[i], length))
			return i + 1;
	}
	return 0;
}

static int is_blank(int c) { return c == ' ' || c == '\t'; }

static int take_field(const uint8_t *line, const uint8_t *end)
{
	if (!all_of(TEXT, line, end))
		return -BAD_REQUEST;
	const uint8_t *colon = memchr(line, ':', (size_t)(end - line));
	if (!colon || colon == line)
		return -BAD_REQUEST;
	if (colon - line > NAME_LIMIT)
		return -FIELDS_TOO_LARGE;
	if (!all_of(TOKEN, line, colon))
		return -BAD_REQUEST;
	int number = number_of(line, (size_t)(colon - line));
	if (!number)
		return 0;
	const uint8_t *start = colon + 1;
	if (end - start > VALUE_LIMIT)
		return -FIELDS_TOO_LARGE;
	const uint8_t *whole = start;
	size_t length = (size_t)(end - start);
	while (start < end && is_blank(*start))
		start++;
	while (start < end && is_blank(end[-1]))
		end--;
	/* Where a no-break space is at an end, or anything is cut off that is not the only kind of blank there. */
	int cut = (size_t)(end - start) < length;
	if (start < end && ((cut || *start == 0xA0 || end[-1] == 0xA0) && memchr(whole, 0xA0, length)))
		return -BAD_REQUEST;
	if (number == HOST && !all_of(AUTHORITY, start, end))
		return -BAD_REQUEST;
	if (number == CONTENT_LENGTH && (start == end || !all_of(DIGITS, start, end)))
		return -BAD_REQUEST;
	return number << 2 * VALUE_BITS | (int)(start - line) << VALUE_BITS | (int)(end - start);
}

void xs_prism_take_field(xsMachine *the)
{
	uint32_t start = offset_at(the, 1);
	uint32_t end = offset_at(the, 2);
	const uint8_t *line = range_at(the, 0, start, end, 0);
	xsmcSetInteger(xsResult, take_field(line, line + (end - start)));
}

static int has_member(const char *list, const char *member, int anyCase)
{
	size_t length = strlen(member);
	for (;; list++) {
		size_t size = strcspn(list, ",");
		const char *next = list + size;
		const char *end = next;
		while (list < end && is_blank(*list))
			list++;
		while (list < end && is_blank(end[-1]))
			end--;
		if ((size_t)(end - list) == length && !(anyCase ? strncasecmp : strncmp)(list, member, length))
			return 1;
		list = next;
		if (!*list)
			return 0;
	}
}

void xs_prism_has_member(xsMachine *the)
{
	int given = xsmcTypeOf(xsArg(0)) != xsUndefinedType;
	xsmcSetBoolean(xsResult,
		given && has_member(xsmcToString(xsArg(0)), xsmcToString(xsArg(1)), xsmcToBoolean(xsArg(2))));
}

void xs_prism_is_digits(xsMachine *the)
{
	const uint8_t *text = (const uint8_t *)xsmcToString(xsArg(0));
	size_t length = strlen((const char *)text);
	xsmcSetBoolean(xsResult, length > 0 && length <= 15 && all_of(DIGITS, text, text + length));
}

static int is_ipv4(const char *p)
{
	for (int part = 1; ; part++, p++) {
		int digits = 0, value = 0;
		for (; *p >= '0' && *p <= '9'; p++) {
			value = 10 * value + *p - '0';
			if (++digits > 3 || value > 255)
				return 0;
		}
		if (!digits)
			return 0;
		if (*p != '.')
			return part == 4 && !*p;
	}
}

void xs_prism_is_ipv4(xsMachine *the)
{
	xsmcSetBoolean(xsResult, is_ipv4(xsmcToString(xsArg(0))));
}

void xs_prism_is_key(xsMachine *the)
{
	const char *key = xsmcToString(xsArg(0));
	const uint8_t *bytes = (const uint8_t *)key;
	/* The last character has two bits of the 16 bytes, and four that are 0 (RFC 4648, 3.5). */
	xsmcSetBoolean(xsResult,
		strlen(key) == 24 && all_of(BASE64, bytes, bytes + 22) && strchr("AQgw", key[21]) && !strcmp(key + 22, "=="));
}

#include "image.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "exits.h"
#include "options.h"
#include "port.h"

static int image = -1;
static int operations; /* programs and erases so far */
static uint32_t erases[SECTORS];
static char reason[PATH_MAX + 200];

static int write_all(int fd, const uint8_t *bytes, size_t length, size_t offset)
{
	while (length) {
		ssize_t written = pwrite(fd, bytes, length, (off_t)offset);
		if (written <= 0)
			return -1;
		bytes += written;
		length -= (size_t)written;
		offset += (size_t)written;
	}
	return 0;
}

static int write_blank(int fd)
{
	static uint8_t blank[SECTOR_LENGTH];
	memset(blank, 0xFF, sizeof(blank));
	for (size_t sector = 0; sector < SECTORS; sector++) {
		if (write_all(fd, blank, SECTOR_LENGTH, sector * SECTOR_LENGTH))
			return -1;
	}
	return 0;
}

/* All at once, so that a kill leaves no half of an image: made beside its place, in the same folder, and renamed. */
static int make_image(const char *path)
{
	char *fresh;
	if (asprintf(&fresh, "%s.%ld.new", path, (long)getpid()) < 0)
		return -1;
	/* A name that somebody else has is left alone. */
	int fd = open(fresh, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd >= 0 && (write_blank(fd) || rename(fresh, path))) {
		int error = errno;
		close(fd);
		unlink(fresh);
		errno = error;
		fd = -1;
	}
	free(fresh);
	return fd;
}

const char *image_open(const char *path)
{
	struct stat status;
	if (image >= 0)
		return "the flash partition is open already";
	image = open(path, O_RDWR | O_CLOEXEC);
	if (image < 0 && errno == ENOENT)
		image = make_image(path);
	if (image < 0 || fstat(image, &status)) {
		snprintf(reason, sizeof(reason), "cannot open the flash image %s: %s", path, strerror(errno));
		return reason;
	}
	if (status.st_size != PARTITION_SIZE) {
		snprintf(reason, sizeof(reason), "flash image %s is %lld bytes, not %d; delete it to start empty", path,
			(long long)status.st_size, PARTITION_SIZE);
		image_close();
		return reason;
	}
	return NULL;
}

void image_close(void)
{
	close(image);
	image = -1;
}

int image_read(uint8_t *bytes, size_t length, size_t offset)
{
	while (length) {
		ssize_t got = pread(image, bytes, length, (off_t)offset);
		if (got <= 0)
			return -1;
		bytes += got;
		length -= (size_t)got;
		offset += (size_t)got;
	}
	return 0;
}

/* Whether this operation is the one at which the power fails; `*length` is then how much of it is done. */
static int is_cut(size_t *length)
{
	const char *how = options()->flashCutHow;
	if (++operations != options()->flashCutAt)
		return 0;
	*length = !strcmp(how, "none") ? 0 : !strcmp(how, "half") ? *length / 2 : *length - 1;
	return 1;
}

static void cut(void)
{
	snprintf(reason, sizeof(reason), "flash: power cut at operation %d, torn: %s", operations, options()->flashCutHow);
	port_exit(EXIT_POWER_CUT, reason);
}

static void refuse_setting_bits(const uint8_t *bytes, size_t length, size_t offset)
{
	static uint8_t before[SECTOR_LENGTH];
	for (size_t at = 0; at < length; at += sizeof(before)) {
		size_t piece = length - at < sizeof(before) ? length - at : sizeof(before);
		if (image_read(before, piece, offset + at))
			return; /* the write fails then too */
		for (size_t i = 0; i < piece; i++) {
			if ((before[i] & bytes[at + i]) == bytes[at + i])
				continue;
			snprintf(reason, sizeof(reason), "flash: a program would set bits, 0x%x to 0x%x at 0x%zx", before[i], bytes[at + i],
				offset + at + i);
			port_exit(EXIT_FLASH_BREACH, reason);
		}
	}
}

int image_program(const uint8_t *bytes, size_t length, size_t offset)
{
	if (!length)
		return 0;
	refuse_setting_bits(bytes, length, offset);
	int isCut = is_cut(&length);
	int result = write_all(image, bytes, length, offset);
	if (isCut)
		cut();
	return result;
}

int image_erase(uint32_t sector)
{
	static uint8_t blank[SECTOR_LENGTH];
	size_t length = SECTOR_LENGTH;
	memset(blank, 0xFF, sizeof(blank));
	int isCut = is_cut(&length);
	int result = write_all(image, blank, length, (size_t)sector * SECTOR_LENGTH);
	if (isCut)
		cut();
	erases[sector]++;
	return result;
}

int image_operations(void)
{
	return operations;
}

uint32_t image_erases(uint32_t sector)
{
	return erases[sector];
}

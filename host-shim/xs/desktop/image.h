/*
 * The flash image: a file with the partition's bytes. See flash.h for its rules.
 */
#ifndef PRISM_IMAGE_H
#define PRISM_IMAGE_H

#include <stddef.h>
#include <stdint.h>

enum {
	SECTOR_LENGTH = 4096,
	PARTITION_SIZE = 0x4E0000,
	SECTORS = PARTITION_SIZE / SECTOR_LENGTH
};

/** Opens the image, making it first when it is missing. Returns NULL, or one line that says why not. */
const char *image_open(const char *path);
void image_close(void);

/** All three return 0, or -1 when the file cannot be read or written. Ranges must lie in the partition. */
int image_read(uint8_t *bytes, size_t length, size_t offset);
int image_program(const uint8_t *bytes, size_t length, size_t offset);
int image_erase(uint32_t sector);

/** Programs and erases since the image was opened. */
int image_operations(void);

/** How often a sector was erased since the image was opened. */
uint32_t image_erases(uint32_t sector);

#endif

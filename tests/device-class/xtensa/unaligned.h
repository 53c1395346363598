/*
 * How the engine reads numbers from any address: the chip's core does that by itself, the emulated one needs a byte at a time.
 */
#ifndef PRISM_XTENSA_UNALIGNED_H
#define PRISM_XTENSA_UNALIGNED_H

#include <stdint.h>

struct unaligned16 { uint16_t value; } __attribute__((packed));
struct unaligned32 { uint32_t value; } __attribute__((packed));

#define c_read16(POINTER) (((const struct unaligned16 *)(POINTER))->value)
#define c_read32(POINTER) (((const struct unaligned32 *)(POINTER))->value)

#endif

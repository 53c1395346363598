#ifndef PRISM_WORD_H
#define PRISM_WORD_H

#include <stdint.h>

/* A word of 32 bits that may stand for any bytes. It must be aligned: the chip cannot load another. */
typedef uint32_t __attribute__((may_alias)) Word;

#define IS_ALIGNED(POINTER) (((uintptr_t)(POINTER) & 3) == 0)

/* A word with that byte four times. */
#define REPEATED(BYTE) ((uint32_t)(BYTE) * 0x01010101u)

#endif

#ifndef PRISM_BIG_ENDIAN_H
#define PRISM_BIG_ENDIAN_H

#include <stdint.h>

static inline void write_u32(uint8_t *p, uint32_t value)
{
	p[0] = (uint8_t)(value >> 24);
	p[1] = (uint8_t)(value >> 16);
	p[2] = (uint8_t)(value >> 8);
	p[3] = (uint8_t)value;
}

#endif

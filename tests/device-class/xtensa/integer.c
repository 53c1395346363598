/*
 * The integer arithmetic that the compiler calls and Debian's libgcc for this core leaves out: products of 64 bits, and
 * division. The core multiplies 32 by 32 bits to 32, and cannot divide. `arithmetic-test.c` compares each routine with the desktop's
 * processor.
 */
#include <stdint.h>

#ifndef NAME
	#define NAME(name) name
#endif

extern uint64_t __udivmoddi4(uint64_t a, uint64_t b, uint64_t *rest);

uint64_t NAME(__umulsidi3)(uint32_t a, uint32_t b)
{
	uint32_t al = a & 0xFFFF, ah = a >> 16, bl = b & 0xFFFF, bh = b >> 16;
	uint32_t low = al * bl, middle = ah * bl + (low >> 16), carry = al * bh + (middle & 0xFFFF);
	return (uint64_t)(ah * bh + (middle >> 16) + (carry >> 16)) << 32 | (carry << 16) | (low & 0xFFFF);
}

int64_t NAME(__muldi3)(int64_t a, int64_t b)
{
	uint32_t al = (uint32_t)a, bl = (uint32_t)b;
	uint64_t cross = (uint64_t)(al * (uint32_t)((uint64_t)b >> 32) + bl * (uint32_t)((uint64_t)a >> 32)) << 32;
	return (int64_t)(NAME(__umulsidi3)(al, bl) + cross);
}

/* By zero the quotient is all ones: this core has no exception for it. */
static uint32_t divide(uint32_t a, uint32_t b, uint32_t *rest)
{
	uint32_t quotient = 0;
	if (b == 0) {
		*rest = a;
		return UINT32_MAX;
	}
	if (a >= b) {
		int shift = __builtin_clz(b) - __builtin_clz(a);
		b <<= shift;
		for (; shift >= 0; shift--, b >>= 1) {
			quotient <<= 1;
			if (a >= b) {
				a -= b;
				quotient |= 1;
			}
		}
	}
	*rest = a;
	return quotient;
}

uint32_t NAME(__udivsi3)(uint32_t a, uint32_t b)
{
	uint32_t rest;
	return divide(a, b, &rest);
}

uint32_t NAME(__umodsi3)(uint32_t a, uint32_t b)
{
	uint32_t rest;
	divide(a, b, &rest);
	return rest;
}

static uint32_t magnitude(int32_t a) { return a < 0 ? 0u - (uint32_t)a : (uint32_t)a; }

int32_t NAME(__divsi3)(int32_t a, int32_t b)
{
	uint32_t quotient = NAME(__udivsi3)(magnitude(a), magnitude(b));
	return (int32_t)((a ^ b) < 0 ? 0u - quotient : quotient);
}

int32_t NAME(__modsi3)(int32_t a, int32_t b)
{
	uint32_t rest = NAME(__umodsi3)(magnitude(a), magnitude(b));
	return (int32_t)(a < 0 ? 0u - rest : rest);
}

uint64_t NAME(__udivdi3)(uint64_t a, uint64_t b) { return __udivmoddi4(a, b, 0); }

uint64_t NAME(__umoddi3)(uint64_t a, uint64_t b)
{
	uint64_t rest;
	__udivmoddi4(a, b, &rest);
	return rest;
}

int64_t NAME(__divdi3)(int64_t a, int64_t b)
{
	uint64_t quotient = NAME(__udivdi3)(a < 0 ? 0u - (uint64_t)a : (uint64_t)a, b < 0 ? 0u - (uint64_t)b : (uint64_t)b);
	return (int64_t)((a ^ b) < 0 ? 0u - quotient : quotient);
}

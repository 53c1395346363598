/*
 * Arithmetic on IEEE 754 doubles in integers: what the compiler calls on a core without a floating-point unit, and Debian's
 * libgcc for this core leaves out. Rounds to nearest, ties to even; no flags, no traps; every NaN result is the quiet one.
 * `arithmetic-test.c` compares each routine with the desktop's processor.
 */
#include <stdint.h>

#ifndef NAME
	#define NAME(name) name
#endif

typedef uint64_t Bits;

#define SIGN ((Bits)1 << 63)
#define INFINITE ((Bits)0x7FF << 52)
#define QUIET_NAN ((Bits)0x7FF8 << 48)
#define FRACTION (((Bits)1 << 52) - 1)
#define TOP ((Bits)1 << 63)

/* A finite number other than zero: mantissa, with its top bit set, times 2 to the power (exponent - 1023 - 63). */
typedef struct {
	Bits mantissa;
	int exponent;
} Parts;

static Bits bitsOf(double value)
{
	union { double value; Bits bits; } both = { .value = value };
	return both.bits;
}

static double valueOf(Bits bits)
{
	union { Bits bits; double value; } both = { .bits = bits };
	return both.value;
}

static int leadingZeros(Bits bits)
{
	uint32_t high = (uint32_t)(bits >> 32);
	return high ? __builtin_clz(high) : 32 + __builtin_clz((uint32_t)bits);
}

/* Shifts right; what falls out stays as a set lowest bit, so that rounding still knows of it. */
static Bits shiftDown(Bits bits, int count)
{
	if (count == 0)
		return bits;
	if (count > 63)
		return bits != 0;
	return bits >> count | ((bits << (64 - count)) != 0);
}

static Parts partsOf(Bits bits)
{
	Parts parts = { .mantissa = bits << 11, .exponent = (int)(bits >> 52 & 0x7FF) };
	if (parts.exponent != 0) {
		parts.mantissa |= TOP;
	} else {
		int zeros = leadingZeros(parts.mantissa);
		parts.mantissa <<= zeros;
		parts.exponent = 1 - zeros;
	}
	return parts;
}

/* The double next to this number. A mantissa of 0 is zero; else its top bit need not be set. */
static Bits roundToDouble(Bits sign, int exponent, Bits mantissa)
{
	if (mantissa == 0)
		return sign;
	int zeros = leadingZeros(mantissa);
	mantissa <<= zeros;
	exponent -= zeros;
	if (exponent >= 0x7FF)
		return sign | INFINITE;
	if (exponent <= 0) {
		mantissa = shiftDown(mantissa, 1 - exponent);
		exponent = 1;
	}
	uint32_t rest = (uint32_t)mantissa & 0x7FF;
	Bits result = mantissa >> 11;
	result += rest > 0x400 || (rest == 0x400 && (result & 1));
	return sign | (((Bits)(exponent - 1) << 52) + result);
}

static Bits add(Bits a, Bits b)
{
	if ((a & ~SIGN) < (b & ~SIGN)) {
		Bits swap = a;
		a = b;
		b = swap;
	}
	if ((a & ~SIGN) >= INFINITE) {
		int opposite = (b & ~SIGN) == INFINITE && a == (b ^ SIGN);
		return (a & ~SIGN) > INFINITE || opposite ? QUIET_NAN : a;
	}
	if ((b & ~SIGN) == 0)
		return (a & ~SIGN) == 0 ? a & b : a;
	Parts x = partsOf(a), y = partsOf(b);
	x.mantissa >>= 1;
	y.mantissa = shiftDown(y.mantissa >> 1, x.exponent - y.exponent);
	if (((a ^ b) & SIGN) == 0)
		return roundToDouble(a & SIGN, x.exponent + 1, x.mantissa + y.mantissa);
	Bits difference = x.mantissa - y.mantissa;
	return difference == 0 ? 0 : roundToDouble(a & SIGN, x.exponent + 1, difference);
}

double NAME(__adddf3)(double a, double b) { return valueOf(add(bitsOf(a), bitsOf(b))); }
double NAME(__subdf3)(double a, double b) { return valueOf(add(bitsOf(a), bitsOf(b) ^ SIGN)); }

double NAME(__muldf3)(double x, double y)
{
	Bits a = bitsOf(x), b = bitsOf(y), sign = (a ^ b) & SIGN;
	a &= ~SIGN;
	b &= ~SIGN;
	if (a >= INFINITE || b >= INFINITE) {
		int invalid = a > INFINITE || b > INFINITE || a == 0 || b == 0;
		return valueOf(invalid ? QUIET_NAN : sign | INFINITE);
	}
	if (a == 0 || b == 0)
		return valueOf(sign);
	Parts p = partsOf(a), q = partsOf(b);
	uint32_t ah = (uint32_t)(p.mantissa >> 32), al = (uint32_t)p.mantissa;
	uint32_t bh = (uint32_t)(q.mantissa >> 32), bl = (uint32_t)q.mantissa;
	Bits low = (Bits)al * bl, cross = (Bits)ah * bl + (low >> 32), carry = (Bits)al * bh + (uint32_t)cross;
	Bits high = (Bits)ah * bh + (cross >> 32) + (carry >> 32);
	int inexact = (uint32_t)low != 0 || (uint32_t)carry != 0;
	return valueOf(roundToDouble(sign, p.exponent + q.exponent - 1022, high | (Bits)inexact));
}

double NAME(__divdf3)(double x, double y)
{
	Bits a = bitsOf(x), b = bitsOf(y), sign = (a ^ b) & SIGN;
	a &= ~SIGN;
	b &= ~SIGN;
	if (a > INFINITE || b > INFINITE || (a == 0 && b == 0) || (a == INFINITE && b == INFINITE))
		return valueOf(QUIET_NAN);
	if (a == INFINITE || b == 0)
		return valueOf(sign | INFINITE);
	if (a == 0 || b == INFINITE)
		return valueOf(sign);
	Parts p = partsOf(a), q = partsOf(b);
	Bits rest = p.mantissa >> 11, divisor = q.mantissa >> 11, quotient = 0;
	for (int bit = 0; bit < 56; bit++) {
		quotient <<= 1;
		if (rest >= divisor) {
			rest -= divisor;
			quotient |= 1;
		}
		rest <<= 1;
	}
	/* 56 bits of quotient, the first of them standing for 1, moved to the top. */
	return valueOf(roundToDouble(sign, p.exponent - q.exponent + 1023, quotient << 8 | (rest != 0)));
}

/* From and to whole numbers. Out of range and NaN give what libgcc gives in its own way: the nearest end, and 0. */

double NAME(__floatundidf)(uint64_t value) { return valueOf(roundToDouble(0, 1023 + 63, value)); }
double NAME(__floatunsidf)(uint32_t value) { return valueOf(roundToDouble(0, 1023 + 63, value)); }

double NAME(__floatdidf)(int64_t value)
{
	return value < 0 ? valueOf(roundToDouble(SIGN, 1023 + 63, 0u - (uint64_t)value)) : NAME(__floatundidf)((uint64_t)value);
}

double NAME(__floatsidf)(int32_t value) { return NAME(__floatdidf)(value); }

/* The whole part of |value|, and `limit` where it is larger. */
static uint64_t whole(Bits bits, uint64_t limit)
{
	int exponent = (int)(bits >> 52 & 0x7FF) - 1023;
	if ((bits & ~SIGN) > INFINITE || exponent < 0)
		return 0;
	if (exponent > 63)
		return limit;
	uint64_t result = ((bits & FRACTION) << 11 | TOP) >> (63 - exponent);
	return result > limit ? limit : result;
}

int64_t NAME(__fixdfdi)(double value)
{
	Bits bits = bitsOf(value);
	return bits & SIGN ? (int64_t)(0u - whole(bits, (uint64_t)1 << 63)) : (int64_t)whole(bits, INT64_MAX);
}

int32_t NAME(__fixdfsi)(double value)
{
	Bits bits = bitsOf(value);
	return bits & SIGN ? (int32_t)(0u - (uint32_t)whole(bits, (uint64_t)1 << 31)) : (int32_t)whole(bits, INT32_MAX);
}

uint64_t NAME(__fixunsdfdi)(double value)
{
	Bits bits = bitsOf(value);
	return bits & SIGN ? 0 : whole(bits, UINT64_MAX);
}

uint32_t NAME(__fixunsdfsi)(double value)
{
	Bits bits = bitsOf(value);
	return bits & SIGN ? 0 : (uint32_t)whole(bits, UINT32_MAX);
}

/* From and to single precision. */

double NAME(__extendsfdf2)(float value)
{
	union { float value; uint32_t bits; } single = { .value = value };
	Bits sign = (Bits)(single.bits >> 31) << 63, fraction = single.bits & 0x7FFFFF;
	int exponent = (int)(single.bits >> 23 & 0xFF);
	if (exponent == 0xFF)
		return valueOf(fraction ? QUIET_NAN : sign | INFINITE);
	if (exponent != 0)
		return valueOf(sign | (Bits)(exponent + 896) << 52 | fraction << 29);
	return valueOf(roundToDouble(sign, 1023 - 126 - 23 + 63, fraction));
}

float NAME(__truncdfsf2)(double value)
{
	Bits bits = bitsOf(value), rest = bits & ~SIGN;
	uint32_t sign = (uint32_t)(bits >> 63) << 31;
	union { uint32_t bits; float value; } single;
	if (rest > INFINITE) {
		single.bits = 0x7FC00000;
		return single.value;
	}
	int exponent = (int)(rest >> 52) - 896;
	Bits mantissa = (rest & FRACTION) | (Bits)(rest >> 52 != 0) << 52;
	if (exponent >= 0xFF) {
		single.bits = sign | 0x7F800000;
		return single.value;
	}
	if (exponent <= 0) {
		mantissa = shiftDown(mantissa, 1 - exponent);
		exponent = 1;
	}
	uint32_t result = (uint32_t)(mantissa >> 29), lost = (uint32_t)mantissa & 0x1FFFFFFF;
	result += lost > 0x10000000 || (lost == 0x10000000 && (result & 1));
	single.bits = sign | (((uint32_t)(exponent - 1) << 23) + result);
	return single.value;
}

/* Single precision by way of double: for these four, rounding twice gives the same as rounding once (53 >= 2 x 24 + 2). */

#ifdef __XTENSA__
float __addsf3(float a, float b) { return (float)((double)a + (double)b); }
float __subsf3(float a, float b) { return (float)((double)a - (double)b); }
float __mulsf3(float a, float b) { return (float)((double)a * (double)b); }
float __divsf3(float a, float b) { return (float)((double)a / (double)b); }
float __floatsisf(int32_t value) { return (float)(double)value; }
float __floatunsisf(uint32_t value) { return (float)(double)value; }
int32_t __fixsfsi(float value) { return (int32_t)(double)value; }
uint32_t __fixunssfsi(float value) { return (uint32_t)(double)value; }
#endif

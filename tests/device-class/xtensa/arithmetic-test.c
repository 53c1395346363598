/* Compares the routines of double.c and integer.c with the desktop's processor: special values with each other, then random ones. */
#include <stdio.h>
#include <string.h>

#define NAME(name) own##name
#include "double.c"
#include "integer.c"

/* In the place of libgcc's. */
uint64_t __udivmoddi4(uint64_t a, uint64_t b, uint64_t *rest)
{
	if (rest)
		*rest = a % b;
	return a / b;
}

static uint64_t state = 88172645463325252u;
static unsigned long failures;

static uint64_t randomBits(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	return state ^= state << 17;
}

/* Random bits, pushed towards what is hard: near exponents, few bits, edges of whole numbers. */
static double randomDouble(void)
{
	uint64_t bits = randomBits(), how = randomBits();
	switch (how & 7) {
	case 0: return valueOf(bits);
	case 1: return valueOf((bits & ~INFINITE) | (Bits)(1015 + (how >> 8) % 16) << 52);
	case 2: return valueOf((bits & SIGN) | (bits & FRACTION) >> (how >> 8) % 52);
	case 3: return valueOf((bits & (SIGN | INFINITE)) | (bits & FRACTION) << (how >> 8) % 52 >> (how >> 16) % 8);
	case 4: return (double)(int64_t)(bits >> (how >> 8) % 64);
	case 5: return (double)(int32_t)bits;
	case 6: return (double)(float)(int64_t)bits * 0x1p-100;
	default: return valueOf((bits & ~INFINITE) | (Bits)(860 + (how >> 8) % 60) << 52);
	}
}

static void check(const char *what, double a, double b, double got, double wanted)
{
	if (got != got && wanted != wanted)
		return;
	if (bitsOf(got) != bitsOf(wanted) && ++failures < 20)
		printf("%s(%a, %a): %a, not %a\n", what, a, b, got, wanted);
}

static void checkPair(double a, double b)
{
	check("add", a, b, own__adddf3(a, b), a + b);
	check("subtract", a, b, own__subdf3(a, b), a - b);
	check("multiply", a, b, own__muldf3(a, b), a * b);
	check("divide", a, b, own__divdf3(a, b), a / b);
}

static void checkOne(double a)
{
	float single = (float)a;
	check("to single", a, 0, own__truncdfsf2(a), single);
	check("from single", single, 0, own__extendsfdf2(single), single);
	if (a > -0x1p63 && a < 0x1p63)
		check("to i64", a, 0, (double)own__fixdfdi(a), (double)(int64_t)a);
	if (a > -2147483649.0 && a < 2147483648.0)
		check("to i32", a, 0, own__fixdfsi(a), (int32_t)a);
	if (a > -1 && a < 0x1p64)
		check("to u64", a, 0, (double)own__fixunsdfdi(a), (double)(uint64_t)a);
	if (a > -1 && a < 4294967296.0)
		check("to u32", a, 0, own__fixunsdfsi(a), (uint32_t)a);
}

static void checkWhole(uint64_t a)
{
	check("from u64", 0, 0, own__floatundidf(a), (double)a);
	check("from i64", 0, 0, own__floatdidf((int64_t)a), (double)(int64_t)a);
	check("from u32", 0, 0, own__floatunsidf((uint32_t)a), (double)(uint32_t)a);
	check("from i32", 0, 0, own__floatsidf((int32_t)a), (double)(int32_t)a);
}

static void checkInteger(const char *what, uint64_t a, uint64_t b, uint64_t got, uint64_t wanted)
{
	if (got != wanted && ++failures < 20)
		printf("%s(%llx, %llx): %llx, not %llx\n", what, (long long)a, (long long)b, (long long)got, (long long)wanted);
}

static void checkIntegers(uint64_t a, uint64_t b)
{
	uint32_t x = (uint32_t)a, y = (uint32_t)b;
	checkInteger("product of 32 bits", x, y, own__umulsidi3(x, y), (uint64_t)x * y);
	checkInteger("product", a, b, (uint64_t)own__muldi3((int64_t)a, (int64_t)b), a * b);
	if (y != 0) {
		checkInteger("quotient", x, y, own__udivsi3(x, y), x / y);
		checkInteger("rest", x, y, own__umodsi3(x, y), x % y);
	}
	if (y != 0 && !(x == 0x80000000 && y == 0xFFFFFFFF)) {
		checkInteger("signed quotient", x, y, (uint32_t)own__divsi3((int32_t)x, (int32_t)y), (uint32_t)((int32_t)x / (int32_t)y));
		checkInteger("signed rest", x, y, (uint32_t)own__modsi3((int32_t)x, (int32_t)y), (uint32_t)((int32_t)x % (int32_t)y));
	}
	if (b != 0) {
		checkInteger("long quotient", a, b, own__udivdi3(a, b), a / b);
		checkInteger("long rest", a, b, own__umoddi3(a, b), a % b);
	}
	if (b != 0 && !(a == SIGN && b == UINT64_MAX))
		checkInteger("signed long quotient", a, b, (uint64_t)own__divdi3((int64_t)a, (int64_t)b), (uint64_t)((int64_t)a / (int64_t)b));
}

int main(void)
{
	static const double special[] = { 0.0, 1.0, 1.5, 2.0, 3.0, 0x1p-1022, 0x1p-1074, 0x1.fffffffffffffp-1023, 0x1.fffffffffffffp1023,
		0x1p53, 0x1.fffffffffffffp52, 0x1p-52, 0x1p-53, 0x1.8p-53, 0x1p31, 0x1p32, 0x1p63, 0x1p64, 0x1.fffffefffffffp127, 0x1.fffffep127,
		0x1.fffffffp127, 0x1p-149, 0x1p-150, 0x1.8p-150, 0x1p-126, 0x1.fffffffp-127, __builtin_inf(), __builtin_nan("") };
	enum { COUNT = sizeof special / sizeof special[0] };
	for (int i = 0; i < COUNT; i++) {
		checkOne(special[i]);
		checkOne(-special[i]);
		for (int j = 0; j < COUNT; j++) {
			checkPair(special[i], special[j]);
			checkPair(-special[i], special[j]);
			checkPair(special[i], -special[j]);
			checkPair(-special[i], -special[j]);
		}
	}
	for (unsigned i = 0; i < 64; i++) {
		checkWhole((uint64_t)1 << i);
		checkWhole(((uint64_t)1 << i) - 1);
		checkWhole(0u - ((uint64_t)1 << i));
		for (unsigned j = 0; j < 64; j++) {
			checkIntegers((uint64_t)1 << i, ((uint64_t)1 << j) - 1);
			checkIntegers(((uint64_t)1 << i) - 1, (uint64_t)1 << j);
			checkIntegers(0u - ((uint64_t)1 << i), ((uint64_t)1 << j) - 1);
			checkIntegers(((uint64_t)1 << i) - 1, 0u - ((uint64_t)1 << j));
		}
	}
	for (long i = 0; i < 4000000; i++) {
		double a = randomDouble();
		checkPair(a, randomDouble());
		checkOne(a);
		checkWhole(randomBits() >> (i & 63));
		checkIntegers(randomBits() >> (i & 63), randomBits() >> (i >> 6 & 63));
	}
	printf("arithmetic: %lu differences\n", failures);
	return failures != 0;
}

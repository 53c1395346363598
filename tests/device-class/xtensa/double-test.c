/* Compares the routines of double.c with the desktop's own floating point: special values with each other, then random ones. */
#include <stdio.h>
#include <string.h>

#define NAME(name) own##name
#include "double.c"

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
	}
	for (long i = 0; i < 4000000; i++) {
		double a = randomDouble();
		checkPair(a, randomDouble());
		checkOne(a);
		checkWhole(randomBits() >> (i & 63));
	}
	printf("double.c: %lu differences\n", failures);
	return failures != 0;
}

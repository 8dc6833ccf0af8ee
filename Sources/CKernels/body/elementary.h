// SPDX-License-Identifier: MIT
//
// exp, ln and ln(1 + x) of arrays, within one unit in the last place. One polynomial in vectors of
// eight for every level; a level whose registers are narrower takes two or four of them.

typedef double reals __attribute__((ext_vector_type(8)));
typedef uint64_t words __attribute__((ext_vector_type(8)));
typedef int64_t masks __attribute__((ext_vector_type(8)));

INLINE words bits_of(reals x) { return (words)x; }
INLINE reals reals_of(words x) { return (reals)x; }

// ln 2 = high + low; the product of high and a whole number below 2^20 is exact.
static const double ln2_high = 0x1.62e42fee00000p-1, ln2_low = 0x1.a39ef35793c76p-33;

// Added to a number, leaves its nearest whole number in the last bits.
static const double rounder = 0x1.8p52;

// 2^n for whole numbers -1022 ... 1023, given as n + rounder.
INLINE reals power_of_two(reals shifted) { return reals_of((bits_of(shifted) + 1023) << 52); }

// exp x = 2^n exp r, n = round(x / ln 2), |r| <= ln 2 / 2, exp r by its Taylor series to r^13 / 13!,
// whose remainder is below 2^-57.
INLINE reals exponential(reals x) {
  reals at = x > 710.0 ? (reals)710.0 : x;  // in this order a NaN stays
  at = at < -746.0 ? (reals)-746.0 : at;
  reals n = FUSED(at, (reals)0x1.71547652b82fep0, (reals)rounder) - rounder;
  reals r = FUSED(-n, (reals)ln2_high, at);
  r = FUSED(-n, (reals)ln2_low, r);
  reals q = (reals)(1 / 6227020800.0);
  q = FUSED(q, r, (reals)(1 / 479001600.0));
  q = FUSED(q, r, (reals)(1 / 39916800.0));
  q = FUSED(q, r, (reals)(1 / 3628800.0));
  q = FUSED(q, r, (reals)(1 / 362880.0));
  q = FUSED(q, r, (reals)(1 / 40320.0));
  q = FUSED(q, r, (reals)(1 / 5040.0));
  q = FUSED(q, r, (reals)(1 / 720.0));
  q = FUSED(q, r, (reals)(1 / 120.0));
  q = FUSED(q, r, (reals)(1 / 24.0));
  q = FUSED(q, r, (reals)(1 / 6.0));
  q = FUSED(q, r, (reals)0.5);
  reals p = FUSED(r * r, q, r) + 1.0;
  // In two steps, so that neither leaves the range of the normal numbers before it must.
  reals half = n * 0.5 + rounder;
  reals rest = n - (half - rounder);
  return p * power_of_two(half) * power_of_two(rest + rounder);
}

// ln x = e ln 2 + ln m, m within a factor of sqrt 2 of 1. With f = m - 1 and s = f / (2 + f),
// ln m = 2 artanh s = f - (f^2 / 2 - s (f^2 / 2 + R)), R = sum of 2 s^(2j) / (2j + 1), j = 1 ... 10.
INLINE reals logarithm(reals x) {
  masks small = x < 0x1p-1022;
  reals scaled = small ? x * 0x1p54 : x;
  // The exponent counts from sqrt 1/2 up and is kept positive by 2048, for a shift without sign.
  words shifted = bits_of(scaled) - 0x3fe6a09e667f3bcdull + (2048ull << 52);
  words exponent = shifted >> 52;
  reals f = reals_of(bits_of(scaled) - ((exponent - 2048) << 52)) - 1.0;
  reals e = reals_of(exponent | 0x4330000000000000ull) - (0x1p52 + 2048);
  e = small ? e - 54.0 : e;
  reals s = f / (f + 2.0), z = s * s, half = 0.5 * f * f;
  reals r = (reals)(2 / 21.0);
  r = FUSED(r, z, (reals)(2 / 19.0));
  r = FUSED(r, z, (reals)(2 / 17.0));
  r = FUSED(r, z, (reals)(2 / 15.0));
  r = FUSED(r, z, (reals)(2 / 13.0));
  r = FUSED(r, z, (reals)(2 / 11.0));
  r = FUSED(r, z, (reals)(2 / 9.0));
  r = FUSED(r, z, (reals)(2 / 7.0));
  r = FUSED(r, z, (reals)(2 / 5.0));
  r = FUSED(r, z, (reals)(2 / 3.0));
  r = r * z;
  reals lower = FUSED(s, half + r, e * ln2_low);
  reals result = FUSED(e, (reals)ln2_high, f - (half - lower));
  result = x == __builtin_inf() ? x : result;
  result = x == 0.0 ? (reals)-__builtin_inf() : result;
  return x >= 0.0 ? result : (reals)__builtin_nan("");
}

// With u = 1 + x rounded, ln(1 + x) = ln u + (x - (u - 1)) / u but for the square of an ulp.
INLINE reals logarithm_one_plus(reals x) {
  reals u = x + 1.0;
  reals result = logarithm(u) + (x - (u - 1.0)) / u;
  result = u == __builtin_inf() ? u : result;
  result = u == 0.0 ? (reals)-__builtin_inf() : result;
  return x == 0.0 ? x : result;  // -0 stays
}

#define MAPPED(name, function)                                             \
  static void name(double *result, const double *x, int64_t count) {       \
    int64_t i = 0;                                                         \
    for (; i + 8 <= count; i += 8) {                                       \
      reals v;                                                             \
      __builtin_memcpy(&v, x + i, sizeof v);                               \
      v = function(v);                                                     \
      __builtin_memcpy(result + i, &v, sizeof v);                          \
    }                                                                      \
    if (i == count) return;                                                \
    reals v = (reals)1.0;                                                  \
    __builtin_memcpy(&v, x + i, (unsigned long)(count - i) * sizeof(double));     \
    v = function(v);                                                       \
    __builtin_memcpy(result + i, &v, (unsigned long)(count - i) * sizeof(double)); \
  }

// Eight sums, of every eighth number, whatever the width of a register.
static double sum_exponentials(const double *x, int64_t count, double shift, double limit) {
  reals sums = (reals)0.0;
  for (int64_t i = 0; i < count; i += 8) {
    int64_t left = count - i;
    unsigned long size = (left < 8 ? (unsigned long)left : 8) * sizeof(double);
    reals v = (reals)0.0, terms = (reals)0.0;
    __builtin_memcpy(&v, x + i, size);
    v = v > limit ? (reals)limit : v;
    v = v < -limit ? (reals)-limit : v;
    v = exponential(v - shift);
    __builtin_memcpy(&terms, &v, size);
    sums += terms;
  }
  return ((sums[0] + sums[4]) + (sums[2] + sums[6])) + ((sums[1] + sums[5]) + (sums[3] + sums[7]));
}

MAPPED(exponentials, exponential)
MAPPED(logarithms, logarithm)
MAPPED(logarithms_one_plus, logarithm_one_plus)
#undef MAPPED

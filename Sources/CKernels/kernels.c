// SPDX-License-Identifier: MIT

#include "CKernels.h"

#if defined(__x86_64__) && defined(__linux__)
#define MI_CLONES \
  __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define MI_CLONES
#endif

MI_CLONES void mi_intersect(uint64_t *result, const uint64_t *table, const int64_t *upper,
                            const int64_t *lower, int64_t pairs, int64_t words) {
  for (int64_t w = 0; w < words; w += 16) {
    uint64_t all[16];
    for (int j = 0; j < 16; j++) all[j] = ~(uint64_t)0;
    for (int64_t p = 0; p < pairs; p++) {
      const uint64_t *u = table + upper[p] + w;
      const uint64_t *l = table + lower[p] + w;
      for (int j = 0; j < 16; j++) all[j] &= u[j] & ~l[j];
    }
    for (int j = 0; j < 16; j++) result[w + j] = all[j];
  }
}

MI_CLONES int64_t mi_count_bits(const uint64_t *bits, int64_t words) {
  int64_t count = 0;
  for (int64_t w = 0; w < words; w++) count += __builtin_popcountll(bits[w]);
  return count;
}

MI_CLONES uint64_t mi_and(uint64_t *a, const uint64_t *b, int64_t words) {
  uint64_t any = 0;
  for (int64_t w = 0; w < words; w++) {
    a[w] &= b[w];
    any |= a[w];
  }
  return any;
}

MI_CLONES int64_t mi_count_between(const uint32_t *values, int64_t count, uint32_t lower,
                                   uint32_t width) {
  uint32_t found = 0;
  for (int64_t i = 0; i < count; i++) found += (values[i] - lower) < width;
  return found;
}

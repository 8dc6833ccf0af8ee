// SPDX-License-Identifier: MIT

#include "levels.h"

#include <stdlib.h>
#include <string.h>

static const char *const names[] = {"baseline", "fma", "avx2", "avx512"};

// The baseline until the process is loaded; then chosen once, before a second thread can be.
const mi_kernels *mi_chosen = &mi_kernels_baseline;

const char *mi_level_name(mi_level level) {
  return (unsigned)level < sizeof names / sizeof *names ? names[level] : "unknown";
}

static mi_level best_level(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (!__builtin_cpu_supports("avx") || !__builtin_cpu_supports("fma")) return MI_LEVEL_BASELINE;
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("bmi") ||
      !__builtin_cpu_supports("bmi2") || !__builtin_cpu_supports("popcnt")) {
    return MI_LEVEL_FMA;
  }
  if (!__builtin_cpu_supports("avx512f") || !__builtin_cpu_supports("avx512vl") ||
      !__builtin_cpu_supports("avx512bw") || !__builtin_cpu_supports("avx512dq")) {
    return MI_LEVEL_AVX2;
  }
  return MI_LEVEL_AVX512;
#else
  return MI_LEVEL_BASELINE;
#endif
}

const mi_kernels *mi_kernels_at(mi_level level) {
  if (level < MI_LEVEL_BASELINE || level > best_level()) return NULL;
#if defined(__x86_64__)
  if (level == MI_LEVEL_AVX512) return &mi_kernels_avx512;
  if (level == MI_LEVEL_AVX2) return &mi_kernels_avx2;
  if (level == MI_LEVEL_FMA) return &mi_kernels_fma;
#endif
  return &mi_kernels_baseline;
}

static const char *cap(void) {
  const char *text = getenv("MI_KERNELS");
  return text && *text ? text : NULL;
}

bool mi_level_cap_is_known(void) {
  const char *text = cap();
  if (!text) return true;
  for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
    if (strcmp(text, names[i]) == 0) return true;
  }
  return false;
}

__attribute__((constructor)) static void choose(void) {
  mi_level level = best_level();
  const char *text = cap();
  for (int i = 0; text && i < (int)level; i++) {
    if (strcmp(text, names[i]) == 0) level = (mi_level)i;
  }
  mi_chosen = mi_kernels_at(level);
}

mi_level mi_level_in_use(void) { return mi_chosen->level; }

bool mi_level_has_fma(void) { return mi_chosen->has_fma; }

// SPDX-License-Identifier: MIT

#include "levels.h"

#if defined(__x86_64__)
#define LEVEL mi_kernels_avx512
#define LEVEL_ID MI_LEVEL_AVX512
#define VECTOR_BYTES 64
#define TILE_ROWS 8
#define TILE_VECTORS 3
#define HAS_FMA 1
#pragma clang attribute push(__attribute__((target("avx512f,avx512vl,avx512bw,avx512dq,avx2,fma,bmi,bmi2,popcnt"))), apply_to = function)
#include "body/all.h"
#pragma clang attribute pop
#endif

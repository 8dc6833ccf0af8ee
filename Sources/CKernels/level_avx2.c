// SPDX-License-Identifier: MIT

#include "levels.h"

#if defined(__x86_64__)
#define LEVEL mi_kernels_avx2
#define LEVEL_ID MI_LEVEL_AVX2
#define VECTOR_BYTES 32
#define TILE_ROWS 4
#define TILE_VECTORS 3
#define HAS_FMA 1
#pragma clang attribute push(__attribute__((target("avx2,fma,bmi,bmi2,popcnt"))), apply_to = function)
#include "body/all.h"
#pragma clang attribute pop
#endif

// SPDX-License-Identifier: MIT

#include "levels.h"

#if defined(__x86_64__)
#define LEVEL mi_kernels_fma
#define LEVEL_ID MI_LEVEL_FMA
#define VECTOR_BYTES 32
#define TILE_ROWS 4
#define TILE_VECTORS 3
#define HAS_FMA 1
#pragma clang attribute push(__attribute__((target("avx,fma"))), apply_to = function)
#include "body/all.h"
#pragma clang attribute pop
#endif

// SPDX-License-Identifier: MIT

#include "levels.h"

#define LEVEL mi_kernels_baseline
#define LEVEL_ID MI_LEVEL_BASELINE
#define VECTOR_BYTES 16
#define TILE_ROWS 4
#define TILE_VECTORS 2
#if defined(__aarch64__)
#define HAS_FMA 1
#else
#define HAS_FMA 0
#endif
#include "body/all.h"

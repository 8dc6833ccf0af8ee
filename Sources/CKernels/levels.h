// SPDX-License-Identifier: MIT

#ifndef MI_LEVELS_H
#define MI_LEVELS_H

#include <stdbool.h>
#include <stdint.h>

#include "CKernels.h"

// Every body in body/ is compiled once for each level by a file of a few lines, level_*.c, which
// fills a table; levels.c takes the table that the processor can run.

#if defined(__x86_64__)
extern const mi_kernels mi_kernels_fma, mi_kernels_avx2, mi_kernels_avx512;
#endif
extern const mi_kernels mi_kernels_baseline;

// The kernels of the level in use.
extern const mi_kernels *mi_chosen;

#endif

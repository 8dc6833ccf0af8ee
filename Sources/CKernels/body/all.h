// SPDX-License-Identifier: MIT
//
// No include guard: a level's file defines LEVEL, LEVEL_ID, VECTOR_BYTES, TILE_ROWS, TILE_VECTORS
// and HAS_FMA, and includes this once, within the attribute of its instruction set.

// A product and a sum are fused where the code says so and nowhere else: else the bits of a result
// would depend on what the compiler found to fuse at each level.
#pragma STDC FP_CONTRACT OFF
// Vectors pass between inlined functions only, so their calling convention does not matter.
#pragma clang diagnostic ignored "-Wpsabi"

#define INLINE static inline __attribute__((always_inline))

#if HAS_FMA
#define FUSED(a, b, c) __builtin_elementwise_fma(a, b, c)
#else
#define FUSED(a, b, c) ((a) * (b) + (c))
#endif

#include "counts.h"
#include "tree.h"

#define REAL float
#define NAME(x) f_##x
#include "product.h"
#include "vector.h"
#undef REAL
#undef NAME

#define REAL double
#define NAME(x) d_##x
#include "product.h"
#include "vector.h"
#undef REAL
#undef NAME

#include "cholesky.h"
#include "elementary.h"

const mi_kernels LEVEL = {
    .level = LEVEL_ID,
    .has_fma = HAS_FMA,
    .rank_intervals = rank_intervals,
    .bucket_bounds = bucket_bounds,
    .intersect = intersect,
    .count_bits = count_bits,
    .and_words = and_words,
    .count_between = count_between,
    .distance = distance,
    .distances = distances,
    .tree_nearest = tree_nearest,
    .product_f = f_product,
    .product_d = d_product,
    .product_vector_f = f_product_vector,
    .product_vector_d = d_product_vector,
    .gram = gram,
    .cholesky = cholesky,
    .solve_lower = solve_lower,
    .solve_lower_transposed = solve_lower_transposed,
    .exponentials = exponentials,
    .sum_exponentials = sum_exponentials,
    .logarithms = logarithms,
    .logarithms_one_plus = logarithms_one_plus,
};

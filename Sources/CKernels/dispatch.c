// SPDX-License-Identifier: MIT
//
// Each kernel at the level in use.

#include "levels.h"

void mi_rank_intervals(const double *sorted, int64_t count, const double *centers,
                       const double *radii, int64_t queries, int64_t *lower, int64_t *upper) {
  mi_chosen->rank_intervals(sorted, count, centers, radii, queries, lower, upper);
}

void mi_bucket_bounds(const double *heads, int64_t buckets, int64_t pitch, const double *query,
                      double radius, int64_t dimension, int64_t *below, int64_t *within) {
  mi_chosen->bucket_bounds(heads, buckets, pitch, query, radius, dimension, below, within);
}

void mi_intersect(uint64_t *result, const uint64_t *table, const int64_t *upper,
                  const int64_t *lower, int64_t pairs, int64_t words) {
  mi_chosen->intersect(result, table, upper, lower, pairs, words);
}

int64_t mi_count_bits(const uint64_t *bits, int64_t words) {
  return mi_chosen->count_bits(bits, words);
}

uint64_t mi_and(uint64_t *a, const uint64_t *b, int64_t words) {
  return mi_chosen->and_words(a, b, words);
}

int64_t mi_count_between(const uint32_t *values, int64_t count, uint32_t lower, uint32_t width) {
  return mi_chosen->count_between(values, count, lower, width);
}

double mi_distance(const double *a, const double *b, int64_t dimension) {
  return mi_chosen->distance(a, b, dimension);
}

void mi_distances(const double *points, int64_t count, const double *query, int64_t dimension,
                  double *result) {
  mi_chosen->distances(points, count, query, dimension, result);
}

void mi_tree_nearest(const double *blocks, const mi_node *nodes, const int32_t *leaf_parents,
                     int64_t dimension, int64_t first, int64_t count, int64_t k, double *nearest) {
  mi_chosen->tree_nearest(blocks, nodes, leaf_parents, dimension, first, count, k, nearest);
}

void mi_product_f(const float *a, int64_t lda, bool a_transposed, const float *b, int64_t ldb,
                  bool b_transposed, float *c, int64_t ldc, int64_t rows, int64_t columns,
                  int64_t inner, float beta) {
  mi_chosen->product_f(a, lda, a_transposed, b, ldb, b_transposed, c, ldc, rows, columns, inner,
                       beta);
}

void mi_product_d(const double *a, int64_t lda, bool a_transposed, const double *b, int64_t ldb,
                  bool b_transposed, double *c, int64_t ldc, int64_t rows, int64_t columns,
                  int64_t inner, double beta) {
  mi_chosen->product_d(a, lda, a_transposed, b, ldb, b_transposed, c, ldc, rows, columns, inner,
                       beta);
}

void mi_product_vector_f(const float *a, int64_t lda, bool transposed, const float *v, float *y,
                         int64_t rows, int64_t columns, float beta) {
  mi_chosen->product_vector_f(a, lda, transposed, v, y, rows, columns, beta);
}

void mi_product_vector_d(const double *a, int64_t lda, bool transposed, const double *v, double *y,
                         int64_t rows, int64_t columns, double beta) {
  mi_chosen->product_vector_d(a, lda, transposed, v, y, rows, columns, beta);
}

void mi_gram(const double *a, int64_t lda, double *c, int64_t ldc, int64_t rows, int64_t columns,
             double scale) {
  mi_chosen->gram(a, lda, c, ldc, rows, columns, scale);
}

bool mi_cholesky(double *m, int64_t ldm, int64_t n) {
  return mi_chosen->cholesky(m, ldm, n);
}

void mi_solve_lower(const double *l, int64_t ldl, double *x, int64_t ldx, int64_t n,
                    int64_t columns) {
  mi_chosen->solve_lower(l, ldl, x, ldx, n, columns);
}

void mi_solve_lower_transposed(const double *l, int64_t ldl, double *x, int64_t ldx, int64_t n,
                               int64_t columns) {
  mi_chosen->solve_lower_transposed(l, ldl, x, ldx, n, columns);
}

void mi_exponentials(double *result, const double *x, int64_t count) {
  mi_chosen->exponentials(result, x, count);
}

void mi_logarithms(double *result, const double *x, int64_t count) {
  mi_chosen->logarithms(result, x, count);
}

void mi_logarithms_one_plus(double *result, const double *x, int64_t count) {
  mi_chosen->logarithms_one_plus(result, x, count);
}

double mi_sum_exponentials(const double *x, int64_t count, double shift, double limit) {
  return mi_chosen->sum_exponentials(x, count, shift, limit);
}

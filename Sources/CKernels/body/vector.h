// SPDX-License-Identifier: MIT
//
// y = A v + beta y or y = A' v + beta y, each element a chain over k in ascending order, as in a
// product of matrices.

enum { NAME(ROWS) = 8 };

// Eight chains of A's rows at a time: one waits while the others go on.
static void NAME(rows_times)(const REAL *a, int64_t lda, const REAL *v, REAL *y, int64_t rows,
                             int64_t columns, REAL beta) {
  int64_t i = 0;
  for (; i + NAME(ROWS) <= rows; i += NAME(ROWS)) {
    REAL sums[NAME(ROWS)];
    for (int r = 0; r < NAME(ROWS); r++) sums[r] = beta == 0 ? 0 : beta * y[i + r];
    for (int64_t k = 0; k < columns; k++) {
#pragma clang loop unroll(full) vectorize(disable)
      for (int r = 0; r < NAME(ROWS); r++) sums[r] = FUSED(a[(i + r) * lda + k], v[k], sums[r]);
    }
    for (int r = 0; r < NAME(ROWS); r++) y[i + r] = sums[r];
  }
  for (; i < rows; i++) {
    REAL sum = beta == 0 ? 0 : beta * y[i];
    for (int64_t k = 0; k < columns; k++) sum = FUSED(a[i * lda + k], v[k], sum);
    y[i] = sum;
  }
}

static void NAME(columns_times)(const REAL *a, int64_t lda, const REAL *v, REAL *restrict y,
                                int64_t rows, int64_t columns, REAL beta) {
  for (int64_t j = 0; j < columns; j++) y[j] = beta == 0 ? 0 : beta * y[j];
  int64_t k = 0;
  for (; k + 4 <= rows; k += 4) {
    const REAL *row = a + k * lda;
    for (int64_t j = 0; j < columns; j++) {
      REAL sum = FUSED(row[j], v[k], y[j]);
      sum = FUSED(row[lda + j], v[k + 1], sum);
      sum = FUSED(row[2 * lda + j], v[k + 2], sum);
      y[j] = FUSED(row[3 * lda + j], v[k + 3], sum);
    }
  }
  for (; k < rows; k++) {
    for (int64_t j = 0; j < columns; j++) y[j] = FUSED(a[k * lda + j], v[k], y[j]);
  }
}

static void NAME(product_vector)(const REAL *a, int64_t lda, bool transposed, const REAL *v, REAL *y,
                                 int64_t rows, int64_t columns, REAL beta) {
  if (transposed) {
    NAME(columns_times)(a, lda, v, y, rows, columns, beta);
  } else {
    NAME(rows_times)(a, lda, v, y, rows, columns, beta);
  }
}

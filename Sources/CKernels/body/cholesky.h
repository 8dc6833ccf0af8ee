// SPDX-License-Identifier: MIT
//
// Symmetric products, the Cholesky factorization and triangular solutions, by blocks. Each element
// is a chain over k in a fixed order, as in a product.

enum { BLOCK = 48 };

// The lower triangle of scale A'A (columns x columns), A rows x columns.
static void gram(const double *a, int64_t lda, double *c, int64_t ldc, int64_t rows,
                 int64_t columns, double scale) {
  for (int64_t i = 0; i < columns; i += 2 * BLOCK) {
    int64_t height = columns - i < 2 * BLOCK ? columns - i : 2 * BLOCK;
    d_product(a + i, lda, true, a, lda, false, c + i * ldc, ldc, height, i + height, rows, 0);
    for (int64_t t = i; t < i + height; t++) {
      for (int64_t j = 0; j <= t; j++) c[t * ldc + j] *= scale;
    }
  }
}

// x = x / L' for a row x of `count` numbers, with the rows of `upper` = L' one after the other.
INLINE void divide_row(double *restrict x, const double *restrict upper, int64_t count) {
  for (int64_t j = 0; j < count; j++) {
    double value = x[j] /= upper[j * count + j];
    for (int64_t t = j + 1; t < count; t++) x[t] = FUSED(-value, upper[j * count + t], x[t]);
  }
}

// Turns the lower triangle of m (n x n) into L with L L' = m. False where m is not positive definite.
static bool cholesky(double *m, int64_t ldm, int64_t n) {
  double upper[BLOCK * BLOCK];
  for (int64_t b = 0; b < n; b += BLOCK) {
    int64_t size = n - b < BLOCK ? n - b : BLOCK;
    double *corner = m + b * ldm + b;
    if (b > 0) {
      // All rows from here down, minus what the columns before have explained.
      const double *before = m + b * ldm;
      d_blocks(before, ldm, false, before, ldm, true, -1, corner, ldm, n - b, size, b, 1);
    }
    for (int64_t i = 0; i < size; i++) {
      double *row = corner + i * ldm;
      for (int64_t j = 0; j < i; j++) {
        double value = row[j] /= upper[j * size + j];
        for (int64_t t = j + 1; t < i; t++) row[t] = FUSED(-value, upper[j * size + t], row[t]);
        row[i] = FUSED(-value, value, row[i]);
        upper[j * size + i] = value;
      }
      if (!(row[i] > 0)) return false;
      upper[i * size + i] = row[i] = __builtin_sqrt(row[i]);
    }
    for (int64_t i = size; i < n - b; i++) divide_row(corner + i * ldm, upper, size);
  }
  return true;
}

// X = L \ X, L lower triangular (n x n), X n x columns.
static void solve_lower(const double *l, int64_t ldl, double *x, int64_t ldx, int64_t n,
                        int64_t columns) {
  for (int64_t b = 0; b < n; b += BLOCK) {
    int64_t end = n - b < BLOCK ? n : b + BLOCK;
    if (b > 0) {
      d_blocks(l + b * ldl, ldl, false, x, ldx, false, -1, x + b * ldx, ldx, end - b, columns, b, 1);
    }
    for (int64_t i = b; i < end; i++) {
      double *restrict row = x + i * ldx;
      for (int64_t k = b; k < i; k++) {
        const double *known = x + k * ldx;
        double factor = -l[i * ldl + k];
        for (int64_t j = 0; j < columns; j++) row[j] = FUSED(factor, known[j], row[j]);
      }
      for (int64_t j = 0; j < columns; j++) row[j] /= l[i * ldl + i];
    }
  }
}

// X = L' \ X.
static void solve_lower_transposed(const double *l, int64_t ldl, double *x, int64_t ldx, int64_t n,
                                   int64_t columns) {
  for (int64_t end = n; end > 0;) {
    int64_t b = (end - 1) / BLOCK * BLOCK;
    if (end < n) {
      d_blocks(l + end * ldl + b, ldl, true, x + end * ldx, ldx, false, -1, x + b * ldx, ldx, end - b,
               columns, n - end, 1);
    }
    for (int64_t i = end - 1; i >= b; i--) {
      double *restrict row = x + i * ldx;
      for (int64_t k = i + 1; k < end; k++) {
        const double *known = x + k * ldx;
        double factor = -l[k * ldl + i];
        for (int64_t j = 0; j < columns; j++) row[j] = FUSED(factor, known[j], row[j]);
      }
      for (int64_t j = 0; j < columns; j++) row[j] /= l[i * ldl + i];
    }
    end = b;
  }
}

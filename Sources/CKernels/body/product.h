// SPDX-License-Identifier: MIT
//
// Matrix products. Every element of C is one chain over k in ascending order,
//
//     c = beta c;  c = fused(a[i,k], b[k,j], c) for k = 0, 1, ...
//
// whatever the sizes of vectors, tiles and blocks: vectors lie along j, so a level with wider ones
// gives the same bits. Between blocks of k the chain waits in C.
//
// As Goto and van de Geijn 2008 (doi:10.1145/1356052.1356053): B is packed in panels that stay in
// the second cache, A is read in place, and a tile of C stays in registers.

enum {
  NAME(WIDTH) = VECTOR_BYTES / sizeof(REAL),
  NAME(PANEL) = TILE_VECTORS * NAME(WIDTH),
  NAME(DEPTH) = 256,  // of a block along k
  NAME(SPAN) = (131072 / sizeof(REAL) / NAME(DEPTH)) / NAME(PANEL) * NAME(PANEL),  // along j
};

typedef REAL NAME(lanes) __attribute__((ext_vector_type(VECTOR_BYTES / sizeof(REAL))));

INLINE NAME(lanes) NAME(load)(const REAL *p) {
  NAME(lanes) v;
  __builtin_memcpy(&v, p, sizeof v);
  return v;
}

INLINE void NAME(store)(REAL *p, NAME(lanes) v) { __builtin_memcpy(p, &v, sizeof v); }

// `rows` rows and `vectors` vectors of C, constants where this is inlined. Row i of A begins at
// a + i * row, and its elements are `step` apart.
INLINE void NAME(tile)(int rows, int vectors, int64_t inner, const REAL *a, int64_t row,
                       int64_t step, const REAL *panel, REAL beta, REAL *c, int64_t ldc) {
  NAME(lanes) sums[TILE_ROWS][TILE_VECTORS];
#pragma clang loop unroll(full)
  for (int i = 0; i < rows; i++) {
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++) {
      // Not 0 * c: what was in C may be no number.
      sums[i][v] = beta == 0 ? (NAME(lanes))0 : NAME(load)(c + i * ldc + v * NAME(WIDTH)) * beta;
    }
  }
  for (int64_t k = 0; k < inner; k++) {
    NAME(lanes) b[TILE_VECTORS];
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++) b[v] = NAME(load)(panel + v * NAME(WIDTH));
    panel += vectors * NAME(WIDTH);
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
      NAME(lanes) factor = (NAME(lanes))a[i * row];
#pragma clang loop unroll(full)
      for (int v = 0; v < vectors; v++) sums[i][v] = FUSED(factor, b[v], sums[i][v]);
    }
    a += step;
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < rows; i++) {
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++) NAME(store)(c + i * ldc + v * NAME(WIDTH), sums[i][v]);
  }
}

// The tiles of `rows` rows over all panels of one block.
INLINE void NAME(strip)(int rows, int64_t columns, int64_t inner, const REAL *a, int64_t row,
                        int64_t step, const REAL *packed, REAL beta, REAL *c, int64_t ldc) {
  for (int64_t j = 0; j < columns; j += NAME(PANEL)) {
    int64_t left = columns - j;
    int vectors = left >= NAME(PANEL) ? TILE_VECTORS : (int)((left + NAME(WIDTH) - 1) / NAME(WIDTH));
    int64_t width = vectors * NAME(WIDTH);
    REAL *to = c + j;
    int64_t pitch = ldc;
    REAL edge[TILE_ROWS * NAME(PANEL)];
    if (left < width) {
      to = edge;
      pitch = width;
      for (int i = 0; i < rows; i++) {
        for (int64_t t = 0; t < width; t++) {
          edge[i * width + t] = beta != 0 && t < left ? c[i * ldc + j + t] : 0;
        }
      }
    }
    if (vectors == 1) {
      NAME(tile)(rows, 1, inner, a, row, step, packed, beta, to, pitch);
    } else if (vectors == 2) {
      NAME(tile)(rows, 2, inner, a, row, step, packed, beta, to, pitch);
    } else {
      NAME(tile)(rows, TILE_VECTORS, inner, a, row, step, packed, beta, to, pitch);
    }
    if (left < width) {
      for (int i = 0; i < rows; i++) {
        for (int64_t t = 0; t < left; t++) c[i * ldc + j + t] = edge[i * width + t];
      }
    }
    packed += width * inner;
  }
}

// All rows: as many as fit in a tile, then four, then one at a time.
INLINE void NAME(strips)(int64_t rows, int64_t columns, int64_t inner, const REAL *a, int64_t row,
                         int64_t step, const REAL *packed, REAL beta, REAL *c, int64_t ldc) {
  int64_t i = 0;
  for (; i + TILE_ROWS <= rows; i += TILE_ROWS) {
    NAME(strip)(TILE_ROWS, columns, inner, a + i * row, row, step, packed, beta, c + i * ldc, ldc);
  }
#if TILE_ROWS > 4
  for (; i + 4 <= rows; i += 4) {
    NAME(strip)(4, columns, inner, a + i * row, row, step, packed, beta, c + i * ldc, ldc);
  }
#endif
  for (; i < rows; i++) {
    NAME(strip)(1, columns, inner, a + i * row, row, step, packed, beta, c + i * ldc, ldc);
  }
}

// Writes sign * B (inner x columns) in panels, each row of a panel after the one before it, filled
// up with zeros to whole vectors.
static void NAME(pack)(const REAL *b, int64_t ldb, bool transposed, REAL sign, int64_t inner,
                       int64_t columns, REAL *packed) {
  for (int64_t j = 0; j < columns; j += NAME(PANEL)) {
    int64_t left = columns - j < NAME(PANEL) ? columns - j : NAME(PANEL);
    int64_t width = (left + NAME(WIDTH) - 1) / NAME(WIDTH) * NAME(WIDTH);
    if (transposed) {
      for (int64_t t = 0; t < left; t++) {
        for (int64_t k = 0; k < inner; k++) packed[k * width + t] = sign * b[(j + t) * ldb + k];
      }
    } else {
      for (int64_t k = 0; k < inner; k++) {
        for (int64_t t = 0; t < left; t++) packed[k * width + t] = sign * b[k * ldb + j + t];
      }
    }
    for (int64_t k = 0; left < width && k < inner; k++) {
      for (int64_t t = left; t < width; t++) packed[k * width + t] = 0;
    }
    packed += width * inner;
  }
}

// C = beta C + sign A B, A rows x inner and B inner x columns after transposing; sign is 1 or -1.
static void NAME(blocks)(const REAL *a, int64_t lda, bool a_transposed, const REAL *b, int64_t ldb,
                         bool b_transposed, REAL sign, REAL *c, int64_t ldc, int64_t rows,
                         int64_t columns, int64_t inner, REAL beta) {
  REAL packed[131072 / sizeof(REAL)] __attribute__((aligned(64)));
  for (int64_t j = 0; j < columns; j += NAME(SPAN)) {
    int64_t span = columns - j < NAME(SPAN) ? columns - j : NAME(SPAN);
    int64_t k = 0;
    do {
      int64_t depth = inner - k < NAME(DEPTH) ? inner - k : NAME(DEPTH);
      NAME(pack)(b_transposed ? b + j * ldb + k : b + k * ldb + j, ldb, b_transposed, sign, depth,
                 span, packed);
      REAL first = k == 0 ? beta : 1;
      if (a_transposed) {
        NAME(strips)(rows, span, depth, a + k * lda, 1, lda, packed, first, c + j, ldc);
      } else {
        NAME(strips)(rows, span, depth, a + k, lda, 1, packed, first, c + j, ldc);
      }
      k += NAME(DEPTH);
    } while (k < inner);
  }
}

static void NAME(product)(const REAL *a, int64_t lda, bool a_transposed, const REAL *b, int64_t ldb,
                          bool b_transposed, REAL *c, int64_t ldc, int64_t rows, int64_t columns,
                          int64_t inner, REAL beta) {
  if (rows > 0 && columns > 0) {
    NAME(blocks)(a, lda, a_transposed, b, ldb, b_transposed, 1, c, ldc, rows, columns, inner, beta);
  }
}

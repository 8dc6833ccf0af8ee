// SPDX-License-Identifier: MIT
//
// The loops in which AVX2 or AVX-512 gives more than 1.3 times the speed of the baseline. Each body
// is compiled once for each level of instruction sets, and the best that the processor has is taken
// when the program is loaded. Every level with fused multiply-add gives the same bits: vectors lie
// along outputs, and the chain of operations of an output is fixed. Each kernel has a slow twin in
// the tests.

#ifndef MI_CKERNELS_H
#define MI_CKERNELS_H

#include <stdbool.h>
#include <stdint.h>

// The levels, each with the instructions of those before it. Without fused multiply-add, which
// every x86-64 processor since 2013 and every ARM one has, products round twice: slower, and other
// last digits.
typedef enum {
  MI_LEVEL_BASELINE = 0,  // what every processor of the architecture has
  MI_LEVEL_FMA = 1,       // AVX and FMA
  MI_LEVEL_AVX2 = 2,      // x86-64-v3 but for what no kernel uses
  MI_LEVEL_AVX512 = 3,    // F, VL, BW, DQ
} mi_level;

// The level in use: the best that the processor has, at most MI_KERNELS (baseline, fma, avx2 or
// avx512) where the environment sets it.
mi_level mi_level_in_use(void);
const char *mi_level_name(mi_level level);

// Whether products are fused at the level in use.
bool mi_level_has_fma(void);

// Whether MI_KERNELS is unset, empty or the name of a level. Another value does nothing.
bool mi_level_cap_is_known(void);

// For each query, the ranks lower ..< upper of the values of sorted[0 ..< count] whose difference
// from the center is less than the radius; lower >= upper where there is none. count >= 1.
void mi_rank_intervals(const double *sorted, int64_t count, const double *centers,
                       const double *radii, int64_t queries, int64_t *lower, int64_t *upper);

// For each coordinate c, with heads h = heads[c * pitch ..< c * pitch + buckets] ascending:
// below[c] = how many have !(query[c] - h < radius), within[c] = how many have h - query[c] < radius.
void mi_bucket_bounds(const double *heads, int64_t buckets, int64_t pitch, const double *query,
                      double radius, int64_t dimension, int64_t *below, int64_t *within);

// result[w] = AND over pairs p of table[upper[p] + w] & ~table[lower[p] + w], for w < words.
// words is a multiple of 16; pairs is at least 1.
void mi_intersect(uint64_t *result, const uint64_t *table, const int64_t *upper,
                  const int64_t *lower, int64_t pairs, int64_t words);

// The number of bits set.
int64_t mi_count_bits(const uint64_t *bits, int64_t words);

// a[w] &= b[w]; returns nonzero where a bit is left.
uint64_t mi_and(uint64_t *a, const uint64_t *b, int64_t words);

// How many of values[0 ..< count] lie in lower ..< lower + width.
int64_t mi_count_between(const uint32_t *values, int64_t count, uint32_t lower, uint32_t width);

// The max-norm distance of two points.
double mi_distance(const double *a, const double *b, int64_t dimension);

// The max-norm distances of `count` points, one after the other in memory, to the query.
void mi_distances(const double *points, int64_t count, const double *query, int64_t dimension,
                  double *result);

// An inner node of a k-d tree. Children: a node's index, or ~leaf. Parent: 2 * node + (1 where this
// is the right child), or -1. Coordinates on the left are at most low_maximum, on the right at least
// high_minimum.
typedef struct {
  double low_maximum;
  double high_minimum;
  int32_t coordinate;
  int32_t left;
  int32_t right;
  int32_t parent;
} mi_node;

// Points of a leaf, and the most coordinates that mi_tree_nearest takes.
enum { MI_TREE_LEAF = 8, MI_TREE_SEARCH_DIMENSION = 64 };

// The k nearest distances, ascending, of each of the points first ..< first + count to the other
// points of the tree, at nearest[q * k]. Coordinate c of point s of leaf l is
// blocks[(l * dimension + c) * 8 + s]; empty places hold infinity.
void mi_tree_nearest(const double *blocks, const mi_node *nodes, const int32_t *leaf_parents,
                     int64_t dimension, int64_t first, int64_t count, int64_t k, double *nearest);

// Products of row-major matrices whose rows are lda, ldb and ldc numbers apart:
// C = beta C + A B with A rows x inner and B inner x columns after transposing. Each element is
// beta c, to which fused products are added in the order of k. With beta 0, C is not read.
void mi_product_f(const float *a, int64_t lda, bool a_transposed, const float *b, int64_t ldb,
                  bool b_transposed, float *c, int64_t ldc, int64_t rows, int64_t columns,
                  int64_t inner, float beta);
void mi_product_d(const double *a, int64_t lda, bool a_transposed, const double *b, int64_t ldb,
                  bool b_transposed, double *c, int64_t ldc, int64_t rows, int64_t columns,
                  int64_t inner, double beta);

// y = A v + beta y, or y = A' v + beta y, for A rows x columns.
void mi_product_vector_f(const float *a, int64_t lda, bool transposed, const float *v, float *y,
                         int64_t rows, int64_t columns, float beta);
void mi_product_vector_d(const double *a, int64_t lda, bool transposed, const double *v, double *y,
                         int64_t rows, int64_t columns, double beta);

// The lower triangle of scale A'A, columns x columns, for A rows x columns. What lies above the
// diagonal of C is overwritten with no meaning.
void mi_gram(const double *a, int64_t lda, double *c, int64_t ldc, int64_t rows, int64_t columns,
             double scale);

// Turns the lower triangle of the symmetric m (n x n) into L with L L' = m; what lies above is
// overwritten with no meaning. False where m is not positive definite.
bool mi_cholesky(double *m, int64_t ldm, int64_t n);

// X = L^-1 X and X = L'^-1 X, for L lower triangular (n x n) and X n x columns.
void mi_solve_lower(const double *l, int64_t ldl, double *x, int64_t ldx, int64_t n,
                    int64_t columns);
void mi_solve_lower_transposed(const double *l, int64_t ldl, double *x, int64_t ldx, int64_t n,
                               int64_t columns);

// exp, ln and ln(1 + x) of each number, within an ulp; infinities, NaN and subnormal numbers as in
// IEEE 754. The result may lie where x does.
void mi_exponentials(double *result, const double *x, int64_t count);
void mi_logarithms(double *result, const double *x, int64_t count);
void mi_logarithms_one_plus(double *result, const double *x, int64_t count);

// The sum of exp(min(max(x, -limit), limit) - shift).
double mi_sum_exponentials(const double *x, int64_t count, double shift, double limit);

// The kernels of one level, for tests that compare levels in one process.
typedef struct {
  mi_level level;
  bool has_fma;
  void (*rank_intervals)(const double *sorted, int64_t count, const double *centers,
                         const double *radii, int64_t queries, int64_t *lower, int64_t *upper);
  void (*bucket_bounds)(const double *heads, int64_t buckets, int64_t pitch, const double *query,
                        double radius, int64_t dimension, int64_t *below, int64_t *within);
  void (*intersect)(uint64_t *result, const uint64_t *table, const int64_t *upper,
                    const int64_t *lower, int64_t pairs, int64_t words);
  int64_t (*count_bits)(const uint64_t *bits, int64_t words);
  uint64_t (*and_words)(uint64_t *a, const uint64_t *b, int64_t words);
  int64_t (*count_between)(const uint32_t *values, int64_t count, uint32_t lower, uint32_t width);
  double (*distance)(const double *a, const double *b, int64_t dimension);
  void (*distances)(const double *points, int64_t count, const double *query, int64_t dimension,
                    double *result);
  void (*tree_nearest)(const double *blocks, const mi_node *nodes, const int32_t *leaf_parents,
                       int64_t dimension, int64_t first, int64_t count, int64_t k, double *nearest);
  void (*product_f)(const float *a, int64_t lda, bool a_transposed, const float *b, int64_t ldb,
                    bool b_transposed, float *c, int64_t ldc, int64_t rows, int64_t columns,
                    int64_t inner, float beta);
  void (*product_d)(const double *a, int64_t lda, bool a_transposed, const double *b, int64_t ldb,
                    bool b_transposed, double *c, int64_t ldc, int64_t rows, int64_t columns,
                    int64_t inner, double beta);
  void (*product_vector_f)(const float *a, int64_t lda, bool transposed, const float *v, float *y,
                           int64_t rows, int64_t columns, float beta);
  void (*product_vector_d)(const double *a, int64_t lda, bool transposed, const double *v,
                           double *y, int64_t rows, int64_t columns, double beta);
  void (*gram)(const double *a, int64_t lda, double *c, int64_t ldc, int64_t rows, int64_t columns,
               double scale);
  bool (*cholesky)(double *m, int64_t ldm, int64_t n);
  void (*solve_lower)(const double *l, int64_t ldl, double *x, int64_t ldx, int64_t n,
                      int64_t columns);
  void (*solve_lower_transposed)(const double *l, int64_t ldl, double *x, int64_t ldx, int64_t n,
                                 int64_t columns);
  void (*exponentials)(double *result, const double *x, int64_t count);
  double (*sum_exponentials)(const double *x, int64_t count, double shift, double limit);
  void (*logarithms)(double *result, const double *x, int64_t count);
  void (*logarithms_one_plus)(double *result, const double *x, int64_t count);
} mi_kernels;

// The kernels of a level, or null where the processor lacks it.
const mi_kernels *mi_kernels_at(mi_level level);

// Tells the processor that this thread waits in a loop.
static inline void mi_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

// The processor that this thread runs on, or -1.
int32_t mi_processor(void);

// Moves this thread away from a processor, if it is there and another is allowed. It may come back.
void mi_leave_processor(int32_t processor);

// Puts the first 64 MB of the process's heap on pages of 2 MB, and keeps in the heap what is freed. To
// be called once, at the start of a program.
//
// By default every array of more than 128 kB has fresh pages of 4 kB, each of which costs a trip into
// the kernel when it is first touched: 2.3 us in a virtual machine, where 4 kB of a large page cost
// 0.1. That was a sixth of the time of ksg-1 at 100,000 rows.
void mi_heap_on_large_pages(void);

// The same for the 31 MB that the calling thread takes its memory from, where the process did so.
void mi_thread_heap_on_large_pages(void);

#endif

// SPDX-License-Identifier: MIT
//
// Times one implementation of the matrix product on the shapes that the estimators use, one thread.
//
//   products own            the package's kernels, at the level of MI_KERNELS
//   products blas FILE      cblas_sgemm and cblas_dgemm of a library
//   products xsmm FILE      libxsmm_sgemm and libxsmm_dgemm
//
// One line a shape: its name, Gflop/s in float32, in float64, and a hash of both results.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "CKernels.h"

typedef struct {
  const char *name;
  int rows, columns, inner, a_transposed, b_transposed;
} Shape;

static const Shape shapes[] = {
    {"critic input 512x64x140", 512, 64, 140, 0, 0},
    {"critic forward 512x64x64", 512, 64, 64, 0, 0},
    {"critic by weights 64x64x512", 64, 64, 512, 1, 0},
    {"critic by input 512x64x64", 512, 64, 64, 0, 1},
    {"wide critic 512x256x256", 512, 256, 256, 0, 0},
    {"classifier 1800x10x216", 1800, 10, 216, 0, 0},
    {"classifier by weights 216x10x1800", 216, 10, 1800, 1, 0},
    {"covariance 140x140x2000", 140, 140, 2000, 1, 0},
    {"covariance 5x5x10000", 5, 5, 10000, 1, 0},
    {"projection 2000x8x76", 2000, 8, 76, 0, 0},
    {"separable critic 256x256x32", 256, 256, 32, 0, 1},
};

typedef void (*Single)(int, int, int, int, int, int, float, const float *, int, const float *, int,
                       float, float *, int);
typedef void (*Double)(int, int, int, int, int, int, double, const double *, int, const double *,
                       int, double, double *, int);
typedef void (*SingleX)(const char *, const char *, const int *, const int *, const int *,
                        const float *, const float *, const int *, const float *, const int *,
                        const float *, float *, const int *);
typedef void (*DoubleX)(const char *, const char *, const int *, const int *, const int *,
                        const double *, const double *, const int *, const double *, const int *,
                        const double *, double *, const int *);

static Single single;
static Double dual;
static SingleX single_x;
static DoubleX dual_x;

enum { ROW_MAJOR = 101, PLAIN = 111, TRANSPOSED = 112 };

static void multiply_f(const Shape *s, const float *a, const float *b, float *c) {
  int lda = s->a_transposed ? s->rows : s->inner, ldb = s->b_transposed ? s->inner : s->columns;
  if (single) {
    single(ROW_MAJOR, s->a_transposed ? TRANSPOSED : PLAIN, s->b_transposed ? TRANSPOSED : PLAIN,
           s->rows, s->columns, s->inner, 1, a, lda, b, ldb, 0, c, s->columns);
  } else if (single_x) {
    // Column-major: the transposed product with the factors exchanged.
    float one = 1, zero = 0;
    single_x(s->b_transposed ? "T" : "N", s->a_transposed ? "T" : "N", &s->columns, &s->rows,
             &s->inner, &one, b, &ldb, a, &lda, &zero, c, &s->columns);
  } else {
    mi_product_f(a, lda, s->a_transposed, b, ldb, s->b_transposed, c, s->columns, s->rows,
                 s->columns, s->inner, 0);
  }
}

static void multiply_d(const Shape *s, const double *a, const double *b, double *c) {
  int lda = s->a_transposed ? s->rows : s->inner, ldb = s->b_transposed ? s->inner : s->columns;
  if (dual) {
    dual(ROW_MAJOR, s->a_transposed ? TRANSPOSED : PLAIN, s->b_transposed ? TRANSPOSED : PLAIN,
         s->rows, s->columns, s->inner, 1, a, lda, b, ldb, 0, c, s->columns);
  } else if (dual_x) {
    double one = 1, zero = 0;
    dual_x(s->b_transposed ? "T" : "N", s->a_transposed ? "T" : "N", &s->columns, &s->rows,
           &s->inner, &one, b, &ldb, a, &lda, &zero, c, &s->columns);
  } else {
    mi_product_d(a, lda, s->a_transposed, b, ldb, s->b_transposed, c, s->columns, s->rows,
                 s->columns, s->inner, 0);
  }
}

static double seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static uint64_t hash(const void *bytes, size_t count, uint64_t start) {
  for (size_t i = 0; i < count; i++) start = (start ^ ((const unsigned char *)bytes)[i]) * 1099511628211u;
  return start;
}

int main(int count, char **arguments) {
  if (count > 2) {
    void *library = dlopen(arguments[2], RTLD_NOW | RTLD_GLOBAL);
    if (!library) return fprintf(stderr, "%s\n", dlerror()), 1;
    int is_blas = strcmp(arguments[1], "blas") == 0;
    if (is_blas) single = (Single)dlsym(library, "cblas_sgemm"), dual = (Double)dlsym(library, "cblas_dgemm");
    else single_x = (SingleX)dlsym(library, "libxsmm_sgemm"), dual_x = (DoubleX)dlsym(library, "libxsmm_dgemm");
    if (is_blas ? !single || !dual : !single_x || !dual_x) return fprintf(stderr, "no product\n"), 1;
    void (*threads)(int) = (void (*)(int))dlsym(library, "openblas_set_num_threads");
    if (threads) threads(1);
    char *(*core)(void) = (char *(*)(void))dlsym(library, "openblas_get_corename");
    if (core) fprintf(stderr, "openblas core: %s\n", core());
  }
  enum { SIZE = 1 << 19 };
  float *a = malloc(SIZE * 4), *b = malloc(SIZE * 4), *c = malloc(SIZE * 4);
  double *x = malloc(SIZE * 8), *y = malloc(SIZE * 8), *z = malloc(SIZE * 8);
  if (!a || !b || !c || !x || !y || !z) return 1;
  srand48(1);
  for (int i = 0; i < SIZE; i++) a[i] = (float)(x[i] = 2 * drand48() - 1);
  for (int i = 0; i < SIZE; i++) b[i] = (float)(y[i] = 2 * drand48() - 1);
  for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
    const Shape *s = shapes + i;
    double flops = 2.0 * s->rows * s->columns * s->inner, best[2] = {0, 0};
    int times = (int)(4e7 / flops) + 1;
    // The fastest of nine turns: other work on the machine only ever slows one.
    for (int turn = 0; turn < 9; turn++) {
      double start = seconds();
      for (int t = 0; t < times; t++) multiply_f(s, a, b, c);
      double middle = seconds();
      for (int t = 0; t < times; t++) multiply_d(s, x, y, z);
      double end = seconds();
      best[0] = fmax(best[0], flops * times / (middle - start) / 1e9);
      best[1] = fmax(best[1], flops * times / (end - middle) / 1e9);
    }
    size_t cells = (size_t)s->rows * (size_t)s->columns;
    uint64_t bits = hash(z, cells * 8, hash(c, cells * 4, 14695981039346656037u));
    printf("%s,%.1f,%.1f,%016llx\n", s->name, best[0], best[1], (unsigned long long)bits);
  }
  return 0;
}

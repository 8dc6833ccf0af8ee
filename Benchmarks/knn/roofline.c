// How near the bitmap kernel comes to the processor's peak.
//
//   clang -O2 -I ../../Sources/CKernels/include -I ../../Sources/CKernels roofline.c ../../Sources/CKernels/kernels.c -o /tmp/roofline && taskset -c 0 /tmp/roofline
//
// mi_intersect reads two bitmap rows for each coordinate. The processor (Zen 3) reads at most two
// 256-bit words a cycle, so its peak is one 256-bit pair a cycle: 256 point-coordinates. Cycles are
// counted against a chain of dependent additions, one a cycle, timed alternately.

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "CKernels.h"

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

static double cycle(void) {
  double start = now();
  uint64_t x = 1;
  for (long i = 0; i < 20000000; i++) __asm__ volatile("add $1, %0" : "+r"(x));
  return (now() - start) / 20000000;
}

int main(void) {
  enum { WORDS = 160, PAIRS = 20 };
  uint64_t result[WORDS];
  printf("rows in table  KiB   256-bit pairs a cycle (peak 1)\n");
  int sizes[] = {8, 64, 256, 1024, 6400, 25600};
  for (int s = 0; s < 6; s++) {
    long rows = sizes[s];
    uint64_t *table = malloc(rows * WORDS * 8);
    for (long i = 0; i < rows * WORDS; i++) table[i] = ~(uint64_t)0;
    double best = 0;
    uint64_t random = 1;
    for (int attempt = 0; attempt < 20; attempt++) {
      double length = cycle(), start = now();
      int calls = 2000;
      for (int call = 0; call < calls; call++) {
        int64_t upper[PAIRS], lower[PAIRS];
        for (int p = 0; p < PAIRS; p++) {
          random = random * 6364136223846793005u + 1442695040888963407u;
          upper[p] = (random >> 33) % rows * WORDS;
          random = random * 6364136223846793005u + 1442695040888963407u;
          lower[p] = (random >> 33) % rows * WORDS;
        }
        mi_intersect(result, table, upper, lower, PAIRS, WORDS);
      }
      double pairs = (double)calls * PAIRS * WORDS / 4;
      double rate = pairs / ((now() - start) / length);
      best = rate > best ? rate : best;
    }
    printf("%8ld %9ld   %.2f\n", rows, rows * WORDS * 8 / 1024, best);
    free(table);
  }
}

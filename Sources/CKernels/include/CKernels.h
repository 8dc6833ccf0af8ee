// SPDX-License-Identifier: MIT
//
// The loops in which AVX2 or AVX-512 gives more than 1.3 times the speed of the baseline. Each is
// compiled once for each instruction set; the loader takes the best that the processor has. Each
// has a twin in Swift, to which the tests compare it.

#ifndef MI_CKERNELS_H
#define MI_CKERNELS_H

#include <stdint.h>

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

// SPDX-License-Identifier: MIT
//
// Counting kernels of the neighbor search: comparisons, whole numbers and maxima only.

INLINE double larger(double a, double b) { return a > b ? a : b; }

// All ones where a < b, else 0, without a branch: the compiler turns a comparison in a search into
// one, and on data it is mispredicted every other time. a - b is negative exactly where a < b, also
// when it underflows; a is finite and b is not NaN.
INLINE int64_t less(double a, double b) {
  double difference = a - b;
  int64_t bits;
  __builtin_memcpy(&bits, &difference, 8);
  return bits >> 63;
}

enum { GROUP = 16 };

// Sixteen queries take their halving steps together: each step waits for memory, and the queries
// do not wait for one another.
INLINE void group_intervals(
    const double *sorted, int64_t count, const double *centers, const double *radii,
    int64_t *lower, int64_t *upper) {
  int64_t low[GROUP], high[GROUP];
  for (int j = 0; j < GROUP; j++) low[j] = high[j] = 0;
  for (int64_t length = count; length > 1;) {
    int64_t half = length >> 1;
    for (int j = 0; j < GROUP; j++) {
      low[j] += half & ~less(centers[j] - sorted[low[j] + half - 1], radii[j]);
      high[j] += half & less(sorted[high[j] + half - 1] - centers[j], radii[j]);
    }
    length -= half;
  }
  for (int j = 0; j < GROUP; j++) {
    lower[j] = low[j] + 1 + less(centers[j] - sorted[low[j]], radii[j]);
    upper[j] = high[j] - less(sorted[high[j]] - centers[j], radii[j]);
  }
}

static void rank_intervals(const double *sorted, int64_t count, const double *centers,
                                 const double *radii, int64_t queries, int64_t *lower,
                                 int64_t *upper) {
  int64_t q = 0;
  for (; q + GROUP <= queries; q += GROUP) {
    group_intervals(sorted, count, centers + q, radii + q, lower + q, upper + q);
  }
  if (q == queries) return;
  double last_centers[GROUP], last_radii[GROUP];
  int64_t last_lower[GROUP], last_upper[GROUP];
  for (int j = 0; j < GROUP; j++) {
    last_centers[j] = centers[q + j < queries ? q + j : q];
    last_radii[j] = radii[q + j < queries ? q + j : q];
  }
  group_intervals(sorted, count, last_centers, last_radii, last_lower, last_upper);
  for (int j = 0; q + j < queries; j++) {
    lower[q + j] = last_lower[j];
    upper[q + j] = last_upper[j];
  }
}

// As above, with a coordinate in the place of a query.
static void bucket_bounds(const double *heads, int64_t buckets, int64_t pitch,
                                const double *query, double radius, int64_t dimension,
                                int64_t *below, int64_t *within) {
  for (int64_t c = 0; c < dimension; c++) below[c] = within[c] = c * pitch;
  for (int64_t length = buckets; length > 1;) {
    int64_t half = length >> 1;
    for (int64_t c = 0; c < dimension; c++) {
      below[c] += half & ~less(query[c] - heads[below[c] + half - 1], radius);
      within[c] += half & less(heads[within[c] + half - 1] - query[c], radius);
    }
    length -= half;
  }
  for (int64_t c = 0; c < dimension; c++) {
    below[c] += 1 + less(query[c] - heads[below[c]], radius) - c * pitch;
    within[c] -= less(heads[within[c]] - query[c], radius) + c * pitch;
  }
}

static void intersect(uint64_t *result, const uint64_t *table, const int64_t *upper,
                            const int64_t *lower, int64_t pairs, int64_t words) {
  for (int64_t w = 0; w < words; w += 16) {
    uint64_t all[16];
    for (int j = 0; j < 16; j++) all[j] = ~(uint64_t)0;
    for (int64_t p = 0; p < pairs; p++) {
      const uint64_t *u = table + upper[p] + w;
      const uint64_t *l = table + lower[p] + w;
      for (int j = 0; j < 16; j++) all[j] &= u[j] & ~l[j];
    }
    for (int j = 0; j < 16; j++) result[w + j] = all[j];
  }
}

static int64_t count_bits(const uint64_t *bits, int64_t words) {
  int64_t count = 0;
  for (int64_t w = 0; w < words; w++) count += __builtin_popcountll(bits[w]);
  return count;
}

static uint64_t and_words(uint64_t *a, const uint64_t *b, int64_t words) {
  uint64_t any = 0;
  for (int64_t w = 0; w < words; w++) {
    a[w] &= b[w];
    any |= a[w];
  }
  return any;
}

static int64_t count_between(const uint32_t *values, int64_t count, uint32_t lower,
                                   uint32_t width) {
  uint32_t found = 0;
  for (int64_t i = 0; i < count; i++) found += (values[i] - lower) < width;
  return found;
}

INLINE double point_distance(const double *a, const double *b, int64_t dimension) {
  double lanes[4] = {0, 0, 0, 0};
  int64_t c = 0;
  for (; c + 4 <= dimension; c += 4) {
    for (int j = 0; j < 4; j++) {
      lanes[j] = larger(__builtin_fabs(a[c + j] - b[c + j]), lanes[j]);
    }
  }
  for (; c < dimension; c++) lanes[0] = larger(__builtin_fabs(a[c] - b[c]), lanes[0]);
  return larger(larger(lanes[0], lanes[1]), larger(lanes[2], lanes[3]));
}

static double distance(const double *a, const double *b, int64_t dimension) {
  return point_distance(a, b, dimension);
}

static void distances(const double *points, int64_t count, const double *query,
                            int64_t dimension, double *result) {
  for (int64_t i = 0; i < count; i++) {
    result[i] = point_distance(points + i * dimension, query, dimension);
  }
}

// SPDX-License-Identifier: MIT
//
// The k-d tree: comparisons and maxima of vectors of four at every level.

enum { LEAF = MI_TREE_LEAF };

typedef double v4 __attribute__((ext_vector_type(4)));
typedef bool b4 __attribute__((ext_vector_type(4)));

INLINE v4 larger_of(v4 a, v4 b) { return a > b ? a : b; }

INLINE v4 four(const double *p) {
  v4 v;
  __builtin_memcpy(&v, p, sizeof v);
  return v;
}

// The distances of four points of a leaf.
INLINE v4 leaf_distances(const double *block, const double *query, int64_t dimension) {
  v4 all = __builtin_elementwise_abs(four(block) - query[0]);
  for (int64_t c = 1; c < dimension; c++) {
    all = larger_of(__builtin_elementwise_abs(four(block + c * LEAF) - query[c]), all);
  }
  return all;
}

INLINE unsigned mask_of(v4 a, double bound) {
  b4 less = __builtin_convertvector(a < bound, b4);
  unsigned char mask;
  __builtin_memcpy(&mask, &less, 1);
  return mask & 15;
}

// Puts a distance into the k smallest, ascending.
INLINE void insert(double *best, int64_t k, double distance) {
  if (k <= 8) {
    // Without branches: each place keeps its own, takes the newcomer, or the one before it.
    for (int64_t i = k - 1; i > 0; i--) {
      double moved = best[i - 1] > distance ? best[i - 1] : distance;
      best[i] = best[i] < moved ? best[i] : moved;
    }
    best[0] = best[0] < distance ? best[0] : distance;
    return;
  }
  int64_t place = k - 1;
  for (; place > 0 && best[place - 1] > distance; place--) best[place] = best[place - 1];
  best[place] = distance;
}

INLINE void scan(const double *block, const double *query, int64_t dimension, unsigned allowed,
                 double *best, int64_t k) {
  v4 first = leaf_distances(block, query, dimension);
  v4 second = leaf_distances(block + 4, query, dimension);
  unsigned hits = (mask_of(first, best[k - 1]) | mask_of(second, best[k - 1]) << 4) & allowed;
  while (hits) {
    int s = __builtin_ctz(hits);
    hits &= hits - 1;
    double distance = s < 4 ? first[s & 3] : second[s & 3];
    if (distance < best[k - 1]) insert(best, k, distance);
  }
}

INLINE void search(const double *blocks, const mi_node *nodes, const int32_t *leaf_parents,
                   int64_t dimension, int64_t first, int64_t count, int64_t k, double *nearest) {
  struct {
    int32_t reference;
    double bound;
  } stack[64];
  double query[MI_TREE_SEARCH_DIMENSION];
  for (int64_t q = 0; q < count; q++) {
    int64_t leaf = (first + q) / LEAF, slot = (first + q) % LEAF;
    const double *own = blocks + leaf * dimension * LEAF;
    double *best = nearest + q * k;
    for (int64_t c = 0; c < dimension; c++) query[c] = own[c * LEAF + slot];
    for (int64_t i = 0; i < k; i++) best[i] = __builtin_inf();
    scan(own, query, dimension, 255u & ~(1u << slot), best, k);
    for (int32_t up = leaf_parents[leaf]; up >= 0;) {
      const mi_node *node = nodes + (up >> 1);
      double here = query[node->coordinate];
      bool right = up & 1;
      double bound = right ? here - node->low_maximum : node->high_minimum - here;
      int32_t reference = right ? node->left : node->right;
      up = node->parent;
      if (!(bound < best[k - 1])) continue;
      int depth = 0;
      for (;;) {
        while (reference >= 0) {
          const mi_node *n = nodes + reference;
          double at = query[n->coordinate];
          double left = at - n->low_maximum, beyond = n->high_minimum - at;
          bool left_first = left < beyond;
          double far = left_first ? beyond : left;
          far = far > bound ? far : bound;
          stack[depth].reference = left_first ? n->right : n->left;
          stack[depth].bound = far;
          depth += far < best[k - 1];
          reference = left_first ? n->left : n->right;
          double near = left_first ? left : beyond;
          bound = near > bound ? near : bound;
        }
        if (bound < best[k - 1]) {
          scan(blocks + (int64_t)~reference * dimension * LEAF, query, dimension, 255u, best, k);
        }
        do {
          if (depth == 0) goto climbed;
          depth--;
        } while (!(stack[depth].bound < best[k - 1]));
        reference = stack[depth].reference;
        bound = stack[depth].bound;
      }
    climbed:;
    }
  }
}

static void tree_nearest(const double *blocks, const mi_node *nodes,
                               const int32_t *leaf_parents, int64_t dimension, int64_t first,
                               int64_t count, int64_t k, double *nearest) {
  // The usual cases with the loops over coordinates and places unrolled.
  if (dimension == 2 && k == 3) {
    search(blocks, nodes, leaf_parents, 2, first, count, 3, nearest);
  } else if (dimension == 4 && k == 3) {
    search(blocks, nodes, leaf_parents, 4, first, count, 3, nearest);
  } else if (dimension == 2) {
    search(blocks, nodes, leaf_parents, 2, first, count, k, nearest);
  } else {
    search(blocks, nodes, leaf_parents, dimension, first, count, k, nearest);
  }
}

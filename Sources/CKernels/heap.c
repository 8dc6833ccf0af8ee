// SPDX-License-Identifier: MIT

#include "CKernels.h"

#ifdef __GLIBC__
#include <malloc.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

static const size_t page = 1 << 21;
static atomic_bool is_wanted;

// Takes `size` bytes, untouched as yet, says that their pages be large, and gives them back to the
// heap, which keeps them for what is asked for later.
static void widen(size_t size) {
  void *first = malloc(size);
  if (!first) return;
  uintptr_t start = ((uintptr_t)first + page - 1) / page * page;
  uintptr_t end = ((uintptr_t)first + size) / page * page;
  if (end > start) madvise((void *)start, end - start, MADV_HUGEPAGE);  // else the pages stay small
  free(first);
}

void mi_heap_on_large_pages(void) {
  // Arrays up to 32 MB, the most that can be set, come from the heap and stay in it when freed.
  mallopt(M_MMAP_THRESHOLD, 1 << 25);
  mallopt(M_TRIM_THRESHOLD, 1 << 28);
  // The first block is small, but the heap grows by its padding.
  mallopt(M_TOP_PAD, (1 << 26) + page);
  void *first = malloc(page);
  if (first) {
    uintptr_t start = ((uintptr_t)first + page - 1) / page * page;
    madvise((void *)start, 1 << 26, MADV_HUGEPAGE);
    free(first);
  }
  mallopt(M_TOP_PAD, 1 << 17);
  atomic_store(&is_wanted, 1);
}

void mi_thread_heap_on_large_pages(void) {
  if (atomic_load(&is_wanted)) widen(31 << 20);  // just below what is mapped for itself
}
#else
void mi_heap_on_large_pages(void) {}
void mi_thread_heap_on_large_pages(void) {}
#endif

// SPDX-License-Identifier: MIT

#include "CKernels.h"

#ifdef __GLIBC__
#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

void mi_heap_on_large_pages(void) {
  const size_t page = 1 << 21, size = 1 << 26;
  // Arrays up to 32 MB, the most that can be set, come from the heap and stay in it when freed.
  mallopt(M_MMAP_THRESHOLD, 1 << 25);
  mallopt(M_TRIM_THRESHOLD, 1 << 28);
  mallopt(M_TOP_PAD, size + page);
  // The heap grows by its padding, untouched as yet.
  void *first = malloc(page);
  if (first) {
    uintptr_t start = ((uintptr_t)first + page - 1) / page * page;
    madvise((void *)start, size, MADV_HUGEPAGE);  // where it is not taken, the pages are small
    free(first);
  }
  mallopt(M_TOP_PAD, 1 << 17);
}
#else
void mi_heap_on_large_pages(void) {}
#endif

// SPDX-License-Identifier: MIT

#ifndef MI_CLONES_H
#define MI_CLONES_H

// One body for AVX-512, AVX2 and the baseline, chosen by the loader (GNU indirect functions).
#if defined(__x86_64__) && defined(__linux__)
#define MI_CLONES \
  __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define MI_CLONES
#endif

#endif

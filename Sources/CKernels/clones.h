// SPDX-License-Identifier: MIT

#ifndef MI_CLONES_H
#define MI_CLONES_H

// One body for AVX-512, AVX2 and the baseline, chosen by the loader (GNU indirect functions). Not under
// the thread sanitizer: it instruments the chooser, which the loader calls before there is a runtime.
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define MI_THREAD_SANITIZER
#endif
#endif
#if defined(__x86_64__) && defined(__linux__) && !defined(MI_THREAD_SANITIZER)
#define MI_CLONES \
  __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define MI_CLONES
#endif

#endif

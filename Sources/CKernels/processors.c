// SPDX-License-Identifier: MIT

#define _GNU_SOURCE
#include "CKernels.h"

#ifdef __linux__
#include <sched.h>

int32_t mi_processor(void) { return sched_getcpu(); }

void mi_leave_processor(int32_t processor) {
  cpu_set_t allowed, others;
  if (processor < 0 || sched_getcpu() != processor) return;
  if (sched_getaffinity(0, sizeof allowed, &allowed) != 0 || CPU_COUNT(&allowed) < 2) return;
  others = allowed;
  CPU_CLR(processor, &others);
  if (sched_setaffinity(0, sizeof others, &others) == 0) {
    sched_setaffinity(0, sizeof allowed, &allowed);
  }
}
#else
int32_t mi_processor(void) { return -1; }
void mi_leave_processor(int32_t processor) { (void)processor; }
#endif

// SPDX-License-Identifier: MIT

#include "mi_interrupt.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>

// Signals since the start of the process: every call compares with the count at its own begin, so
// that an interrupt stops all calls at work and none that begins later.
static atomic_uint_fast64_t count;

// Below the lock; `before` is written while our handler is not installed.
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct sigaction before;
static int depth;
static int installed;

// An atomic and the handler that was there: safe inside a signal handler.
static void pass_on(int number, siginfo_t *info, void *context) {
  atomic_fetch_add_explicit(&count, 1, memory_order_relaxed);
  if (before.sa_flags & SA_SIGINFO) {
    before.sa_sigaction(number, info, context);
  } else {
    before.sa_handler(number);
  }
}

static int is_default(const struct sigaction *action) {
  return !(action->sa_flags & SA_SIGINFO) &&
         (action->sa_handler == SIG_DFL || action->sa_handler == SIG_IGN);
}

static int is_ours(const struct sigaction *action) {
  return (action->sa_flags & SA_SIGINFO) && action->sa_sigaction == pass_on;
}

uint64_t mi_interrupt_begin(void) {
  pthread_mutex_lock(&lock);
  struct sigaction now;
  // Also inside another pair: somebody may have set a handler in the meantime.
  if (sigaction(SIGINT, NULL, &now) == 0 && !is_ours(&now)) {
    installed = 0;
    if (!is_default(&now)) {
      before = now;
      struct sigaction ours = {0};
      ours.sa_sigaction = pass_on;
      ours.sa_flags = SA_SIGINFO | (before.sa_flags & (SA_RESTART | SA_ONSTACK));
      ours.sa_mask = before.sa_mask;
      installed = sigaction(SIGINT, &ours, NULL) == 0;
    }
  }
  depth++;
  uint64_t now_count = atomic_load_explicit(&count, memory_order_relaxed);
  pthread_mutex_unlock(&lock);
  return now_count;
}

int32_t mi_interrupt_came(uint64_t begin) {
  return atomic_load_explicit(&count, memory_order_relaxed) != begin;
}

void mi_interrupt_end(void) {
  pthread_mutex_lock(&lock);
  if (--depth == 0 && installed) {
    // Whoever set another handler meanwhile keeps it.
    struct sigaction now;
    if (sigaction(SIGINT, NULL, &now) == 0 && is_ours(&now)) sigaction(SIGINT, &before, NULL);
    installed = 0;
  }
  pthread_mutex_unlock(&lock);
}

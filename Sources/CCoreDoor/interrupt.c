// SPDX-License-Identifier: MIT

#include "mi_interrupt.h"

#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>

static atomic_int came;
static struct sigaction before;
static int depth;
static int installed;

// An atomic and the handler that was there: safe inside a signal handler.
static void pass_on(int number, siginfo_t *info, void *context) {
  atomic_store_explicit(&came, 1, memory_order_relaxed);
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

void mi_interrupt_begin(void) {
  if (depth++ > 0) return;
  atomic_store_explicit(&came, 0, memory_order_relaxed);
  installed = 0;
  if (sigaction(SIGINT, NULL, &before) != 0 || is_default(&before)) return;
  struct sigaction ours = {0};
  ours.sa_sigaction = pass_on;
  ours.sa_flags = SA_SIGINFO | (before.sa_flags & (SA_RESTART | SA_ONSTACK));
  ours.sa_mask = before.sa_mask;
  installed = sigaction(SIGINT, &ours, NULL) == 0;
}

int32_t mi_interrupt_came(void) { return atomic_load_explicit(&came, memory_order_relaxed); }

void mi_interrupt_end(void) {
  if (--depth > 0 || !installed) return;
  // Whoever set another handler meanwhile keeps it.
  struct sigaction now;
  if (sigaction(SIGINT, NULL, &now) == 0 && (now.sa_flags & SA_SIGINFO) &&
      now.sa_sigaction == pass_on) {
    sigaction(SIGINT, &before, NULL);
  }
}

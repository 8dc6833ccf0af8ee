/* SPDX-License-Identifier: MIT
 *
 * Starting a child with limits. In C, as between fork and exec only async-signal-safe calls are
 * allowed, which Swift code cannot promise; posix_spawn has neither limits nor the watchdog's note.
 */
#ifndef MI_PROCESS_H
#define MI_PROCESS_H

#include <stdint.h>
#include <sys/types.h>

/* What to start. Every text ends with a NUL, every list with NULL. */
typedef struct mi_spawn {
  const char *path;          /* the executable */
  char *const *arguments;
  char *const *environment;
  const char *directory;     /* where it starts; NULL: here */
  uint64_t memory_limit;     /* bytes of writable memory; 0: none */
  int watchdog;              /* told "+ PID" before the program starts; -1: nobody */
  int new_session;           /* 1: a session of its own, out of reach of the terminal's signals */
} mi_spawn;

/* A child, the leader of its own process group, and the parent's ends of its three streams. */
typedef struct mi_child {
  pid_t pid;
  int input, output, error;
} mi_child;

/* Starts a child; 0, or the errno of the step that failed. All other descriptors are closed. */
int mi_spawn_child(const mi_spawn *what, mi_child *child);

/* write() that reports EPIPE without the signal. */
ssize_t mi_write_quietly(int descriptor, const void *bytes, size_t count);

#endif

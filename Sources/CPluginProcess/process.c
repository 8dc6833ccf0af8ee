/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "mi_process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int make_pipe(int ends[2]) {
#ifdef __linux__
  return pipe2(ends, O_CLOEXEC) == 0 ? 0 : errno;
#else
  if (pipe(ends) != 0) return errno;
  fcntl(ends[0], F_SETFD, FD_CLOEXEC);
  fcntl(ends[1], F_SETFD, FD_CLOEXEC);
  return 0;
#endif
}

static void close_all(int pipes[4][2]) {
  for (int i = 0; i < 4; i++)
    for (int j = 0; j < 2; j++)
      if (pipes[i][j] >= 0) close(pipes[i][j]);
}

static void limit_memory(uint64_t bytes) {
  if (bytes == 0) return;
  struct rlimit limit = {bytes, bytes};
#ifdef __linux__
  /* Writable private memory. RLIMIT_AS would count the address space that runtimes only reserve. */
  setrlimit(RLIMIT_DATA, &limit);
#else
  setrlimit(RLIMIT_AS, &limit);
#endif
  struct rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
}

/* Writes "+ PID" without printf, which is not async-signal-safe. */
static void tell_watchdog(int watchdog, pid_t pid) {
  char text[32];
  size_t at = sizeof text;
  text[--at] = '\n';
  do {
    text[--at] = (char)('0' + pid % 10);
    pid /= 10;
  } while (pid > 0);
  text[--at] = ' ';
  text[--at] = '+';
  ssize_t written = write(watchdog, text + at, sizeof text - at);
  (void)written;
}

/* The child's side, up to exec. Streams are 0, 1, 2; `report` carries errno out where exec fails. */
static void become(const mi_spawn *what, int input, int output, int error, int report) {
  if (what->new_session) setsid(); else setpgid(0, 0);
  if (what->watchdog >= 0) tell_watchdog(what->watchdog, getpid());
  /* Out of the way of 0, 1 and 2 first: the parent may have had those closed. */
  int moved[4] = {input, output, error, report};
  for (int i = 0; i < 4; i++) {
    moved[i] = fcntl(moved[i], F_DUPFD_CLOEXEC, 10);
    if (moved[i] < 0) _exit(127);
  }
  for (int i = 0; i < 3; i++) dup2(moved[i], i);
  dup2(moved[3], 3);
  fcntl(3, F_SETFD, FD_CLOEXEC);
#if defined(__linux__) && defined(CLOSE_RANGE_UNSHARE)
  if (close_range(4, ~0u, 0) != 0)
#endif
  {
    long most = sysconf(_SC_OPEN_MAX);
    for (int i = 4; i < (most > 0 && most < 65536 ? most : 65536); i++) close(i);
  }
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  for (int number = 1; number < 32; number++) signal(number, SIG_DFL);
  limit_memory(what->memory_limit);
  if (what->directory == NULL || chdir(what->directory) == 0)
    execve(what->path, what->arguments, what->environment);
  int reason = errno;
  ssize_t written = write(3, &reason, sizeof reason);
  (void)written;
  _exit(127);
}

int mi_spawn_child(const mi_spawn *what, mi_child *child) {
  int pipes[4][2] = {{-1, -1}, {-1, -1}, {-1, -1}, {-1, -1}};
  for (int i = 0; i < 4; i++) {
    int failure = make_pipe(pipes[i]);
    if (failure != 0) {
      close_all(pipes);
      return failure;
    }
  }
  pid_t pid = fork();
  if (pid < 0) {
    int failure = errno;
    close_all(pipes);
    return failure;
  }
  if (pid == 0) become(what, pipes[0][0], pipes[1][1], pipes[2][1], pipes[3][1]);
  if (!what->new_session) setpgid(pid, pid); /* here too: whoever comes first, the group exists before this returns */
  child->pid = pid;
  child->input = pipes[0][1];
  child->output = pipes[1][0];
  child->error = pipes[2][0];
  int report = pipes[3][0];
  pipes[0][1] = pipes[1][0] = pipes[2][0] = pipes[3][0] = -1;
  close_all(pipes);
  int reason = 0;
  ssize_t got;
  do got = read(report, &reason, sizeof reason); while (got < 0 && errno == EINTR);
  close(report);
  if (got != sizeof reason) return 0; /* the pipe closed on exec */
  close(child->input);
  close(child->output);
  close(child->error);
  while (waitpid(pid, NULL, 0) < 0 && errno == EINTR) {}
  return reason;
}

ssize_t mi_write_quietly(int descriptor, const void *bytes, size_t count) {
  sigset_t pipe_signal, before, pending;
  sigemptyset(&pipe_signal);
  sigaddset(&pipe_signal, SIGPIPE);
  sigpending(&pending);
  int was_pending = sigismember(&pending, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe_signal, &before);
  ssize_t written = write(descriptor, bytes, count);
  int failure = errno;
  if (written < 0 && failure == EPIPE && !was_pending) {
    /* Take back the signal that this write raised. */
#ifdef __linux__
    struct timespec now = {0, 0};
    sigtimedwait(&pipe_signal, NULL, &now);
#else
    int number;
    sigwait(&pipe_signal, &number);
#endif
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  errno = failure;
  return written;
}

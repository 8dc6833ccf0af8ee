// SPDX-License-Identifier: MIT

import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Set by the first signal; a global, as a signal handler can capture nothing.
private let requested = Atomic(false)

/// Turns the first Ctrl-C into a request to stop, so that partial results are kept; the second one
/// ends the process at once.
enum Cancellation {
  /// Starts to listen for SIGINT and SIGTERM.
  ///
  /// - Returns: what work in progress asks now and then.
  static func listen() -> @Sendable () -> Bool {
    // The handlers touch an atomic and _exit alone: both are safe inside a signal handler.
    _ = requested.load(ordering: .relaxed)  // made here, not inside the handler
    for number in [SIGINT, SIGTERM] {
      signal(number) { if requested.exchange(true, ordering: .relaxed) { _exit(128 + $0) } }
    }
    // A program that starts this one from a worker thread may hand down blocked signals.
    var numbers = sigset_t()
    sigemptyset(&numbers)
    for number in [SIGINT, SIGTERM] { sigaddset(&numbers, number) }
    pthread_sigmask(SIG_UNBLOCK, &numbers, nil)
    return { requested.load(ordering: .relaxed) }
  }
}

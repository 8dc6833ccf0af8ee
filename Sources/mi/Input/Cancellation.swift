// SPDX-License-Identifier: MIT

import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The first signal that came, 0 before; a global, as a signal handler can capture nothing.
private let first = Atomic<Int32>(0)

/// Turns the first Ctrl-C into a request to stop, so that partial results are kept; the second one
/// ends the process at once.
enum Cancellation {
  /// The signal that asked to stop; nil where none did.
  static var signal: Int32? {
    let came = first.load(ordering: .relaxed)
    return came == 0 ? nil : came
  }

  /// Starts to listen for SIGINT and SIGTERM.
  ///
  /// - Returns: what work in progress asks now and then.
  static func listen() -> @Sendable () -> Bool {
    // The handlers touch an atomic and _exit alone: both are safe inside a signal handler.
    _ = first.load(ordering: .relaxed)  // made here, not inside the handler
    for number in [SIGINT, SIGTERM] {
      set(number) { if first.exchange($0, ordering: .relaxed) != 0 { _exit(128 + $0) } }
    }
    // A program that starts this one from a worker thread may hand down blocked signals.
    var numbers = sigset_t()
    sigemptyset(&numbers)
    for number in [SIGINT, SIGTERM] { sigaddset(&numbers, number) }
    pthread_sigmask(SIG_UNBLOCK, &numbers, nil)
    return { first.load(ordering: .relaxed) != 0 }
  }

  /// `signal`, whose name is taken here.
  private static func set(_ number: Int32, _ handler: @escaping @convention(c) (Int32) -> Void) {
    #if canImport(Glibc)
    _ = Glibc.signal(number, handler)
    #else
    _ = Darwin.signal(number, handler)
    #endif
  }
}

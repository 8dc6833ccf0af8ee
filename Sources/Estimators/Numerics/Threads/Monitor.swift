// SPDX-License-Identifier: MIT

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A lock on which threads can also wait for news.
///
/// POSIX's, as `Synchronization.Mutex` has no condition to wait for, and as the thread sanitizer knows
/// these.
///
/// Unchecked: the two pointers never change, and what they point to is made for many threads.
final class Monitor: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    precondition(pthread_mutex_init(mutex, nil) == 0, "no lock")
    precondition(pthread_cond_init(condition, nil) == 0, "no condition")
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  /// Runs `body` under the lock.
  func withLock<Result>(_ body: () -> Result) -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body()
  }

  /// Waits for a signal, with the lock held; may wake spuriously.
  func wait() { pthread_cond_wait(condition, mutex) }

  /// Wakes all who wait.
  func tellAll() { pthread_cond_broadcast(condition) }
}

// SPDX-License-Identifier: MIT

import CKernels
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The threads that help with ``ParallelRegion``s.
///
/// The calling thread participates in its region, so the region ends even if no helper comes. A helper without work
/// looks out for more without sleeping for a millisecond, as an OpenMP runtime does: an estimate is a
/// row of short regions, and to wake a thread takes 0.1 ms in a virtual machine.
///
/// Unchecked: `regions` and `threads` are touched under the lock only.
final class ThreadTeam: @unchecked Sendable {
  static let shared = ThreadTeam()

  private let monitor = Monitor()
  /// Regions with open seats.
  private var regions: [ParallelRegion] = []
  private var threads = 0
  /// The sum of open seats, to look at without the lock.
  private let openSeats = Atomic(0)
  private let lookingOut = Atomic(0)
  /// So many may look out: one processor belongs to the thread that opens the region.
  private let lookouts = sysconf(CInt(_SC_NPROCESSORS_ONLN)) - 1

  /// Works on the region together with up to `helpers` threads, until it is done.
  func run(_ region: ParallelRegion, helpers: Int) {
    let missing = monitor.withLock {
      region.seats = helpers
      regions.append(region)
      openSeats.add(helpers, ordering: .relaxed)
      monitor.tellAll()
      let missing = max(helpers - threads, 0)
      threads += missing
      return missing
    }
    for _ in 0..<missing { startThread { self.help() } }
    region.work()
    monitor.withLock {
      openSeats.subtract(region.seats, ordering: .relaxed)
      region.seats = 0
      regions.removeAll { $0 === region }
    }
    spin(upTo: .milliseconds(1)) { region.isEmpty }
    if region.isEmpty { return }
    monitor.withLock { while !region.isEmpty { monitor.wait() } }
  }

  /// The main loop of a helper thread.
  private func help() {
    mi_thread_heap_on_large_pages()
    while true {
      while let region = takeSeat() {
        region.help()
        if region.leave() { monitor.withLock { monitor.tellAll() } }
      }
      lookOut()
      monitor.withLock { while regions.isEmpty { monitor.wait() } }
    }
  }

  private func takeSeat() -> ParallelRegion? {
    monitor.withLock {
      guard let region = regions.last else { return nil }
      region.seats -= 1
      region.enter()
      openSeats.subtract(1, ordering: .relaxed)
      if region.seats == 0 { regions.removeLast() }
      return region
    }
  }

  /// Returns after a millisecond, or as soon as a seat is open.
  private func lookOut() {
    defer { lookingOut.subtract(1, ordering: .relaxed) }
    guard lookingOut.add(1, ordering: .relaxed).newValue <= lookouts else { return }
    spin(upTo: .milliseconds(1)) { openSeats.load(ordering: .relaxed) > 0 }
  }
}

/// Asks again and again, at most so long.
func spin(upTo limit: Duration, until isTrue: () -> Bool) {
  let end = ContinuousClock.now + limit
  repeat {
    for _ in 0..<64 {
      if isTrue() { return }
      mi_pause()
    }
  } while ContinuousClock.now < end
}

/// Starts a thread that nobody waits for.
private func startThread(_ body: @escaping @Sendable () -> Void) {
  final class Box: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
  let box = Unmanaged.passRetained(Box(body)).toOpaque()
  #if canImport(Glibc)
  var thread = pthread_t()
  let status = pthread_create(
    &thread, nil,
    { box in
      guard let box else { return nil }
      Unmanaged<Box>.fromOpaque(box).takeRetainedValue().body()
      return nil
    }, box)
  if status == 0 { pthread_detach(thread) } else { Unmanaged<Box>.fromOpaque(box).release() }
  #else
  var thread: pthread_t?
  let status = pthread_create(
    &thread, nil,
    { box in
      Unmanaged<Box>.fromOpaque(box).takeRetainedValue().body()
      return nil
    }, box)
  if status == 0, let thread {
    pthread_detach(thread)
  } else {
    Unmanaged<Box>.fromOpaque(box).release()
  }
  #endif
}

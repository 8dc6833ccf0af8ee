// SPDX-License-Identifier: MIT

/// Calls `body` for each of 0 ..< count, on up to `threads` threads.
///
/// The split into pieces is the caller's and must not depend on `threads`; each piece writes only
/// to its own place, so the result is the same at any number of threads.
package func parallelFor(_ count: Int, threads: Int, _ body: @Sendable (Int) -> Void) {
  guard threads > 1, count > 1 else {
    for index in 0..<count { body(index) }
    return
  }
  _ = singleThreadedBLAS
  withoutActuallyEscaping(body) { body in
    withUnsafePointer(to: body) { body in
      ThreadTeam.shared.run(ParallelRegion(count, body), helpers: min(threads, count) - 1)
    }
  }
}

/// `body` of each of 0 ..< count in that order, computed on up to `threads` threads.
package func parallelMap<Value: Sendable>(
  _ count: Int, threads: Int, _ body: @Sendable (Int) -> Value
) -> [Value] {
  let slots = Slots<Value>(count)
  parallelFor(count, threads: threads) { slots[$0] = body($0) }
  return slots.values
}

/// One place a piece of work.
///
/// Unchecked: every index is written by one piece only, and the places
/// are read after all pieces have ended.
private final class Slots<Value: Sendable>: @unchecked Sendable {
  private let storage: UnsafeMutableBufferPointer<Value?>

  init(_ count: Int) {
    storage = .allocate(capacity: count)
    storage.initialize(repeating: nil)
  }

  deinit {
    storage.deinitialize()
    storage.deallocate()
  }

  subscript(index: Int) -> Value? {
    get { storage[index] }
    set { storage[index] = newValue }
  }

  var values: [Value] {
    storage.map { value in
      guard let value else { preconditionFailure("a piece of parallel work left no value") }
      return value
    }
  }
}

// SPDX-License-Identifier: MIT

import Synchronization

/// Progress and cancellation of work in chunks, from any thread.
final class ChunkProgress: Sendable {
  private let chunks: Int
  private let finished = Atomic(0)
  private let cancelled = Atomic(false)
  private let progress: @Sendable (Double) -> Void
  private let isCancelled: @Sendable () -> Bool

  init(
    chunks: Int, progress: @escaping @Sendable (Double) -> Void,
    isCancelled: @escaping @Sendable () -> Bool
  ) {
    self.chunks = chunks
    self.progress = progress
    self.isCancelled = isCancelled
  }

  /// Asks the caller whether to go on; after a no, no chunk starts.
  func mayStart() -> Bool {
    if cancelled.load(ordering: .relaxed) { return false }
    guard isCancelled() else { return true }
    cancelled.store(true, ordering: .relaxed)
    return false
  }

  func finishedOne() {
    let done = finished.add(1, ordering: .relaxed).newValue
    progress(Double(done) / Double(chunks))
  }

  var wasCancelled: Bool { cancelled.load(ordering: .relaxed) }
}

// SPDX-License-Identifier: MIT

import CKernels
import Synchronization

/// Pieces of work 0 ..< count, each done once by one of the threads in the region.
///
/// Unchecked: `seats` is touched under the team's lock only; `body` is lent, and nobody calls it after
/// the last helper has left.
final class ParallelRegion: @unchecked Sendable {
  /// How many more helpers may come.
  var seats = 0
  private let count: Int
  private let body: UnsafePointer<@Sendable (Int) -> Void>
  private let processor = mi_processor()
  private let next = Atomic(0)
  private let helpers = Atomic(0)

  init(_ count: Int, _ body: UnsafePointer<@Sendable (Int) -> Void>) {
    self.count = count
    self.body = body
  }

  /// Does pieces as a helper.
  ///
  /// A thread that was just started or woken often begins on the processor of the one that did it, and a
  /// scheduler may leave both there for some milliseconds while another processor is idle.
  func help() {
    mi_leave_processor(processor)
    work()
  }

  /// Does pieces until none is left.
  func work() {
    while true {
      let piece = next.add(1, ordering: .relaxed).oldValue
      guard piece < count else { return }
      body.pointee(piece)
    }
  }

  func enter() { helpers.add(1, ordering: .relaxed) }

  /// Returns true for the last.
  func leave() -> Bool { helpers.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 }

  /// Whether no helper is in it.
  var isEmpty: Bool { helpers.load(ordering: .acquiring) == 0 }
}

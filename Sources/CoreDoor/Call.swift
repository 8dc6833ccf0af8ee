// SPDX-License-Identifier: MIT

import CCoreDoor
import EstimatorAPI
import Harness
import Synchronization

/// How a call runs, as the core takes it.
struct Call {
  let seed: UInt64
  let threads: Int
  let isCancelled: @Sendable () -> Bool
  let progress: @Sendable (Double, String) -> Void

  /// Lends the call to `body`, with SIGINT watched where that is asked for.
  ///
  /// A call that was interrupted has no result, whatever `body` made of it: a store keeps what was
  /// done, but a part never looks like the whole. An interrupt may have been consumed already, by a
  /// function of the caller that it reached, so nobody else would report it.
  static func run(
    _ given: UnsafePointer<mi_call>, _ body: (Call) throws -> Answer
  ) -> OpaquePointer {
    let answer = answering {
      let watches = given.pointee.watches_interrupt != 0
      let begin = watches ? mi_interrupt_begin() : 0
      defer { if watches { mi_interrupt_end() } }
      let call = try Call(given.pointee, begin: begin)
      let answer = try body(call)
      guard !call.isCancelled() else {
        throw EstimatorError(.interrupted, "Interrupted; there is no result.")
      }
      return answer
    }
    given.pointee.answer?.pointee = answer
    return answer
  }

  private init(_ given: mi_call, begin: UInt64) throws(EstimatorError) {
    try within("threads", Int(given.threads), 1...4096)
    seed = given.seed
    threads = Int(given.threads)
    let watches = given.watches_interrupt != 0
    let lent = Lent(cancel: given.cancel, progress: given.progress, context: given.context)
    isCancelled = { (watches && mi_interrupt_came(begin) != 0) || lent.isCancelled }
    progress = { share, line in lent.tell(share, line) }
  }
}

/// What the caller lends for the time of the call.
///
/// Unchecked: the flag is read as a whole, and the caller's function may be called from any thread.
private struct Lent: @unchecked Sendable {
  let cancel: UnsafePointer<Int32>?
  let progress: (@convention(c) (UnsafeMutableRawPointer?, Double, UnsafePointer<CChar>) -> Void)?
  let context: UnsafeMutableRawPointer?

  var isCancelled: Bool {
    guard let cancel else { return false }
    return UnsafeMutableRawPointer(mutating: cancel)
      .assumingMemoryBound(to: Atomic<Int32>.self).pointee.load(ordering: .relaxed) != 0
  }

  func tell(_ share: Double, _ line: String) {
    guard let progress else { return }
    line.withCString { progress(context, share, $0) }
  }
}

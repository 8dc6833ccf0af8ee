// SPDX-License-Identifier: MIT

package import EstimatorAPI
import Synchronization

/// How much of a call was done: what it says of itself where its user stops it.
package final class WorkCount: Sendable {
  private struct State {
    var done: Int
    var total: Int?
    var unit: String
    var kept: String
  }

  private let state: Mutex<State>

  /// Starts at 0 of `total`; nil where the total is not known before the end.
  ///
  /// `unit` is the plural of what is counted, and `kept` says what becomes of the part that was done,
  /// as the end of a sentence.
  package init(_ unit: String, of total: Int?, kept: String, done: Int = 0) {
    state = Mutex(State(done: done, total: total, unit: unit, kept: kept))
  }

  /// Counts one more.
  package func add() { state.withLock { $0.done += 1 } }

  /// Counts a share of the total, from 0 to 1.
  package func reach(_ share: Double) {
    state.withLock { state in
      state.done = Int((share * Double(state.total ?? 0)).rounded())
    }
  }

  /// Goes on with a number of other things.
  package func begin(_ unit: String, of total: Int?, done: Int = 0) {
    state.withLock { state in
      (state.unit, state.total, state.done) = (unit, total, done)
    }
  }

  /// The work stopped here.
  package var interruption: EstimatorError {
    let now = state.withLock { $0 }
    let total = now.total.map { " of \($0)" } ?? ""
    return EstimatorError(
      .interrupted, "Interrupted after \(now.done)\(total) \(now.unit); \(now.kept).")
  }

  /// Runs a call that its user may stop.
  ///
  /// A call that was stopped has no result, even where `body` had made one when it noticed. What goes
  /// wrong while it stops is a consequence, and not the reason that the user is given.
  ///
  /// - Throws: `interrupted` with the counts, where `isCancelled` is true at the end; else what `body`
  ///   throws.
  package func interruptible<Value>(
    _ isCancelled: () -> Bool, _ body: () throws -> Value
  ) throws -> Value {
    do {
      let value = try body()
      guard !isCancelled() else { throw interruption }
      return value
    } catch is EstimatorError where isCancelled() {
      throw interruption
    }
  }
}

extension EstimatorError.Code {
  /// The user stopped a call before it was done.
  package static let interrupted = Self(rawValue: "interrupted")
}

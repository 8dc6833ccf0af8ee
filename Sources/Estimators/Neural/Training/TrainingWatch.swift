// SPDX-License-Identifier: MIT

package import EstimatorAPI
import Synchronization

/// What all folds of an estimate report to: progress, and whether to stop.
package final class TrainingWatch: Sendable {
  private let request: EstimationRequest
  private let total: Int
  private let done = Mutex(0)

  /// `total` steps of all folds together.
  package init(_ request: EstimationRequest, total: Int) {
    self.request = request
    self.total = total
  }

  /// Whether the caller has asked to stop.
  package var isCancelled: @Sendable () -> Bool { request.isCancelled }

  /// Notes steps made.
  ///
  /// - Throws: `cancelled` where the caller has asked to stop.
  package func check(progress steps: Int = 0) throws(EstimatorError) {
    try request.checkCancellation()
    if steps > 0 { skip(steps) }
  }

  /// Notes steps that need not be made.
  package func skip(_ steps: Int) {
    let share = done.withLock { done in
      done += steps
      // A report a step would cost more than small steps do.
      // lmi may train twice, which its total does not know beforehand.
      return done % 64 < steps ? min(1, Double(done) / Double(max(total, 1))) : nil
    }
    if let share { request.progress(share) }
  }
}

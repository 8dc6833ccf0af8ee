// SPDX-License-Identifier: MIT

package import EstimatorAPI
import Estimators

/// Runs one trial of a plan and reports its outcome; called from several threads at once.
public protocol TrialExecutor: Sendable {
  /// Runs the trial; nil where `isCancelled` is true at its end, so that it counts as not run.
  ///
  /// Whatever came of such a trial, an estimate as well as a failure, may come of the stop itself:
  /// Ctrl-C reaches child processes and functions of the caller too.
  func run(
    _ trial: PlannedTrial, of plan: BenchPlan, isCancelled: @escaping @Sendable () -> Bool
  ) -> TrialRecord?
}

/// Runs trials in this process.
///
/// The deadline is kept by asking the estimator to stop: one that does not ask whether it should
/// overruns, and its late number is a failure all the same. A crash ends the whole run; trials in
/// flight are lost. ``WorkerPool`` has neither weakness.
public struct InProcessExecutor: TrialExecutor {
  private let deadline: Duration?
  private let measuresMemory: Bool

  /// Creates an executor.
  ///
  /// - Parameters:
  ///   - deadline: the longest time an estimate may take; nil sets no limit.
  ///   - measuresMemory: whether to record peak memory, which has a meaning only where trials run
  ///     one after the other.
  public init(deadline: Duration?, measuresMemory: Bool) {
    self.deadline = deadline
    self.measuresMemory = measuresMemory
  }

  /// Runs the trial on the calling thread.
  public func run(
    _ trial: PlannedTrial, of plan: BenchPlan, isCancelled: @escaping @Sendable () -> Bool
  ) -> TrialRecord? {
    let meter = measuresMemory ? MemoryMeter() : nil
    let clock = ContinuousClock()
    let end = deadline.map { clock.now + $0 }
    let result = Trial(
      of: plan.configurations[trial.configuration].estimator, on: plan.tasks[trial.task],
      n: trial.key.n, seed: trial.key.sampleSeed,
      isCancelled: {
        if isCancelled() { return true }
        return end.map { clock.now > $0 } ?? false
      })
    if isCancelled() { return nil }
    return TrialRecord(
      key: trial.key, outcome: late(result) ?? result.outcome, seconds: result.seconds,
      peakMemory: meter?.growth, host: hostName)
  }

  /// The failure of a trial that took longer than the deadline.
  private func late(_ result: Trial) -> Trial.Outcome? {
    guard let deadline else { return nil }
    guard result.failure?.code == .cancelled || .seconds(result.seconds) > deadline else {
      return nil
    }
    return .failure(.deadline(deadline))
  }
}

extension TrialKey {
  /// The seed that the sample and the estimate draw from: seed, task and size, and nothing of the
  /// estimator, so that every estimator sees the same rows.
  package var sampleSeed: UInt64 {
    var source = RandomSource(seed: UInt64(seed), fnv1a(task), UInt64(n))
    return source.next()
  }
}

extension EstimatorError {
  /// A trial that took longer than it may.
  package static func deadline(_ deadline: Duration) -> Self {
    Self(.init(rawValue: "deadline"), "No estimate within the deadline of \(deadline).")
  }
}

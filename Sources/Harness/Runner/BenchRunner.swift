// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Synchronization

/// What a run did.
public struct RunSummary: Sendable, Hashable, Codable {
  /// Trials in the plan's shard.
  public let planned: Int
  /// Trials whose row was there before.
  public let present: Int
  /// Trials run, the failed ones among them.
  public let ran: Int
  /// Trials run that gave no estimate, by the code of their failure.
  public let failures: [String: Int]
  /// Whether the caller stopped the run before all trials were run.
  public let cancelled: Bool
  /// Whether the store has all trials of the plan.
  public let complete: Bool
  /// Seconds from start to end.
  public let seconds: Double
}

/// Runs the trials of a plan that a store does not have yet.
public struct BenchRunner: Sendable {
  /// Trials at work at once; never changes a result.
  public var threads: Int
  /// How a trial is run.
  public var executor: any TrialExecutor
  /// Told after each trial how far the run is.
  public var progress: @Sendable (RunProgress) -> Void
  /// True means: finish nothing more.
  public var isCancelled: @Sendable () -> Bool

  /// Creates a runner.
  public init(
    threads: Int, executor: any TrialExecutor,
    progress: @escaping @Sendable (RunProgress) -> Void = { _ in },
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    precondition(threads >= 1, "threads is \(threads); at least 1")
    self.threads = threads
    self.executor = executor
    self.progress = progress
    self.isCancelled = isCancelled
  }

  /// Runs what is missing; every trial's row is committed as the trial ends.
  ///
  /// - Throws: `DataError` where the store cannot be written, or holds a task with another truth.
  public func run(_ plan: BenchPlan, into store: ResultStore) throws(DataError) -> RunSummary {
    let clock = ContinuousClock()
    let start = clock.now
    for task in plan.tasks where !isCancelled() {
      try store.register(TaskRecord(task, suite: plan.suite))
    }
    let trials = plan.trials
    var missing: [PlannedTrial] = []
    for trial in trials {
      if isCancelled() {
        missing.append(trial)
      } else if try !store.contains(trial.key) {
        missing.append(trial)
      }
    }
    let work = missing
    try store.register(plan.study)
    let state = Mutex(State(progress: RunProgress(missing: work, threads: threads)))
    parallelFor(work.count, threads: threads) { index in
      guard !isCancelled(), state.withLock({ $0.error == nil }) else { return }
      do throws(DataError) {
        // Another process on the same store may have run it in the meantime.
        let trial = work[index]
        guard try !store.contains(trial.key) else {
          state.withLock { $0.progress.pass(trial) }
          return
        }
        guard let record = executor.run(trial, of: plan, isCancelled: isCancelled) else { return }
        try store.insert(record)
        let now = state.withLock { state in
          state.take(record, trial)
          return state.progress
        }
        progress(now)
      } catch {
        state.withLock { $0.error = error }
      }
    }
    let end = state.withLock { $0 }
    if let error = end.error { throw error }
    return RunSummary(
      planned: trials.count, present: trials.count - work.count + end.progress.passed,
      ran: end.progress.ran, failures: end.failures, cancelled: end.progress.left > 0,
      complete: end.progress.left == 0, seconds: (clock.now - start) / .seconds(1))
  }

  private struct State {
    var progress: RunProgress
    var failures: [String: Int] = [:]
    var error: DataError?

    mutating func take(_ record: TrialRecord, _ trial: PlannedTrial) {
      if case .failure(let failure) = record.outcome {
        failures[failure.code.rawValue, default: 0] += 1
        progress.failed += 1
      }
      progress.end(trial, seconds: record.seconds)
    }
  }
}

// SPDX-License-Identifier: MIT

import EstimatorAPI
import Synchronization

/// Runs each trial in a child process, so that a crash, an overrun deadline or too much memory is a
/// row of the store and nothing more.
///
/// Children are kept and given one trial after the other, as starting one costs more than a fast
/// estimate. One that was killed or died is replaced.
public final class WorkerPool: TrialExecutor {
  private let command: [String]
  private let deadline: Duration?
  private let memoryLimit: Int?
  private let idle = Mutex<[WorkerProcess]>([])

  /// Creates a pool without children; they start as they are needed.
  ///
  /// - Parameters:
  ///   - command: a program and its arguments that serves trials of the same plan with
  ///     ``serveTrials(of:input:output:)``.
  ///   - deadline: the longest time an estimate may take; nil sets no limit.
  ///   - memoryLimit: the most resident memory of a child in bytes, looked at every 20 ms; nil sets
  ///     no limit.
  public init(command: [String], deadline: Duration?, memoryLimit: Int?) {
    self.command = command
    self.deadline = deadline
    self.memoryLimit = memoryLimit
  }

  /// Runs the trial in an idle child, or in a new one.
  public func run(
    _ trial: PlannedTrial, of plan: BenchPlan, isCancelled: @escaping @Sendable () -> Bool
  ) -> TrialRecord? {
    let clock = ContinuousClock()
    let worker: WorkerProcess
    do throws(EstimatorError) {
      worker = try idle.withLock { idle throws(EstimatorError) in
        // Under the lock, so that no other child inherits this one's pipes.
        if let worker = idle.popLast() { return worker }
        return try WorkerProcess(command)
      }
    } catch {
      return isCancelled() ? nil : record(trial, .failure(error), seconds: 0)
    }
    let start = clock.now
    let answer = worker.ask(
      TrialRequest(trial),
      until: { [deadline, memoryLimit] in
        if isCancelled() { return .cancelled }
        if let deadline, clock.now - start > deadline { return .deadline(deadline) }
        if let memoryLimit, let used = worker.residentMemory, used > memoryLimit {
          return .memoryLimit(memoryLimit, used: used)
        }
        return nil
      })
    switch answer {
    case .success(let reply):
      idle.withLock { $0.append(worker) }
      if isCancelled() { return nil }
      return TrialRecord(
        key: trial.key, outcome: reply.outcome, seconds: reply.seconds,
        peakMemory: reply.peakMemory, host: hostName)
    case .failure(let error):
      // Ctrl-C reaches the children too, and one may die of it.
      if error.code == .cancelled || isCancelled() { return nil }
      return record(trial, .failure(error), seconds: (clock.now - start) / .seconds(1))
    }
  }

  private func record(
    _ trial: PlannedTrial, _ outcome: Trial.Outcome, seconds: Double
  ) -> TrialRecord {
    TrialRecord(
      key: trial.key, outcome: outcome, seconds: seconds, peakMemory: nil, host: hostName)
  }
}

extension EstimatorError {
  /// A child that held more memory than it may.
  static func memoryLimit(_ limit: Int, used: Int) -> Self {
    Self(
      .init(rawValue: "memoryLimit"),
      "The estimate held \(memoryText(used)); the limit is \(memoryText(limit)).")
  }

  /// A child that ended in the middle of a trial.
  static func crashed(_ ending: String) -> Self {
    Self(.init(rawValue: "crashed"), "The estimator's process \(ending).")
  }
}

// SPDX-License-Identifier: MIT

import EstimatorAPI

/// A trial as a unit of work: its key, and its places in the plan that both sides made from the same
/// words.
public struct BenchUnit: Sendable, Hashable, Codable {
  /// The index of the configuration in the plan.
  public let configuration: Int
  /// The index of the task in the plan.
  public let task: Int
  /// The key, to notice a plan or a program that differs.
  public let key: TrialKey

  init(_ trial: PlannedTrial) {
    configuration = trial.configuration
    task = trial.task
    key = trial.key
  }
}

extension BenchPlan {
  /// The trials that a store lacks, with the time that each should take; the tasks are made known
  /// to the store.
  ///
  /// - Throws: `DataError` where the store cannot be written, or holds a task with another truth.
  public func work(
    missingIn store: ResultStore
  ) throws(DataError) -> (head: PlanHead, lines: [WorkLine<BenchUnit>]) {
    for task in tasks { try store.register(TaskRecord(task, suite: suite)) }
    let present = try store.presentKeys(
      of: configurations.map {
        ($0.descriptor.id, $0.descriptor.version, $0.canonicalParameters)
      })
    let costs = try CostModel(store)
    let trials = self.trials
    var lines: [WorkLine<BenchUnit>] = []
    for (id, trial) in trials.enumerated() where !present.contains(trial.key) {
      lines.append(
        WorkLine(
          id: id, kind: "\(trial.configuration)/\(trial.key.n)", seconds: costs.seconds(trial.key),
          unit: BenchUnit(trial)))
    }
    try store.register(study)
    return (PlanHead(planned: trials.count, lines: lines), lines)
  }

  /// The trial that a unit stands for.
  ///
  /// - Throws: `DataError`, `malformed` for a unit of another plan, or of another version of an
  ///   estimator.
  func trial(_ unit: BenchUnit) throws(DataError) -> PlannedTrial {
    guard configurations.indices.contains(unit.configuration), tasks.indices.contains(unit.task)
    else { throw DataError(.malformed, "a unit of work that is not of this plan: \(unit).") }
    let configuration = configurations[unit.configuration]
    let key = TrialKey(
      estimator: configuration.descriptor.id, version: configuration.descriptor.version,
      parameters: configuration.canonicalParameters, task: tasks[unit.task].id, n: unit.key.n,
      seed: unit.key.seed)
    guard key == unit.key else {
      throw DataError(
        .malformed,
        "a unit of work was planned for \(unit.key.estimator) \(unit.key.version) on "
          + "\(unit.key.task) and this program has \(key.estimator) \(key.version) on \(key.task): "
          + "the worker is not the program that made the plan.")
    }
    return PlannedTrial(key: key, configuration: unit.configuration, task: unit.task)
  }
}

/// Runs the trials that come as lines and answers each with its row, until the lines or the time end.
///
/// A trial whose process died is run once more before that is its row: the reason may have been the
/// machine's.
///
/// - Parameters:
///   - plan: estimators and tasks in the order of the program that planned.
///   - executor: runs a trial in a process of its own.
///   - isCancelled: true means: nobody waits for an answer.
///   - lines: where units come from and results go.
/// - Throws: `DataError`, `malformed` for a line that is not of this plan.
public func serveWork(
  of plan: BenchPlan, by executor: any TrialExecutor,
  isCancelled: @escaping @Sendable () -> Bool, lines: WorkLines
) throws {
  try lines.serve { (id, unit: BenchUnit, clock) in
    let trial = try plan.trial(unit)
    var record = executor.run(trial, of: plan, isCancelled: isCancelled)
    if case .failure(let error) = record?.outcome, error.isDeath {
      record = executor.run(trial, of: plan, isCancelled: isCancelled)
    }
    return record.map { ResultLine(id: id, wall: clock(), trial: TrialRow($0)) }
  }
}

extension EstimatorError {
  /// The process of the trial, or of its plugin, died.
  fileprivate var isDeath: Bool { ["crashed", "pluginCrashed"].contains(code.rawValue) }
}

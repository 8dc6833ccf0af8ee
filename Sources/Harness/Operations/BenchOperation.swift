// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// `mi bench run`: what the command, the C interface and Python share.
package struct BenchOperation: Sendable, Decodable {
  /// A built-in suite, or a `.json` file with one.
  package let suite: String
  /// Patterns of task ids, with `*` for any text; none: all tasks.
  package let tasks: [String]
  /// The estimators with their parameters, at least one.
  package let estimators: [EstimatorChoice]
  /// Rows in each sample.
  package let sizes: [Int]
  /// The seeds.
  package let seeds: [Int]
  /// The file that keeps the trials.
  package let store: String
  /// The longest an estimate may take, in seconds; nil: no limit.
  package let deadline: Double?
  /// Whether trials that failed before are run again.
  package let retry: Bool
  /// Whether the store goes away where the run is stopped.
  package let isTemporary: Bool?

  package init(
    suite: String, tasks: [String], estimators: [EstimatorChoice], sizes: [Int], seeds: [Int],
    store: String, deadline: Double?, retry: Bool
  ) {
    self.suite = suite
    self.tasks = tasks
    self.estimators = estimators
    self.sizes = sizes
    self.seeds = seeds
    self.store = store
    self.deadline = deadline
    self.retry = retry
    isTemporary = nil
  }

  /// Refuses a study of no estimators.
  ///
  /// - Throws: `invalidOption`.
  package static func check(estimators count: Int) throws(EstimatorError) {
    guard count > 0 else { throw .option("estimators", found: "empty", needed: "at least one") }
  }

  /// What is to be run.
  ///
  /// - Throws: `invalidOption`, an unknown suite, task, estimator or parameter, or `DataError` for a
  ///   file that is no suite.
  package func plan(_ registry: EstimatorRegistry, shard: Shard = .whole) throws -> BenchPlan {
    try Self.check(estimators: estimators.count)
    for (name, numbers, range) in [
      ("n", sizes, 2...100_000_000), ("seeds", seeds, 0...(1 << 62)),
    ] {
      guard !numbers.isEmpty else {
        throw EstimatorError.option(name, found: "empty", needed: "at least one")
      }
      for number in numbers { try within(name, number, range) }
    }
    try checkSeconds("deadline", deadline)
    let configurations = try estimators.map { try BenchConfiguration($0, registry: registry) }
    let whole = try TaskSuite.loaded(suite)
    return BenchPlan(
      configurations: configurations, tasks: try whole.choosing(tasks).tasks, suite: suite,
      sizes: Array(Set(sizes)).sorted(), seeds: Array(Set(seeds)).sorted(), shard: shard)
  }

  /// What came of a run.
  package struct Outcome: Sendable {
    package let summary: RunSummary
    /// The sentence of a run that was stopped, with the trials that the store has of all.
    package let interruption: EstimatorError?
  }

  /// Runs what the store lacks; every trial is kept as it ends.
  ///
  /// - Throws: `DataError` where the store cannot be read or written.
  package func run(
    _ plan: BenchPlan, executor: any TrialExecutor, threads: Int,
    progress: @escaping @Sendable (RunProgress) -> Void,
    isCancelled: @escaping @Sendable () -> Bool
  ) throws(DataError) -> Outcome {
    let results = try ResultStore(path: store)
    if retry { try results.removeFailures(of: plan) }
    let runner = BenchRunner(
      threads: threads, executor: executor, progress: progress, isCancelled: isCancelled)
    let summary = try runner.run(plan, into: results)
    let count = WorkCount(
      "trials", of: summary.planned,
      kept: isTemporary == true
        ? "they are lost, as no store was named"
        : "\(store) keeps them, and the same call runs the rest",
      done: summary.present + summary.ran)
    return Outcome(
      summary: summary,
      interruption: isCancelled() || summary.cancelled ? count.interruption : nil)
  }
}

extension ResultStore {
  /// Removes the failed trials of a study's estimators, so that they are tried again.
  package func removeFailures(of plan: BenchPlan) throws(DataError) {
    for one in plan.configurations {
      try removeFailures(
        estimator: one.descriptor.id, version: one.descriptor.version,
        parameters: one.canonicalParameters)
    }
  }
}

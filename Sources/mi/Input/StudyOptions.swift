// SPDX-License-Identifier: MIT

import ArgumentParser
import EstimatorAPI
import Harness

/// A study: which estimators on which tasks, at which sizes, with which seeds.
struct StudyOptions: ParsableArguments {
  @OptionGroup var suite: SuiteOptions
  @OptionGroup var chosen: EstimatorOptions

  @Option(name: [.customShort("n"), .customLong("n")], help: "Rows in each sample, with commas.")
  var sizes = SizeList(sizes: [1000])

  @Option(help: "A count (5 is 0 to 4), a range (10-19) or a list (3,7) of seeds.")
  var seeds = SeedList(seeds: Array(0..<5))

  @Option(help: "Run part i of N, as i/N; all parts together are the whole.")
  var shard = ShardArgument(shard: .whole)

  func validate() throws {
    try reporting { try BenchOperation.check(estimators: chosen.estimator.count) }
  }

  /// The study.
  ///
  /// - Throws: an unknown suite, estimator or parameter.
  func plan(_ registry: EstimatorRegistry) throws -> BenchPlan {
    try operation(registry).plan(registry, shard: shard.shard)
  }

  /// The run of the study into a store.
  func operation(
    _ registry: EstimatorRegistry, store: String = "", deadline: Duration? = nil,
    retry: Bool = false
  ) throws -> BenchOperation {
    BenchOperation(
      suite: suite.suite, tasks: suite.task, estimators: try chosen.choices(registry),
      sizes: sizes.sizes, seeds: seeds.seeds, store: store,
      deadline: deadline.map { $0 / .seconds(1) }, retry: retry)
  }

  /// The program and arguments of a child process that serves trials of this study.
  func workerCommand(_ shared: SharedOptions) -> [String] {
    var command = [thisProgram() ?? CommandLine.arguments[0], "bench", "worker", suite.suite]
    command += suite.task.flatMap { ["--task", $0] }
    command += chosen.estimator.flatMap { ["--estimator", $0] }
    command += chosen.parameter.flatMap { ["--parameter", $0] }
    return command + shared.passedOn
  }
}

/// Tells that some estimators do not take some tasks.
func warnOfUnsuited(_ plan: BenchPlan) {
  guard plan.unsuited > 0 else { return }
  writeError(
    "warning: \(plan.unsuited) pairs of estimator and task are left out, as the estimator does not "
      + "take the task's kind of variables.")
}

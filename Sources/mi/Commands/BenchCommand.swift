// SPDX-License-Identifier: MIT

import ArgumentParser
import EstimatorAPI
import Harness

struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Suites of tasks with known truth, results in a store.",
    discussion: """
      EXAMPLES
        mi bench tasks bmi-v1
        mi bench run bmi-v1 -e ksg-1 -e gaussian -n 1000 --seeds 5 --store results.sqlite
        mi bench report results.sqlite -o report.html
        mi bench compare before.sqlite after.sqlite

      Past one machine: mi-ray run in place of mi bench run (the Python package with the extra ray),
      or --shard in a Slurm array with mi bench merge; docs/scaling.md and docs/slurm.md.

      A store is an SQLite file; its view `result` has one row for each trial.
      """,
    subcommands: [
      BenchTasksCommand.self, BenchRunCommand.self, BenchReportCommand.self,
      BenchCompareCommand.self, BenchMergeCommand.self, BenchExportCommand.self,
      BenchPlanCommand.self, BenchTrialsCommand.self, BenchCommitCommand.self,
      BenchCalibrateCommand.self,
      BenchWorkerCommand.self,
    ])
}

/// The tasks of one suite, or some of them.
struct SuiteOptions: ParsableArguments {
  @Argument(help: "The suite, or a .json file with one; mi bench tasks lists them.")
  var suite: String

  @Option(
    help: "Only tasks whose id matches, with * for any text; in quotes (repeatable).")
  var task: [String] = []

  /// The tasks chosen.
  ///
  /// - Throws: an unknown suite, or a pattern that no task matches.
  func tasks() throws -> [any GroundTruth] {
    try TaskSuite.loaded(suite).choosing(task).tasks
  }
}

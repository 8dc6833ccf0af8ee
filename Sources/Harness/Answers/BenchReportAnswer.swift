// SPDX-License-Identifier: MIT

import EstimatorAPI

/// The shape of `mi bench report --json`.
package struct BenchReportAnswer: Encodable {
  package let schema = "mi.bench.report/1"
  let trials: Int
  /// Whether every study that was begun is all there.
  let complete: Bool
  /// A sentence for each that is not.
  package let warnings: [String]
  let leaderboards: [Board]

  struct Board: Encodable {
    let n: Int
    let alpha: Double
    let estimators: [Line]
  }

  struct Line: Encodable {
    let estimator: String
    let version: String
    @Nullable var parameters: ParameterValues?
    let rank: Int
    let betterThan: Int
    @Nullable var meanAbsoluteErrorNats: Double?
    @Nullable var standardErrorNats: Double?
    @Nullable var meanErrorNats: Double?
    let tasks: Int
    let failedTasks: Int
    let trials: Int
    let failures: Int
    let seconds: Double
    @Nullable var peakMemoryBytes: Int?

    init(_ estimator: ReportedEstimator, _ entry: Leaderboard.Entry) {
      self.estimator = estimator.id
      version = estimator.version
      parameters = ParameterValues(canonicalJSON: estimator.parameters)
      rank = entry.rank
      betterThan = entry.beats
      meanAbsoluteErrorNats = entry.meanAbsoluteError
      standardErrorNats = entry.standardError
      meanErrorNats = entry.meanBias
      tasks = entry.tasks
      failedTasks = entry.failedTasks
      trials = entry.trials
      failures = entry.failures
      seconds = entry.seconds
      peakMemoryBytes = entry.peakMemory
    }
  }

  package init(_ report: BenchReport) {
    trials = report.summary.trialCount
    complete = report.summary.incomplete.isEmpty
    warnings = report.summary.incomplete.map(\.sentence)
    leaderboards = report.leaderboards.map { board in
      Board(
        n: board.n, alpha: board.alpha,
        estimators: board.entries.map { entry in
          Line(report.summary.estimators[entry.estimator], entry)
        })
    }
  }
}

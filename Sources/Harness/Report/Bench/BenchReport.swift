// SPDX-License-Identifier: MIT

/// The report of a store: what was run, who did best, where and how far everybody is off.
public struct BenchReport: Sendable {
  /// The cells everything is made from.
  public let summary: BenchSummary
  /// A leaderboard for each size, the largest first.
  public let leaderboards: [Leaderboard]

  /// Makes the report.
  ///
  /// - Parameters:
  ///   - summary: the store's cells.
  ///   - alpha: the level of the tests behind the ranks.
  public init(_ summary: BenchSummary, alpha: Double = 0.05) {
    self.summary = summary
    leaderboards = summary.sizes.reversed().map { Leaderboard(summary, n: $0, alpha: alpha) }
  }

  /// The report as a document.
  public var document: ReportDocument {
    let failures = summary.failureCodes.flatMap(\.values).reduce(0, +)
    var document = ReportDocument(
      title: "Mutual information estimators against known truth",
      subtitle: "\(summary.estimators.count) estimators, \(summary.tasks.count) tasks, n "
        + "\(summary.sizes.map(String.init).joined(separator: ", ")); \(summary.trialCount) "
        + "trials, \(failures) failed; run on \(summary.hosts.joined(separator: ", ")). In nats.")
    document.headline = leaderboards.first?.headline(summary)
    if !summary.incomplete.isEmpty {
      document.sections.append(
        ReportDocument.Section(
          "Not complete", summary.incomplete.map(\.sentence).joined(separator: " ")))
    }
    document.sections.append(leaderboardSection)
    document.sections.append(heatMapSection)
    document.sections += curveSections
    if summary.sizes.count > 1 {
      document.sections.append(convergenceSection)
      document.sections.append(learningCurveSection)
    }
    if failures > 0 { document.sections.append(failureSection) }
    document.sections.append(taskSection)
    return document
  }

  private var leaderboardSection: ReportDocument.Section {
    var section = ReportDocument.Section(
      "Leaderboard",
      "Mean over tasks of the mean absolute error, with its standard error over samples. Time is "
        + "of one estimate on one thread.",
      "Ranks are given only where the tasks separate two estimators: Wilcoxon's signed-rank test "
        + "on the differences of their errors, one per task, all pairs adjusted by Holm, at level "
        + "\(decimal(leaderboards.first?.alpha ?? 0.05, 2)). An estimator's rank is 1 plus the "
        + "number of estimators that are better; equal ranks are not told apart. A task on which "
        + "fewer than half of the samples gave an estimate is failed: it is out of the mean, and "
        + "in the test it counts as the largest error.")
    section.blocks = leaderboards.enumerated().map { index, board in
      ReportDocument.Block(
        .table(table(board)), title: leaderboards.count > 1 ? "n = \(board.n)" : "",
        isFolded: index > 0)
    }
    return section
  }

  private func table(_ board: Leaderboard) -> ReportTable {
    typealias Column = ReportTable.Column
    var table = ReportTable([
      Column("rank", meaning: "1 plus the number of estimators that are better"),
      Column("estimator", isNumeric: false),
      Column("mean |error|", meaning: "mean over tasks of the mean absolute error, nats"),
      Column("+-", meaning: "standard error over samples"),
      Column("mean error", meaning: "mean over tasks of estimate minus truth, nats"),
      Column("better than", meaning: "how many estimators it is significantly better than"),
      Column("tasks"),
      Column("failed tasks", meaning: "tasks with fewer than half of the estimates"),
      Column("failed", meaning: "samples without an estimate, of all"),
      Column("s", meaning: "mean seconds of an estimate on one thread"),
      Column("memory", meaning: "largest growth of resident memory in a trial"),
    ])
    for entry in board.entries {
      table.rows.append([
        .count(entry.rank), .init(summary.estimators[entry.estimator].label),
        .number(entry.meanAbsoluteError), .number(entry.standardError, 4),
        .number(entry.meanBias), .count(entry.beats), .count(entry.tasks),
        .count(entry.failedTasks),
        .init(
          "\(entry.failures) of \(entry.trials)",
          sortKey: Double(entry.failures) / Double(max(1, entry.trials))),
        .init(secondsText(entry.seconds), sortKey: entry.seconds),
        .init(
          entry.peakMemory.map(memoryText) ?? "-", sortKey: entry.peakMemory.map(Double.init)),
      ])
    }
    return table
  }

  private var heatMapSection: ReportDocument.Section {
    var section = ReportDocument.Section(
      "Mean estimates",
      "Each cell is the mean estimate over seeds. Its color is the error as a share of the truth: "
        + "blue is too low, red too high, full color from 100 % on; for truths below 0.1 nats the "
        + "share is of 0.1. An x is a failed task; an empty cell was not run.")
    section.blocks = summary.sizes.reversed().enumerated().map { index, n in
      ReportDocument.Block(
        .table(heatMap(summary, n: n)), title: summary.sizes.count > 1 ? "n = \(n)" : "",
        isFolded: index > 0)
    }
    return section
  }

  private var failureSection: ReportDocument.Section {
    var section = ReportDocument.Section(
      "Failures", "Samples without an estimate, by reason. They count against the estimator.")
    var table = ReportTable([
      .init("estimator", isNumeric: false), .init("reason", isNumeric: false), .init("samples"),
    ])
    for (index, codes) in summary.failureCodes.enumerated() {
      for (code, count) in codes.sorted(by: { $0.key < $1.key }) {
        table.rows.append([
          .init(summary.estimators[index].label), .init(code), .count(count),
        ])
      }
    }
    section.blocks = [.init(.table(table))]
    return section
  }

  private var taskSection: ReportDocument.Section {
    var section = ReportDocument.Section("Tasks")
    var table = ReportTable([
      .init("task", isNumeric: false), .init("suite", isNumeric: false), .init("dx"), .init("dy"),
      .init("truth", meaning: "nats"),
      .init("error of truth", meaning: "0 where the truth is a closed form"),
    ])
    for task in summary.tasks {
      table.rows.append([
        .init(task.id), .init(task.suite), .count(task.dx), .count(task.dy),
        .number(task.nats, 6),
        .init(
          task.natsError == 0 ? "0" : "\(task.natsError)",
          sortKey: task.natsError),
      ])
    }
    section.blocks = [.init(.table(table), title: "Truths", isFolded: true)]
    return section
  }
}

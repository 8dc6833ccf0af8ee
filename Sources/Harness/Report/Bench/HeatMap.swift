// SPDX-License-Identifier: MIT

/// The mean estimates at one size: a row of truths, then a row for each estimator, a column a task.
///
/// The arrangement and the colors follow figure 2 of Czyz et al. 2023 (arXiv:2306.11078).
func heatMap(_ summary: BenchSummary, n: Int) -> ReportTable {
  let estimators = summary.estimators.indices.filter { summary.hasTrials($0, n: n) }
  let tasks = summary.tasks.indices.filter { task in
    estimators.contains { summary.cell($0, task, n: n) != nil }
  }
  var table = ReportTable(
    [.init("estimator", isNumeric: false)]
      + tasks.map { .init(summary.tasks[$0].id, meaning: describe(summary.tasks[$0])) })
  table.style = .heatMap
  table.rows.append(
    [.init("true")] + tasks.map { .number(summary.tasks[$0].nats, 2) })
  for estimator in estimators {
    table.rows.append(
      [.init(summary.estimators[estimator].label)]
        + tasks.map { task in
          estimateCell(summary.cell(estimator, task, n: n), truth: summary.tasks[task])
        })
  }
  return table
}

private func describe(_ task: TaskRecord) -> String {
  "\(task.dx) x \(task.dy), \(decimal(task.nats, 4)) nats"
}

private func estimateCell(_ cell: BenchCell?, truth: TaskRecord) -> ReportTable.Cell {
  guard let cell else { return .init("", detail: "not run") }
  guard !cell.isFailed else {
    return .init("x", detail: "\(truth.id): failed: \(cell.failures) of \(cell.trials) samples")
  }
  let error = cell.estimates.mean - truth.nats
  let sd = cell.estimates.standardDeviation.map { ", sd \(decimal($0, 3))" } ?? ""
  return .init(
    decimal(cell.estimates.mean, 2), sortKey: cell.estimates.mean,
    color: max(-1, min(1, error / max(truth.nats, 0.1))),
    detail: "\(truth.id): error \(decimal(error, 3))\(sd), \(cell.estimates.count) samples")
}

extension ReportTable {
  /// The table with rows and columns exchanged; what was the first column becomes the headings.
  var transposed: ReportTable {
    var result = ReportTable(
      [.init("task", isNumeric: false)] + rows.map { .init($0[0].text) })
    result.rows = columns.indices.dropFirst().map { column in
      [Cell(columns[column].name, detail: columns[column].meaning)] + rows.map { $0[column] }
    }
    return result
  }
}

// SPDX-License-Identifier: MIT

extension Leaderboard {
  /// Who is best, where, and by how much it is off, in two sentences; nil where nobody answered.
  func headline(_ summary: BenchSummary) -> String? {
    let answered = entries.filter { $0.meanAbsoluteError != nil }
    guard let best = answered.first else { return nil }
    func label(_ entry: Entry) -> String { summary.estimators[entry.estimator].label }
    func off(_ entry: Entry) -> String {
      let error = entry.standardError.map { " +- \(decimal($0, 4))" } ?? ""
      return "\(decimal(entry.meanAbsoluteError ?? 0, 3))\(error) nats"
    }
    var text = "At n = \(n) \(label(best)) is off by \(off(best)) on average over "
    text += best.tasks == 1 ? "one task" : "\(best.tasks) tasks"
    let equals = answered.dropFirst().filter { $0.rank == best.rank }
    if let next = answered.first(where: { $0.rank > best.rank }) {
      text += equals.isEmpty ? ", significantly less than " : "; the first that is worse is "
      text += "\(label(next)) (\(off(next)))"
    }
    if !equals.isEmpty {
      let others = equals.map { "\(label($0)) (\(off($0)))" }.joined(separator: ", ")
      text += "; not told apart from it: \(others)"
    }
    return text + "." + (answered.count > 1 ? " " + whereBest(summary) : "")
  }

  /// On how many tasks each has the least mean error; equal errors count for the first.
  private func whereBest(_ summary: BenchSummary) -> String {
    var wins: [Int: Int] = [:]
    var tasks = 0
    for task in summary.tasks.indices {
      let found = entries.compactMap { entry -> (estimator: Int, error: Double)? in
        guard let cell = summary.cell(entry.estimator, task, n: n), !cell.isFailed
        else { return nil }
        return (entry.estimator, cell.absoluteErrors.mean)
      }
      guard let least = found.min(by: { $0.error < $1.error }) else { continue }
      wins[least.estimator, default: 0] += 1
      tasks += 1
    }
    let parts = wins.sorted { ($0.value, $1.key) > ($1.value, $0.key) }
      .map { "\(summary.estimators[$0.key].label) on \($0.value)" }.joined(separator: ", ")
    return "The least error of the \(tasks) tasks: \(parts)."
  }
}

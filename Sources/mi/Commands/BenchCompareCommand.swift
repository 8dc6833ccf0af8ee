// SPDX-License-Identifier: MIT

import ArgumentParser
import EstimatorAPI
import Harness

struct BenchCompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "What changed between two stores, with significance.",
    discussion: """
      Matches estimators by id and parameters, whatever their versions. Estimates of the same seed
      are differences on the same rows (paired t test); without common seeds the means are compared
      (Welch). All p-values together are adjusted by Holm.

      EXAMPLES
        mi bench compare before.sqlite after.sqlite
        mi bench compare before.sqlite after.sqlite --all --json
      """)

  @Argument(help: "The store before the change.")
  var first: String

  @Argument(help: "The store after it.")
  var second: String

  @Option(help: "The level of the tests, between 0 and 1.")
  var alpha = 0.05

  @Flag(help: "List what did not change as well.")
  var all = false

  @OptionGroup var shared: SharedOptions

  func validate() throws {
    guard alpha > 0, alpha < 1 else {
      throw ValidationError("--alpha is \(alpha); it needs a number between 0 and 1.")
    }
  }

  func run() throws {
    try reporting {
      let comparison = try StoreComparison(
        ResultStore(existing: first), ResultStore(existing: second), alpha: alpha)
      if let one = comparison.unannounced.first {
        writeError(
          "warning: \(comparison.unannounced.count) results differ though the version is the same, "
            + "for example \(one.estimator) \(one.versions[0]) on \(one.task): a version must rise "
            + "when the same request gives another number.")
      }
      if shared.json {
        try printJSON(ComparisonResult(stores: [first, second], comparison: comparison))
      } else {
        print(text(comparison))
      }
    }
  }

  private func text(_ comparison: StoreComparison) -> String {
    let units = shared.units
    func amount(_ nats: Double?) -> String { fixed(nats.map(units.of), 4) }
    var table = TextTable(
      "estimator", "versions", "task", "n", "pairs", "change", "+-", "p (Holm)", "|error| before",
      "after", "failed", "verdict")
    let shown = comparison.changes.filter { all || [.better, .worse].contains($0.verdict) }
    for change in shown {
      table.add(
        change.estimator, change.versions.joined(separator: " > "), change.task, "\(change.n)",
        "\(change.pairs)", amount(change.test?.difference), amount(change.test?.standardError),
        fixed(change.adjustedP, 4), amount(change.meanAbsoluteErrors[0]),
        amount(change.meanAbsoluteErrors[1]), "\(change.failures[0]) > \(change.failures[1])",
        change.verdict.rawValue)
    }
    let counts = StoreComparison.Verdict.allCases.map { verdict in
      "\(comparison.changes.count { $0.verdict == verdict }) \(verdict.rawValue)"
    }
    var lines = [
      "\(comparison.changes.count) compared: \(counts.joined(separator: ", ")); "
        + "\(comparison.onlyInFirst.count) only in \(first), "
        + "\(comparison.onlyInSecond.count) only in \(second)."
    ]
    if !shown.isEmpty {
      lines.append("change is the mean estimate after less before, in \(units.rawValue)\n")
      lines.append(table.text)
    }
    return lines.joined(separator: "\n")
  }
}

/// The shape of `mi bench compare --json`.
private struct ComparisonResult: Encodable {
  let schema = "mi.bench.compare/1"
  let stores: [String]
  let alpha: Double
  let changes: [StoreComparison.Change]
  let onlyInFirst: [String]
  let onlyInSecond: [String]

  init(stores: [String], comparison: StoreComparison) {
    self.stores = stores
    alpha = comparison.alpha
    changes = comparison.changes
    onlyInFirst = comparison.onlyInFirst
    onlyInSecond = comparison.onlyInSecond
  }
}

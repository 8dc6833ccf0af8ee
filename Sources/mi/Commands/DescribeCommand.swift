// SPDX-License-Identifier: MIT

import ArgumentParser
import EstimatorAPI
import Estimators
import Harness

struct DescribeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe", abstract: "How data were recorded, and what mi estimate would do.",
    discussion: """
      For every column: continuous; recorded in steps (rounded, counted, on a
      grid), few values (ratings, flags), atoms (one value beside many others,
      as zeros or caps), or constant; whether it is bounded or an angle. With
      two files it finds rows that are copies of other rows and says what
      mi estimate chooses for the pair, and why. Rows that miss a value are
      counted and left out. Nothing is estimated.

      EXAMPLES
        mi describe x.npy
        mi describe x.npy y.npy
        mi describe table.csv:age,price table.csv:rating --json
      """)

  @Argument(help: "The first variable's file.")
  var x: String

  @Argument(help: "The second variable's file.")
  var y: String?

  @OptionGroup var variables: VariableOptions
  @Flag(help: "Print one JSON object instead of text.")
  var json = false

  func run() throws {
    try reporting {
      // A description that is refused for a missing value would not describe much: they are counted.
      var variables = variables
      variables.missing = .drop
      let loaded = try variables.load([("x", x)] + (y.map { [("y", $0)] } ?? []))
      let files = loaded.files
      let result = DescribeAnswer(
        files.map(\.loaded.variable), variables: files.map(\.record))
      if json { try printJSON(result) } else { print(result.text) }
      if let record = loaded.record { writeError("note: \(record.sentence)") }
    }
  }
}

extension DescribeAnswer {
  /// The columns as a table, and the choice.
  fileprivate var text: String {
    var lines: [String] = []
    for side in sides {
      lines.append("\(side.name)  \(side.file): \(side.reading)")
      if let remark = side.remark { lines.append("  \(remark)") }
      guard let columns = side.profiles else { continue }
      var table = TextTable(
        "column", "kind", "values", "tied", "step", "from", "to", "H nats", "what it is")
      for (index, profile) in columns.prefix(40).enumerated() {
        table.add(
          "\(index)", profile.kind.rawValue, "\(profile.distinct)", percent(profile.tiedShare),
          profile.step.map(number) ?? "-", number(profile.minimum), number(profile.maximum),
          fixed(profile.entropyNats, 2), profile.sentence)
      }
      lines.append(table.text)
      if columns.count > 40 {
        lines.append("... \(columns.count - 40) more columns; --json has all")
      }
    }
    if let copiedRows, copiedRows > 0 {
      lines.append("\(copiedRows) rows are copies of other rows, every value the same")
    }
    if let order { lines.append(order.sentence) }
    if let choice {
      lines.append("mi estimate runs \(choice.estimator)")
      lines += choice.assumptions.map { "  \($0)" }
    }
    return lines.joined(separator: "\n")
  }
}

private func percent(_ share: Double) -> String { "\(fixed(100 * share, 1)) %" }

private func number(_ value: Double) -> String {
  let text = "\(Float(value))"
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}

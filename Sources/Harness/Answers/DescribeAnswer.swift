// SPDX-License-Identifier: MIT

package import EstimatorAPI
package import Estimators

/// The shape of `mi describe --json`.
package struct DescribeAnswer: Encodable {
  /// One variable.
  package struct Side: Encodable {
    package let name: String
    package let file: String
    package let reading: String
    package let rows: Int
    /// A profile of each column; null for labels.
    @Nullable package var profiles: [ColumnProfile]?
    /// The number of rows of each class; null for numbers.
    @Nullable package var classSizes: [String: Int]?
    /// What labels look like that are not plainly classes: dates, identifiers, many of one row; else null.
    @Nullable package var remark: String?
  }

  /// What `mi estimate` does with the pair.
  package struct Choice: Encodable {
    package let estimator: String
    package let assumptions: [String]
  }

  /// How rows depend on the rows near them.
  package struct Order: Encodable {
    /// The rows that a row resembles.
    package let rowMemory: Double
    /// What the rows are worth for an association of the two sides; null for one variable.
    @Nullable package var effectiveRows: Double?
  }

  package let schema = "mi.describe/1"
  package let sides: [Side]
  /// The rows of a pair that are copies of other rows; null for one variable, 0 where there are none.
  @Nullable package var copiedRows: Int?
  /// Null for one variable.
  @Nullable package var choice: Choice?
  /// Null where rows do not depend on the rows near them, as in random order.
  @Nullable package var order: Order?

  /// Describes one variable or a pair.
  package init(_ variables: [Variable], variables records: [VariableRecord]) {
    sides = zip(variables, records).map { variable, record in
      Side(
        name: record.name, file: record.file, reading: record.reading, rows: variable.count,
        profiles: variable.samples?.profiles,
        classSizes: variable.labels.map { labels in
          Dictionary(uniqueKeysWithValues: zip(labels.names, labels.classSizes))
        },
        remark: variable.labels.flatMap { LabelForm($0)?.sentence(record.name) })
    }
    let memory = RowMemory(variables[0], variables[variables.count - 1])
    if memory.isOrdered {
      order = Order(
        rowMemory: memory.length,
        effectiveRows: variables.count == 2 ? memory.effectiveRows : nil)
    }
    guard variables.count == 2 else { return }
    let plan = DefaultPlan(variables[0], variables[1])
    copiedRows = plan.copies?.copies ?? 0
    choice = Choice(estimator: plan.estimator, assumptions: plan.notes)
  }
}

extension DescribeAnswer.Order {
  /// For people.
  package var sentence: String {
    let worth = effectiveRows.map {
      "; for an association they are worth about \(Int($0.rounded())) independent rows"
    }
    return
      "rows resemble about \(Int(rowMemory.rounded(.up))) rows near them, as in time or in a sorted file"
      + (worth ?? "")
  }
}

extension ColumnProfile {
  /// What the column is and where it ends, in words.
  package var sentence: String {
    guard kind != .fewValues, kind != .constant, let ends = ends.sentence else { return form }
    return "\(form); \(ends)"
  }

  private var form: String {
    switch kind {
    case .continuous: isWhole ? "whole numbers, nearly all different" : "continuous"
    case .recorded:
      tiedShare == 0
        ? "an even grid: values differ but distances tie"
        : isWhole ? "counts, or measured in whole units" : "rounded"
    case .fewValues: "few values"
    case .atoms:
      "\(atoms.map { "\(shortest($0.value)) in \(shortest((1000 * $0.share).rounded() / 10)) %" }.joined(separator: ", "))"
        + " of the rows, beside " + (isRestRecorded ? "rounded numbers" : "continuous numbers")
    case .constant: "one value: it tells nothing"
    }
  }
}

extension ColumnEnds {
  /// Nil where values run out on both sides, as in most distributions.
  fileprivate var sentence: String? {
    if let period {
      return period == 24
        ? "perhaps a time of day: sine and cosine as two columns keep midnight in one place"
        : "perhaps an angle: sine and cosine as two columns keep its two ends in one place"
    }
    switch (isSharpBelow, isSharpAbove) {
    case (true, true): return "bounded on both sides"
    case (true, false): return "bounded below"
    case (false, true): return "bounded above"
    case (false, false): return nil
    }
  }
}

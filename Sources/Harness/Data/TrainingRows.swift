// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// The caller's word on which rows a representation was trained on.
///
/// Mutual information on training rows is inflated, and the rule then says distill where distillation
/// hurts. Rows of both kinds cannot be compared with each other either, so a check takes held-out
/// rows alone.
public struct TrainingRows: Sendable, Hashable {
  /// The rows, counted from 0, in rising order.
  public let rows: [Int]

  /// Reads a mask (one 0 or 1, False or True, for each of the data's rows), or numbers of rows.
  ///
  /// - Throws: `DataError`, `wrongReading` where it is neither.
  public init(_ variable: Variable, count: Int, named name: String) throws(DataError) {
    guard let labels = variable.labels else {
      throw DataError(
        .wrongReading,
        "\(name): the rows of training must be whole numbers: numbers of rows counted from 0, or a "
          + "0 or 1 for each row.")
    }
    let words = labels.names.map { $0.lowercased() }
    if labels.count == count, words.allSatisfy({ ["0", "1", "false", "true"].contains($0) }) {
      rows = labels.codes.indices.filter { row in
        ["1", "true"].contains(words[Int(labels.codes[row])])
      }
      return
    }
    var found: Set<Int> = []
    for (code, word) in words.enumerated() where labels.codes.contains(Int32(code)) {
      guard let row = Int(word), (0..<count).contains(row) else {
        throw DataError(
          .wrongReading,
          "\(name): \"\(labels.names[code])\" is no row of the data; rows go from 0 to \(count - 1)."
        )
      }
      found.insert(row)
    }
    rows = found.sorted()
  }

  /// Refuses data with any of these rows.
  ///
  /// - Throws: `DataError`, `trainingRows`, with how many there are and what to do.
  public func refuse(among count: Int, named name: String) throws(DataError) {
    guard let first = rows.first else { return }
    throw DataError(
      .trainingRows,
      rows.count == count
        ? "\(name): all \(count) rows were used in training, where mutual information is inflated; "
          + "pass rows that were held out."
        : "\(name): \(rows.count) of the \(count) rows were used in training, the first is row "
          + "\(first) (counted from 0); mutual information on them is inflated, so pass the other "
          + "\(count - rows.count) rows alone.")
  }
}

/// The groups of rows, refused where they are no column or name some rows as those of training.
///
/// - Throws: `wrongReading` or `trainingRows`.
package func checkedGroups(_ labels: Labels?, named name: String) throws(DataError) -> Labels {
  guard let labels else {
    throw DataError(.wrongReading, "\(name): the groups of rows must be one column.")
  }
  let training = labels.names.filter { ["train", "training"].contains($0.lowercased()) }
  if let word = training.first, labels.names.count > 1 {
    throw DataError(
      .trainingRows,
      "\(name): some rows are \"\(word)\" and some are not; mutual information on training rows is "
        + "inflated, so pass the other rows alone.")
  }
  return labels
}

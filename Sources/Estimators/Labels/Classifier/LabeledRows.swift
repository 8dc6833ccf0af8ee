// SPDX-License-Identifier: MIT

/// Rows with their classes, all a classifier is trained on.
struct LabeledRows: Sendable {
  /// Standardized columns, n x d.
  let x: Matrix
  /// The class of each row, 0 ..< ``classCount``.
  let classes: [Int]
  /// The number of classes, some of which may have no row here.
  let classCount: Int

  /// The number of rows.
  var count: Int { x.rows }

  /// The rows at these indices.
  func selecting(_ rows: [Int]) -> LabeledRows {
    LabeledRows(
      x: x.selecting(rows: rows), classes: rows.map { classes[$0] }, classCount: classCount)
  }

  /// The number of rows of each class.
  var sizes: [Int] {
    var sizes = [Int](repeating: 0, count: classCount)
    for code in classes { sizes[code] += 1 }
    return sizes
  }

  /// Each class's share of the rows, with half a row added to each (Jeffreys): never 0.
  var shares: [Double] {
    sizes.map { (Double($0) + 0.5) / (Double(count) + 0.5 * Double(classCount)) }
  }
}

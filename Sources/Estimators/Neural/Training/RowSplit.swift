// SPDX-License-Identifier: MIT

/// Three sets of rows without a common row: the networks learn from the first, stop by the second
/// and are believed on the third.
package struct RowSplit: Sendable {
  /// Rows that gradients are made of.
  package let training: [Int]
  /// Rows that choose the weights.
  package let stopping: [Int]
  /// Rows that the estimate is made of.
  package let evaluation: [Int]

  /// One split a fold.
  ///
  /// With several folds every row is evaluated in exactly one of them; a single
  /// fold evaluates a fifth of the rows. `stoppingShare` is of all rows.
  package static func splits(
    rows: Int, folds: Int, seed: UInt64, stoppingShare: Double = 0.1
  ) -> [RowSplit] {
    var random = RandomSource(seed: seed, 0x5350_4C49)
    let order = random.permutation(rows)
    let parts = folds == 1 ? 5 : folds
    return (0..<folds).map { fold in
      let start = fold * rows / parts
      let end = (fold + 1) * rows / parts
      let rest = order[end...] + order[..<start]
      let stopping = max(2, Int(stoppingShare * Double(rows)))
      return RowSplit(
        training: Array(rest.dropFirst(stopping)), stopping: Array(rest.prefix(stopping)),
        evaluation: Array(order[start..<end]))
    }
  }
}

// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// Three sets of rows without a common row: the networks learn from the first, stop by the second
/// and are evaluated on the third set.
///
/// Rows of one group are all in one of them.
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
  ///
  /// - Throws: `tooFewSamples` where the groups are too few to fill the three sets.
  package static func splits(
    rows: Int, folds: Int, groups: [Int]? = nil, seed: UInt64, stoppingShare: Double = 0.1
  ) throws(EstimatorError) -> [RowSplit] {
    var random = RandomSource(seed: seed, 0x5350_4C49)
    let blocks = Self.blocks(rows: rows, groups: groups)
    let order = random.permutation(blocks.count).map { blocks[$0] }
    let parts = folds == 1 ? 5 : folds
    let wanted = max(2, Int(stoppingShare * Double(rows)))
    var before = [0]
    for block in order { before.append(before[before.count - 1] + block.count) }
    /// The first block that begins at or after the row, in the order of the blocks.
    func block(at row: Int) -> Int { before.firstIndex { $0 >= row } ?? order.count }
    var splits: [RowSplit] = []
    for fold in 0..<folds {
      let start = block(at: fold * rows / parts)
      let end = block(at: (fold + 1) * rows / parts)
      let rest = order[end...] + order[..<start]
      var stopping: [Int] = []
      var used = 0
      for block in rest where stopping.count < wanted {
        stopping += block
        used += 1
      }
      let split = RowSplit(
        training: rest.dropFirst(used).flatMap(\.self), stopping: stopping,
        evaluation: order[start..<end].flatMap(\.self))
      guard groups != nil else {
        splits.append(split)
        continue
      }
      guard min(split.training.count, split.stopping.count, split.evaluation.count) >= 2 else {
        throw EstimatorError(
          .tooFewSamples,
          "The rows come in \(blocks.count) groups; \(parts) folds of whole groups, beside rows to "
            + "train and to stop by, need about \(parts + 2) groups of equal size.")
      }
      // In the order of the groups a shift would pair the rows of one group.
      splits.append(split.shuffled(using: &random))
    }
    return splits
  }

  /// The rows of each group, in the order of their first rows; without groups, each row alone.
  private static func blocks(rows: Int, groups: [Int]?) -> [[Int]] {
    guard let groups else { return (0..<rows).map { [$0] } }
    precondition(groups.count == rows, "\(groups.count) groups of \(rows) rows")
    return rowsByGroup(groups)
  }

  private func shuffled(using random: inout RandomSource) -> RowSplit {
    func shuffle(_ rows: [Int]) -> [Int] { random.permutation(rows.count).map { rows[$0] } }
    return RowSplit(
      training: shuffle(training), stopping: shuffle(stopping), evaluation: shuffle(evaluation))
  }
}

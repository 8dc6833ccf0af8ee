// SPDX-License-Identifier: MIT

/// Rows dealt to folds so that each class is spread over them as evenly as can be.
struct StratifiedFolds: Sendable {
  /// The fold of each row.
  let fold: [Int]
  /// The number of folds.
  let count: Int

  /// Deals the rows in random order, each class from a fold of its own on.
  init(_ classes: [Int], classCount: Int, folds: Int, seed: UInt64) {
    var random = RandomSource(seed: seed, 0x464F_4C44)
    var fold = [Int](repeating: 0, count: classes.count)
    // Classes are numbered as they appear: renaming them changes nothing.
    var next = [Int](repeating: -1, count: classCount)
    var seen = 0
    for row in random.permutation(classes.count) {
      let code = classes[row]
      if next[code] < 0 {
        next[code] = seen
        seen += 1
      }
      fold[row] = next[code] % folds
      next[code] += 1
    }
    self.fold = fold
    count = folds
  }

  /// The rows of one fold.
  func rows(_ index: Int) -> [Int] { fold.indices.filter { fold[$0] == index } }

  /// The rows of all folds but these.
  func rows(without indices: Set<Int>) -> [Int] {
    fold.indices.filter { !indices.contains(fold[$0]) }
  }
}

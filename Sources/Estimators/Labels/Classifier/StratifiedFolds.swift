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

  /// Deals whole groups of rows, each stratified by the class that most of its rows have.
  ///
  /// Without groups each row is dealt by itself.
  init(_ classes: [Int], groups: [Int]?, classCount: Int, folds: Int, seed: UInt64) {
    guard let groups else {
      self.init(classes, classCount: classCount, folds: folds, seed: seed)
      return
    }
    let members = rowsByGroup(groups)
    let majorities = members.map { rows -> Int in
      var sizes = [Int](repeating: 0, count: classCount)
      for row in rows { sizes[classes[row]] += 1 }
      return sizes.firstIndex(of: sizes.max() ?? 0) ?? 0
    }
    let dealt = Self(majorities, classCount: classCount, folds: folds, seed: seed)
    var fold = [Int](repeating: 0, count: classes.count)
    for (group, rows) in members.enumerated() {
      for row in rows { fold[row] = dealt.fold[group] }
    }
    self.init(fold: fold, count: folds)
  }

  private init(fold: [Int], count: Int) {
    self.fold = fold
    self.count = count
  }

  /// The rows of one fold.
  func rows(_ index: Int) -> [Int] { fold.indices.filter { fold[$0] == index } }

  /// The rows of all folds but these.
  func rows(without indices: Set<Int>) -> [Int] {
    fold.indices.filter { !indices.contains(fold[$0]) }
  }
}

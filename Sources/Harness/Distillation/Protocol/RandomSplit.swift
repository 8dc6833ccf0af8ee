// SPDX-License-Identifier: MIT

package import EstimatorAPI
import Estimators

/// One random division of the rows: what is tested on, and what teacher and student learn from.
///
/// Teacher and student are drawn from opposite ends of one random order of the training rows: they
/// share no row as long as both fit, and then the teacher's opinions are those of unseen rows.
package struct RandomSplit: Sendable {
  package let test: [Int]
  package let teacher: [Int]
  package let student: [Int]
  /// Training rows in all, whether used or not.
  package let trainingCount: Int

  package init(_ rows: GroupedRows, options: DistillationOptions, index: Int) {
    var random = RandomSource(seed: options.seed, fnv1a("distill-split"), UInt64(index))
    let (test, rest) = rows.divided(
      Array(0..<rows.count), heldShare: options.testShare, using: &random)
    self.test = test
    trainingCount = rest.count
    teacher = Array(rest.suffix(options.teacherRows ?? rest.count))
    student = Array(rest.prefix(options.studentRows ?? rest.count))
  }
}

/// Rows, some of which must stay together.
package struct GroupedRows: Sendable {
  /// The number of rows.
  let count: Int
  /// The group of each row; nil where every row stands alone.
  let groups: [Int32]?

  package init(count: Int, groups: Labels?) {
    self.count = count
    self.groups = groups?.codes
  }

  /// A random share of the rows, in whole groups, and the rest; both in random order.
  ///
  /// Groups are added until the share is reached; one group at least is left. Where all rows are of one
  /// group they are divided as if they stood alone.
  func divided(
    _ rows: [Int], heldShare: Double, using random: inout RandomSource
  ) -> (held: [Int], rest: [Int]) {
    let shuffled = random.permutation(rows.count).map { rows[$0] }
    let wanted = min(max(1, Int((heldShare * Double(rows.count)).rounded())), rows.count - 1)
    guard let groups, let first = rows.first, rows.contains(where: { groups[$0] != groups[first] })
    else { return (Array(shuffled[..<wanted]), Array(shuffled[wanted...])) }
    let sizes = Dictionary(grouping: rows) { groups[$0] }.mapValues(\.count)
    var order: [Int32] = []
    var seen: Set<Int32> = []
    for row in shuffled where seen.insert(groups[row]).inserted { order.append(groups[row]) }
    var held: Set<Int32> = []
    var count = 0
    for group in order.dropLast() where count < wanted {
      held.insert(group)
      count += sizes[group] ?? 0
    }
    return (
      shuffled.filter { held.contains(groups[$0]) }, shuffled.filter { !held.contains(groups[$0]) }
    )
  }
}

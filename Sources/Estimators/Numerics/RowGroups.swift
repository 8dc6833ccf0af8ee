// SPDX-License-Identifier: MIT

import EstimatorAPI

/// The rows of each group, groups in the order of their first rows.
func rowsByGroup(_ groups: [Int]) -> [[Int]] {
  Dictionary(grouping: groups.indices) { groups[$0] }.values.sorted { $0[0] < $1[0] }
}

/// Rows in random order, cut into parts that end at about these numbers of rows, the last of which is
/// all; the rows of a group are in one part.
///
/// - Throws: `tooFewSamples` where the groups are too few to fill the parts.
func shuffledParts(
  endingAt ends: [Int], groups: [Int]?, using random: inout RandomSource
) throws(EstimatorError) -> [[Int]] {
  let count = ends.last ?? 0
  guard let groups else {
    let order = random.permutation(count)
    return zip([0] + ends, ends).map { Array(order[$0..<$1]) }
  }
  let units = rowsByGroup(groups)
  var parts = [[Int]](repeating: [], count: ends.count)
  var (part, placed) = (0, 0)
  for index in random.permutation(units.count) {
    while part < ends.count - 1, placed >= ends[part] { part += 1 }
    parts[part] += units[index]
    placed += units[index].count
  }
  guard parts.allSatisfy({ !$0.isEmpty }) else {
    throw EstimatorError(
      .tooFewSamples,
      "The rows come in \(units.count) groups, which do not fill \(ends.count) parts of whole groups."
    )
  }
  return parts
}

/// Rearrangements of rows in which whole groups trade places with groups like them.
///
/// Rows of a group resemble each other and are not exchangeable; groups are. A group takes the place of
/// one with as many rows, and with the same classes where there are classes: then each row also takes
/// the place of one of its class. The rows of a group stay in their order within each class.
package struct GroupExchange: Sendable {
  /// Sets of groups that are alike, each group as its rows.
  private let alike: [[[Int]]]
  private let count: Int

  /// Nil where there are fewer than 100 rearrangements: a test by so few says nothing.
  package init?(_ groups: [Int], classes: [Int32]? = nil) {
    var found: [[Int32]: [[Int]]] = [:]
    for members in rowsByGroup(groups) {
      let rows = members.sorted { one, other in
        guard let classes, classes[one] != classes[other] else { return one < other }
        return classes[one] < classes[other]
      }
      found[rows.map { classes?[$0] ?? 0 }, default: []].append(rows)
    }
    alike = found.values.filter { $0.count > 1 }.sorted { $0[0][0] < $1[0][0] }
    count = groups.count
    var arrangements = 1.0
    for set in alike { for size in 2...set.count { arrangements *= Double(size) } }
    guard arrangements >= 100 else { return nil }
  }

  /// One rearrangement: the row that comes into each place.
  package func rows(using random: inout RandomSource) -> [Int] {
    var rows = Array(0..<count)
    for set in alike {
      for (place, pick) in random.permutation(set.count).enumerated() {
        for (row, other) in zip(set[place], set[pick]) { rows[row] = other }
      }
    }
    return rows
  }
}

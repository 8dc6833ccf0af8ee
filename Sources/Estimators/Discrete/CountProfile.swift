// SPDX-License-Identifier: MIT

/// How many cells hold one row, how many hold two, and so on: all that an entropy estimator that
/// ignores the cells' names can use.
///
/// It has at most about sqrt(2 n) entries, and it is sorted, so that an entropy does not depend, by
/// a single bit, on the order of the rows or the numbering of the cells.
package struct CountProfile: Sendable {
  /// One occupied count: `cells` cells hold `count` rows each.
  package struct Entry: Sendable {
    package let count: Int
    package let cells: Int
  }

  /// The entries in increasing order of their counts, all counts at least 1.
  package let entries: [Entry]
  /// The number of rows n.
  package let total: Int
  /// The number of cells with at least one row.
  package let occupied: Int

  /// The profile of counts; zeros are skipped.
  package init(counts: [Int]) {
    let sorted = counts.filter { $0 > 0 }.sorted()
    var entries: [Entry] = []
    for count in sorted {
      if let last = entries.last, last.count == count {
        entries[entries.count - 1] = Entry(count: count, cells: last.cells + 1)
      } else {
        entries.append(Entry(count: count, cells: 1))
      }
    }
    precondition(!entries.isEmpty, "a profile of no rows")
    self.entries = entries
    total = sorted.reduce(0, +)
    occupied = sorted.count
  }

  /// The cells that hold exactly one row.
  package var singletons: Int {
    if let first = entries.first, first.count == 1 { first.cells } else { 0 }
  }

  /// The sum of a term over the occupied cells.
  package func sum(_ term: (_ count: Double) -> Double) -> Double {
    entries.reduce(0) { $0 + Double($1.cells) * term(Double($1.count)) }
  }
}

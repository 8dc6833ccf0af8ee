// SPDX-License-Identifier: MIT

/// Counts on a line: how many points lie closer than r to a point, where points are numbers.
///
/// The points are sorted once; a count walks from the point's own rank outwards in doubling steps
/// and finishes by halving, so it costs O(log count), not O(log n), and touches memory near by.
///
/// Distances are compared as the rounded difference `|a - b| < r`, never as `a < b + r`: rounding
/// is monotone, so the differences are sorted as the values are, and the count is the one that a
/// loop over all points would find, to the last tie.
package struct LineCounter: Sendable {
  /// The points in ascending order.
  package let sorted: [Double]
  /// The place of each row in ``sorted``.
  package let ranks: [Int32]

  package init(_ column: UnsafeBufferPointer<Double>) {
    let order = RadixOrder(column)
    sorted = order.values
    ranks = [Int32](unsafeUninitializedCapacity: column.count) { ranks, initialized in
      for (rank, row) in order.rows.enumerated() { ranks[Int(row)] = Int32(rank) }
      initialized = column.count
    }
  }

  /// How many rows share their value with another row.
  package var tiedRows: Int {
    var tied = 0
    var runStart = 0
    for i in 1...sorted.count where i == sorted.count || sorted[i] != sorted[runStart] {
      if i - runStart > 1 { tied += i - runStart }
      runStart = i
    }
    return tied
  }

  /// Writes for each of the rows the number of points, itself included, closer than its radius.
  package func count(
    rows: Range<Int>, radii: UnsafePointer<Double>, into counts: UnsafeMutablePointer<Int32>
  ) {
    withRanks { line, ranks in
      for (q, row) in rows.enumerated() {
        let bounds = line.interval(around: Int(ranks[row]), radius: radii[q])
        counts[q] = Int32(truncatingIfNeeded: bounds.upper &- bounds.lower)
      }
    }
  }

  /// Lends the sorted column and the place of each row in it.
  @inline(__always)
  func withRanks(_ body: (RankLine, UnsafeBufferPointer<Int32>) -> Void) {
    sorted.withUnsafeBufferPointer { sorted in
      ranks.withUnsafeBufferPointer { ranks in
        body(RankLine(sorted: sorted), ranks)
      }
    }
  }
}

/// Rank intervals on a sorted column, for as long as the column is lent.
struct RankLine {
  let sorted: UnsafeBufferPointer<Double>

  /// The ranks lower ..< upper of the values closer than `radius` to the value at `rank`; empty
  /// where the radius is 0.
  @inline(__always)
  func interval(around rank: Int, radius: Double) -> (lower: Int, upper: Int) {
    guard radius > 0 else { return (rank, rank) }
    let center = sorted[rank]
    // Invariant on each side: everything up to `inside` is closer than the radius.
    var step = 1
    var inside = rank
    while inside &+ step < sorted.count, sorted[inside &+ step] - center < radius {
      inside &+= step
      step &<<= 1
    }
    while step > 0 {
      if inside &+ step < sorted.count, sorted[inside &+ step] - center < radius {
        inside &+= step
      }
      step &>>= 1
    }
    let upper = inside &+ 1
    step = 1
    inside = rank
    while inside &- step >= 0, center - sorted[inside &- step] < radius {
      inside &-= step
      step &<<= 1
    }
    while step > 0 {
      if inside &- step >= 0, center - sorted[inside &- step] < radius { inside &-= step }
      step &>>= 1
    }
    return (inside, upper)
  }
}

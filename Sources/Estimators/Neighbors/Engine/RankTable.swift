// SPDX-License-Identifier: MIT

import CKernels

/// Counts in the plane: how many points lie in a square around one of them.
///
/// Each coordinate is replaced by its rank, which turns the open interval around a point into a range
/// of ranks without a rounding question (see ``LineCounter``). Over a coarse grid of ranks,
/// `corners` has the number of points below and left of each grid corner, so a rectangle between grid lines is
/// four look-ups. What lies between the rectangle's sides and the nearest grid lines is a strip of
/// consecutive ranks in one coordinate; the points of a strip are tested one after the other, in
/// memory order, by a vector loop.
///
/// With cells of `side` ranks a count costs O(log count + side) and the table (n / side)^2 numbers.
/// A wavelet matrix needs log2(n) dependent look-ups in place of the strips; up to 10^6
/// points the strips win.
package struct RankTable: Sendable {
  private let first: LineCounter
  private let second: LineCounter
  /// The second rank of the point with each first rank, and the converse.
  private let secondByFirst: [UInt32]
  private let firstBySecond: [UInt32]
  /// At a * (cells + 1) + b, the points with first rank < a * side and second rank < b * side.
  private let corners: [UInt32]
  private let shift: Int
  private let cells: Int

  package init(_ points: Columns) {
    precondition(points.dimension == 2)
    let n = points.count
    let orders = points.values.withUnsafeBufferPointer { values in
      [0..<n, n..<2 * n].map { RadixOrder(UnsafeBufferPointer(rebasing: values[$0])) }
    }
    first = LineCounter(Array(points.values[..<n]), sorted: orders[0].values)
    second = LineCounter(Array(points.values[n...]), sorted: orders[1].values)
    var secondRank = [UInt32](repeating: 0, count: n)
    for (rank, row) in orders[1].rows.enumerated() {
      secondRank[Int(row)] = UInt32(truncatingIfNeeded: rank)
    }
    var secondByFirst = [UInt32](repeating: 0, count: n)
    var firstBySecond = secondByFirst
    for (a, row) in orders[0].rows.enumerated() {
      let b = secondRank[Int(row)]
      secondByFirst[a] = b
      firstBySecond[Int(b)] = UInt32(truncatingIfNeeded: a)
    }
    let shift = Self.shift(count: n)
    let cells = (n >> shift) + 1
    var corners = [UInt32](repeating: 0, count: (cells + 1) * (cells + 1))
    corners.withUnsafeMutableBufferPointer { corners in
      for a in 0..<n {
        let b = Int(secondByFirst[a])
        corners[((a >> shift) + 1) * (cells + 1) + (b >> shift) + 1] += 1
      }
      for a in 1...cells {
        var sum: UInt32 = 0
        for b in 1...cells {
          sum &+= corners[a * (cells + 1) + b]
          corners[a * (cells + 1) + b] = sum &+ corners[(a - 1) * (cells + 1) + b]
        }
      }
    }
    self.secondByFirst = secondByFirst
    self.firstBySecond = firstBySecond
    self.corners = corners
    self.shift = shift
    self.cells = cells
  }

  /// The side of a cell is 2^shift ranks: about sqrt(n) / 2, so that the table stays near 16 n bytes
  /// and in the cache, and a strip of a quarter side on average is short.
  private static func shift(count: Int) -> Int {
    var shift = 4
    while (1 << (2 * shift)) * 2 < count { shift += 1 }
    return shift
  }

  /// Writes for each of the rows the number of points, itself included, closer than its radius.
  package func count(
    rows: Range<Int>, radii: UnsafePointer<Double>, into counts: UnsafeMutablePointer<Int32>
  ) {
    let stride = rows.count
    let bounds = UnsafeMutablePointer<Int64>.allocate(capacity: 4 * stride)
    defer { bounds.deallocate() }
    first.intervals(of: rows, radii: radii, lower: bounds, upper: bounds + stride)
    second.intervals(
      of: rows, radii: radii, lower: bounds + 2 * stride, upper: bounds + 3 * stride)
    secondByFirst.withUnsafeBufferPointer { secondByFirst in
      firstBySecond.withUnsafeBufferPointer { firstBySecond in
        corners.withUnsafeBufferPointer { corners in
          let plane = RankPlane(
            secondByFirst: secondByFirst, firstBySecond: firstBySecond, corners: corners,
            shift: shift, pitch: cells + 1)
          for q in 0..<stride {
            let a = (lower: Int(bounds[q]), upper: Int(bounds[stride &+ q]))
            let b = (lower: Int(bounds[2 &* stride &+ q]), upper: Int(bounds[3 &* stride &+ q]))
            let isEmpty = a.lower >= a.upper || b.lower >= b.upper
            counts[q] = isEmpty ? 0 : Int32(truncatingIfNeeded: plane.count(a, b))
          }
        }
      }
    }
  }
}

/// Counts in rectangles of ranks, for as long as the table is lent.
private struct RankPlane {
  let secondByFirst: UnsafeBufferPointer<UInt32>
  let firstBySecond: UnsafeBufferPointer<UInt32>
  let corners: UnsafeBufferPointer<UInt32>
  let shift: Int
  let pitch: Int

  @inline(__always)
  func count(_ a: (lower: Int, upper: Int), _ b: (lower: Int, upper: Int)) -> Int {
    let half = (1 &<< shift) &>> 1
    let (a0, a1) = ((a.lower &+ half) &>> shift, (a.upper &+ half) &>> shift)
    let (b0, b1) = ((b.lower &+ half) &>> shift, (b.upper &+ half) &>> shift)
    let inner =
      Int(corners[a1 &* pitch &+ b1]) &- Int(corners[a0 &* pitch &+ b1])
      &- Int(corners[a1 &* pitch &+ b0]) &+ Int(corners[a0 &* pitch &+ b0])
    // First from the grid lines a0, a1 to the true sides, over the true range of b; the table's
    // b0, b1 to the true ones, over the grid range of a.
    let (left, right) = (a0 &<< shift, a1 &<< shift)
    let (low, high) = (b0 &<< shift, b1 &<< shift)
    return inner
      &+ strip(firstBySecond, from: b.lower, to: low, left, right)
      &- strip(firstBySecond, from: b.upper, to: high, left, right)
      &+ strip(secondByFirst, from: a.lower, to: left, b.lower, b.upper)
      &- strip(secondByFirst, from: a.upper, to: right, b.lower, b.upper)
  }

  /// How many points of ranks from ..< to have their other rank in lower ..< upper.
  ///
  /// Negative where `to` is less than `from`. Ranks beyond the last have no points.
  @inline(__always)
  private func strip(
    _ others: UnsafeBufferPointer<UInt32>, from: Int, to: Int, _ lower: Int, _ upper: Int
  ) -> Int {
    let start = min(from, to)
    let end = min(max(from, to), others.count)
    guard start < end, let base = others.baseAddress else { return 0 }
    let found = Int(
      mi_count_between(
        base + start, Int64(end &- start), UInt32(truncatingIfNeeded: lower),
        UInt32(truncatingIfNeeded: upper &- lower)))
    return from <= to ? found : -found
  }
}

// SPDX-License-Identifier: MIT

import Estimators
import Testing

@Suite("Counting structures")
struct CounterTests {
  /// Compares the counts of some rows with a loop over all points.
  private func check(
    _ points: Columns, rows: Range<Int>, _ random: inout RandomSource,
    _ count: (Range<Int>, UnsafePointer<Double>, UnsafeMutablePointer<Int32>) -> Void
  ) {
    let radii = rows.map { row in
      switch random.below(4) {
      case 0: 0.0
      case 1: maximumNorm(points, row, random.below(points.count))
      case 2: maximumNorm(points, row, random.below(points.count)).nextUp
      default: 10 * random.uniform()
      }
    }
    var counts = [Int32](repeating: -1, count: rows.count)
    counts.withUnsafeMutableBufferPointer { counts in
      guard let base = counts.baseAddress else { return }
      count(rows, radii, base)
    }
    for (q, row) in rows.enumerated() {
      let expected = (0..<points.count).count { maximumNorm(points, row, $0) < radii[q] }
      #expect(Int(counts[q]) == expected, "row \(row), radius \(radii[q])")
    }
  }

  @Test(arguments: [1, 2, 3, 8, 9, 100, 500], [0, 2, 6])
  func `the line counts as a loop does`(n: Int, levels: Int) {
    var random = RandomSource(seed: 1, UInt64(n), UInt64(levels))
    let points = NeighborData.points(n: n, d: 1, levels: levels, using: &random)
    let line = LineCounter(points.values)
    check(points, rows: 0..<n, &random) { line.count(rows: $0, radii: $1, into: $2) }
  }

  @Test(arguments: [1, 2, 15, 16, 17, 100, 700], [0, 2, 6])
  func `the table counts as a loop does`(n: Int, levels: Int) {
    var random = RandomSource(seed: 2, UInt64(n), UInt64(levels))
    let points = NeighborData.points(n: n, d: 2, levels: levels, using: &random)
    let table = RankTable(points)
    check(points, rows: 0..<n, &random) { table.count(rows: $0, radii: $1, into: $2) }
  }

  @Test(arguments: [1, 31, 32, 33, 64, 65, 500], [0, 2, 6])
  func `the bitmaps count as a loop does, in any dimension`(n: Int, levels: Int) {
    var random = RandomSource(seed: 3, UInt64(n), UInt64(levels))
    for d in [1, 2, 3, 7] {
      let points = NeighborData.points(n: n, d: d, levels: levels, using: &random)
      for order in [nil, random.permutation(n).map(Int32.init)] {
        let slices = BitSlices(points, order: order)
        check(points, rows: 0..<n, &random) { slices.count(rows: $0, radii: $1, into: $2) }
      }
    }
  }

  @Test func `the bitmaps count as a loop does over several blocks`() {
    var random = RandomSource(seed: 4)
    let points = NeighborData.points(n: 40_000, d: 3, levels: 0, using: &random)
    let slices = BitSlices(points, order: KDTree([points]).order, threads: 2)
    check(points, rows: 39_800..<40_000, &random) {
      slices.count(rows: $0, radii: $1, into: $2)
    }
  }

  @Test(arguments: [0, 1, 2, 10, 1000, 5000])
  func `radix sorting is sorting, with negative numbers and zeros`(n: Int) {
    var random = RandomSource(seed: 5, UInt64(n))
    let values = (0..<n).map { i in
      i % 7 == 0 ? Double(random.below(3)) - 1 : random.normal() * 1e-200
    }
    #expect(radixSorted(values) == values.sorted())
    let order = values.withUnsafeBufferPointer { RadixOrder($0) }
    #expect(order.values == values.sorted())
    #expect(order.rows.map { values[Int($0)] } == values.sorted())
  }

  @Test func `coincident rows are counted exactly, and minus zero is zero`() {
    let points = Columns(
      values: [1, 1, 2, 0, -0.0, 2] + [5, 5, 6, 7, 7, 8], count: 6, dimension: 2)
    #expect(coincidentRows(points) == 4)
  }
}

// SPDX-License-Identifier: MIT

import Estimators
import Testing

@Suite struct NearestRowsTests {
  /// Distances are those of all pairs sorted, in one to four columns, with and without a window.
  @Test(arguments: [1, 2, 4])
  func theyAreThoseOfAllPairs(dimension: Int) {
    var random = RandomSource(seed: 5, UInt64(dimension))
    let n = 300
    let points = Columns(
      values: random.normals(n * dimension), count: n, dimension: dimension)
    func gap(_ i: Int, _ j: Int) -> Double {
      (0..<dimension).reduce(0) {
        max($0, abs(points.values[$1 * n + i] - points.values[$1 * n + j]))
      }
    }
    for (window, includesOwn) in [(0, true), (0, false), (10, false)] {
      let found = nearestRows(
        points, k: 6, includesOwn: includesOwn, window: window, threads: 2)
      for row in 0..<n {
        let others = (0..<n).filter {
          abs($0 - row) > window || ($0 == row && includesOwn)
        }
        let expected = others.sorted { gap(row, $0) < gap(row, $1) }.prefix(6)
        #expect(found[row * 6..<(row + 1) * 6].map { Int($0) } == Array(expected))
      }
    }
  }
}

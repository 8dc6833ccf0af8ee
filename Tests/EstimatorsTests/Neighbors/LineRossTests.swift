// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Testing

@Suite("ross on a line")
struct LineRossTests {
  @Test(arguments: [2, 3, 7, 60, 700], [false, true])
  func `the counts are those of the loop over all pairs`(rows: Int, rounded: Bool) throws {
    for seed in 0..<4 {
      var random = RandomSource(seed: UInt64(seed), UInt64(rows))
      let values = (0..<rows).map { _ in
        rounded ? (random.normal() * 3).rounded() * 0.1 : random.normal()
      }
      var classes: [[Int32]] = [[], [], []]
      for row in 0..<rows { classes[row < 6 ? row / 3 : random.below(3)].append(Int32(row)) }
      // A class of one row is set aside before; put it into another.
      for index in classes.indices where classes[index].count == 1 {
        classes[(index + 2) % 3] += classes[index]
        classes[index] = []
      }
      classes.removeAll { $0.isEmpty }
      let points = Columns(values: values, count: rows, dimension: 1)
      let order = values.withUnsafeBufferPointer { RadixOrder($0) }
      for ks in [[1], [3], [1, 2, 50]] {
        let twin = pairwiseRossCounts(points, classes: classes, ks: ks)
        #expect(try lineRossCounts(order, classes: classes, ks: ks) == twin)
        #expect(try lineRossCounts(order, classes: classes, ks: ks, threads: 3) == twin)
        #expect(try rossCounts(points, classes: classes, ks: ks) == twin)
      }
    }
  }
}

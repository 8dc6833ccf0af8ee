// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Testing

@Suite("The neighbor engine is its pairwise twin")
struct EngineTwinTests {
  /// Draws a case and compares; coarse grids give ties, few rows give every k.
  private func compareOne(_ random: inout RandomSource, largestN: Int, largestD: Int) throws {
    let n = 2 + random.below(largestN - 1)
    let levels = [0, 2, 3, 5, 20][random.below(5)]
    let x = NeighborData.points(
      n: n, d: 1 + random.below(largestD), levels: levels, using: &random)
    let y = NeighborData.points(
      n: n, d: 1 + random.below(largestD), levels: [0, levels][random.below(2)], using: &random)
    let ks = random.subset(min(3, n - 1), of: n - 1).map { $0 + 1 }.sorted()
    for algorithm in [KraskovAlgorithm.square, .rectangle] {
      let slow = pairwiseNeighborCounts(x: x, y: y, ks: ks, algorithm: algorithm)
      for method in JointMethod.allCases {
        let fast = try neighborCounts(
          x: x, y: y, ks: ks, algorithm: algorithm, method: method)
        #expect(
          fast == slow,
          """
          n \(n), \(x.dimension)+\(y.dimension), levels \(levels), k \(ks), \(algorithm), \
          \(method)
          """)
      }
    }
    let codes = (0..<n).map { _ in random.below(3) }
    let classes = (0..<3).map { code in
      (0..<Int32(n)).filter { codes[Int($0)] == code }
    }
    guard classes.allSatisfy({ $0.count != 1 }) else { return }
    let used = classes.filter { !$0.isEmpty }
    let counts = try rossCounts(x, classes: used, ks: ks)
    #expect(counts == pairwiseRossCounts(x, classes: used, ks: ks))
  }

  @Test(arguments: 0..<8)
  func `equal on small random cases with ties`(seed: Int) throws {
    var random = RandomSource(seed: UInt64(seed), 1)
    for _ in 0..<50 { try compareOne(&random, largestN: 60, largestD: 12) }
  }

  @Test(arguments: [(300, 1, 1), (300, 1, 3), (400, 2, 2), (300, 3, 6), (300, 12, 12)])
  func `equal on more rows`(n: Int, dx: Int, dy: Int) throws {
    var random = RandomSource(seed: 5, UInt64(dx), UInt64(dy))
    for levels in [0, 4, 30] {
      let x = NeighborData.points(n: n, d: dx, levels: levels, using: &random)
      let y = NeighborData.points(n: n, d: dy, levels: levels, using: &random)
      for algorithm in [KraskovAlgorithm.square, .rectangle] {
        let slow = pairwiseNeighborCounts(x: x, y: y, ks: [1, 3, 10], algorithm: algorithm)
        for method in JointMethod.allCases {
          let fast = try neighborCounts(
            x: x, y: y, ks: [1, 3, 10], algorithm: algorithm, method: method)
          #expect(fast == slow, "\(algorithm), \(method)")
        }
      }
    }
  }

  @Test(
    .enabled(if: ProcessInfo.processInfo.environment["MI_SLOW_TESTS"] == "1"))
  func `equal on 10,000 random cases`() throws {
    var random = RandomSource(seed: 2004, 66138)
    for _ in 0..<10_000 { try compareOne(&random, largestN: 90, largestD: 12) }
  }

  @Test func `equal where k exceeds the points that a query measures first`() throws {
    var random = RandomSource(seed: 14)
    let x = NeighborData.points(n: 400, d: 2, levels: 0, using: &random)
    let y = NeighborData.points(n: 400, d: 3, levels: 6, using: &random)
    for algorithm in [KraskovAlgorithm.square, .rectangle] {
      let slow = pairwiseNeighborCounts(x: x, y: y, ks: [5, 200, 399], algorithm: algorithm)
      for method in JointMethod.allCases {
        let fast = try neighborCounts(
          x: x, y: y, ks: [5, 200, 399], algorithm: algorithm, method: method)
        #expect(fast == slow, "\(algorithm), \(method)")
      }
    }
  }

  @Test func `the method changes at the measured borders, and the counts do not`() throws {
    #expect(JointMethod.fastest(count: 1_999, dimension: 11) == .tree)
    #expect(JointMethod.fastest(count: 1_999, dimension: 12) == .bitmaps)
    #expect(JointMethod.fastest(count: 2_000, dimension: 7) == .tree)
    #expect(JointMethod.fastest(count: 2_000, dimension: 8) == .bitmaps)
    #expect(JointMethod.fastest(count: 20_000, dimension: 8) == .bitmaps)
    #expect(JointMethod.fastest(count: 20_001, dimension: 11) == .tree)
    #expect(JointMethod.fastest(count: 20_001, dimension: 12) == .bitmaps)
    var random = RandomSource(seed: 12)
    for (n, dx, dy) in [(1_999, 5, 6), (1_999, 6, 6), (2_000, 3, 4), (2_000, 4, 4)] {
      let x = NeighborData.points(n: n, d: dx, levels: 0, using: &random)
      let y = NeighborData.points(n: n, d: dy, levels: 0, using: &random)
      let chosen = try neighborCounts(x: x, y: y, ks: [3], algorithm: .square)
      for method in JointMethod.allCases {
        let counts = try neighborCounts(x: x, y: y, ks: [3], algorithm: .square, method: method)
        #expect(counts == chosen)
      }
    }
  }

  @Test func `the methods agree where the bitmaps have several blocks`() throws {
    var random = RandomSource(seed: 13)
    let x = NeighborData.points(n: 34_000, d: 2, levels: 0, using: &random)
    let y = NeighborData.points(n: 34_000, d: 3, levels: 400, using: &random)
    for algorithm in [KraskovAlgorithm.square, .rectangle] {
      let tree = try neighborCounts(
        x: x, y: y, ks: [2], algorithm: algorithm, method: .portableTree, threads: 2)
      let bitmaps = try neighborCounts(
        x: x, y: y, ks: [2], algorithm: algorithm, method: .bitmaps, threads: 2)
      #expect(tree == bitmaps)
    }
  }

  @Test(arguments: [1, 2, 5])
  func `the same at any number of threads`(d: Int) throws {
    var random = RandomSource(seed: 6, UInt64(d))
    let x = NeighborData.points(n: 3000, d: d, levels: 0, using: &random)
    let y = NeighborData.points(n: 3000, d: d, levels: 0, using: &random)
    let one = try neighborCounts(x: x, y: y, ks: [3], algorithm: .square, threads: 1)
    for threads in [2, 3, 8] {
      #expect(
        try neighborCounts(x: x, y: y, ks: [3], algorithm: .square, threads: threads) == one)
    }
  }

  @Test func `a cancelled search throws and reports no counts`() throws {
    var random = RandomSource(seed: 7)
    let x = NeighborData.points(n: 3000, d: 1, levels: 0, using: &random)
    #expect(throws: EstimatorError.cancelled) {
      try neighborCounts(x: x, y: x, ks: [3], algorithm: .square, isCancelled: { true })
    }
  }
}

// SPDX-License-Identifier: MIT

import CKernels
import Estimators
import Testing

@Suite("The C kernels are their Swift twins at every level")
struct KernelTests {
  @Test(arguments: Level.all, [1, 2, 3, 7, 16, 33, 100, 257])
  func `rank intervals, also of few queries and of ties`(level: Level, count: Int) {
    var random = RandomSource(seed: 1, UInt64(count))
    for queries in [1, 15, 16, 17, 40] {
      let sorted = (0..<count).map { _ in Double(random.below(20)) }.sorted()
      let centers = (0..<queries).map { _ in Double(random.below(24)) - 2 }
      let radii = (0..<queries).map { _ in [0, 0.5, 1, 3, 1e300][random.below(5)] }
      var lower = [Int64](repeating: -1, count: queries)
      var upper = lower
      level.kernels.rank_intervals(
        sorted, Int64(count), centers, radii, Int64(queries), &lower, &upper)
      for q in 0..<queries {
        let twin = KernelTwins.rankInterval(sorted, center: centers[q], radius: radii[q])
        #expect(Int(lower[q]) == twin.lower && Int(upper[q]) == twin.upper)
      }
    }
  }

  @Test(arguments: Level.all, [1, 2, 5, 64, 157])
  func `bucket bounds`(level: Level, buckets: Int) {
    var random = RandomSource(seed: 2, UInt64(buckets))
    let (d, pitch) = (7, buckets + 1)
    var heads: [Double] = []
    for _ in 0..<d { heads += (0..<pitch).map { _ in Double(random.below(30)) }.sorted() }
    for radius in [0.5, 1, 4, 100] {
      let query = (0..<d).map { _ in Double(random.below(30)) }
      var below = [Int64](repeating: -1, count: d)
      var within = below
      level.kernels.bucket_bounds(
        heads, Int64(buckets), Int64(pitch), query, radius, Int64(d), &below, &within)
      for c in 0..<d {
        let own = Array(heads[c * pitch..<c * pitch + buckets])
        let twin = KernelTwins.rankInterval(own, center: query[c], radius: radius)
        #expect(Int(below[c]) == twin.lower && Int(within[c]) == twin.upper)
      }
    }
  }

  @Test(arguments: Level.all, [1, 2, 5, 40])
  func `intersections of bitmaps and their bits`(level: Level, pairs: Int) {
    var random = RandomSource(seed: 3, UInt64(pairs))
    let (rows, words) = (6, 48)
    let table = (0..<rows * words).map { _ in random.next() | random.next() }
    let upper = (0..<pairs).map { _ in random.below(rows) * words }
    let lower = (0..<pairs).map { _ in random.below(rows) * words }
    var result = [UInt64](repeating: 0, count: words)
    level.kernels.intersect(
      &result, table, upper.map(Int64.init), lower.map(Int64.init), Int64(pairs), Int64(words))
    let twin = KernelTwins.intersect(table, upper: upper, lower: lower, words: words)
    #expect(result == twin)
    let bits = twin.reduce(0) { $0 + $1.nonzeroBitCount }
    #expect(level.kernels.count_bits(result, Int64(words)) == Int64(bits))
    let other = (0..<words).map { _ in random.next() & random.next() }
    var both = result
    let left = level.kernels.and_words(&both, other, Int64(words))
    #expect(both == zip(result, other).map { $0 & $1 })
    #expect((left != 0) == both.contains { $0 != 0 })
  }

  @Test(arguments: Level.all, [0, 1, 7, 8, 31, 100])
  func `values in a range, also past the largest number`(level: Level, count: Int) {
    var random = RandomSource(seed: 4, UInt64(count))
    let values = (0..<count).map { _ in UInt32(truncatingIfNeeded: random.below(50)) }
    for (lower, width) in [(0, 50), (10, 20), (49, 1), (30, 0), (48, 4_000_000)]
      as [(UInt32, UInt32)]
    {
      let found = level.kernels.count_between(values, Int64(count), lower, width)
      #expect(Int(found) == KernelTwins.countBetween(values, lower: lower, width: width))
    }
  }

  @Test(arguments: Level.all, 1..<20)
  func `distances of one point and of several`(level: Level, dimension: Int) {
    var random = RandomSource(seed: 5, UInt64(dimension))
    let query = random.normals(dimension)
    let points = (0..<9).map { _ in random.normals(dimension) }
    var found = [Double](repeating: -1, count: 9)
    level.kernels.distances(points.flatMap { $0 }, 9, query, Int64(dimension), &found)
    for (point, distance) in zip(points, found) {
      #expect(distance == KernelTwins.distance(point, query))
      #expect(level.kernels.distance(point, query, Int64(dimension)) == distance)
    }
  }
}

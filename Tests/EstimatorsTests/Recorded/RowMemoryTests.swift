// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Testing

/// Rows in order: when they are found, and what they are worth.
@Suite struct RowMemoryTests {
  static let isSlow = ProcessInfo.processInfo.environment["MI_SLOW_TESTS"] == "1"

  private static func series(_ n: Int, _ coefficient: Double, seed: UInt64) -> [Double] {
    var random = RandomSource(seed: testSeed(seed), 0xA5)
    var last = random.normal() / (1 - coefficient * coefficient).squareRoot()
    return (0..<n).map { _ in
      last = coefficient * last + random.normal()
      return last
    }
  }

  private static func memory(_ x: [Double], _ y: [Double]) throws -> RowMemory {
    RowMemory(.samples(try Samples(x)), .samples(try Samples(y)))
  }

  /// Both sides of a pair are the same series, the worst case: false alarms come once in a thousand pairs
  /// at most.
  @Test(arguments: [30, 100, 1000])
  func independentRowsAreNotTakenForSeries(n: Int) throws {
    let seeds = Self.isSlow ? 2000 : 100
    var found = 0
    for seed in 0..<seeds {
      var random = RandomSource(seed: testSeed(seed), 0xB7)
      let normals = random.normals(n)
      // Tails of a ratio of normals, a few values, a skewed one.
      let others = random.normals(n)
      let ratio = zip(normals, others).map { $0 / $1 }
      for values in [
        normals, ratio, normals.map { ($0 * 1.5).rounded() }, normals.map { exp(2 * $0) },
      ]
      where try Self.memory(values, values).isOrdered {
        found += 1
      }
    }
    // Expected at the most: 0.4 of 400, 8 of 8,000.
    expect(found, atMost: (Self.isSlow ? 16 : 4))
  }

  /// n (1 - a b) / (1 + a b) by Bartlett; the mean over 20 seeds lies within a third of it.
  @Test(arguments: [(0.5, 0.5), (0.9, 0.9), (0.9, 0.5), (-0.9, -0.9), (0.95, 0.95)])
  func aPairOfAutoregressionsIsWorthWhatBartlettSays(a: Double, b: Double) throws {
    let n = 4000
    var logs = 0.0
    for seed in 0..<20 {
      let memory = try Self.memory(
        Self.series(n, a, seed: UInt64(2 * seed)), Self.series(n, b, seed: UInt64(2 * seed + 1)))
      #expect(memory.isOrdered)
      logs += log(memory.effectiveRows) / 20
    }
    let expected = Double(n) * (1 - a * b) / (1 + a * b)
    expect(logs, within: 0.33, of: log(expected))
  }

  @Test func ofOnePairOfSidesOnlyBothCount() throws {
    var random = RandomSource(seed: testSeed(1))
    let memory = try Self.memory(Self.series(1000, 0.95, seed: 2), random.normals(1000))
    #expect(!memory.isOrdered)
    #expect(memory.effectiveRows == 1000)
    #expect(memory.warning == nil)
  }

  @Test func cyclesWithoutCorrelationOfNeighborsAreFound() throws {
    // Quarters: sin at a quarter of its period is uncorrelated with itself one row on.
    var random = RandomSource(seed: testSeed(3))
    let x = (0..<400).map { sin(Double($0) * .pi / 2) + 0.3 * random.normal() }
    let y = (0..<400).map { cos(Double($0) * .pi / 2) + 0.3 * random.normal() }
    let memory = try Self.memory(x, y)
    #expect(memory.isOrdered)
    #expect(memory.length >= 2)
  }

  @Test func labelsInTimeAreSeriesAndSortedOnesNot() throws {
    let x = Self.series(2000, 0.95, seed: 4)
    let states = Self.series(2000, 0.95, seed: 5).map { $0 > 0 ? 1 : 0 }
    let samples = Variable.samples(try Samples(x))
    #expect(RowMemory(samples, .labels(try Labels(states))).isOrdered)
    #expect(!RowMemory(samples, .labels(try Labels(states.sorted()))).isOrdered)
  }

  @Test func aSortedSideIsNamed() throws {
    var random = RandomSource(seed: testSeed(6))
    let x = random.normals(500).sorted()
    let y = x.map { $0 + 0.5 * random.normal() }
    let memory = try Self.memory(x, y)
    #expect(memory.sorted == ["x"])
    #expect(memory.warning?.message.contains("x rises or falls throughout") == true)
  }

  /// The plain path: 1e6 rows that never forget take a fraction of a second, where a sum over lags would
  /// take hours.
  @Test func longSeriesTakeNoTime() throws {
    var sum = 0.0
    var random = RandomSource(seed: testSeed(7))
    let walk = random.normals(1_000_000).map { step in
      sum += step
      return sum
    }
    let clock = ContinuousClock()
    let start = clock.now
    #expect(try Self.memory(walk, walk).effectiveRows < 1000)
    #expect(clock.now - start < .seconds(10))
  }
}

// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Harness
import Testing

@Suite struct StoreComparisonTests {
  /// Two stores of one task with truth 0.5 whose estimates the closures give; nil is a failure.
  private func compare(
    versions: [String] = ["1", "2"], seeds: [Range<Int>] = [0..<8, 0..<8],
    before: (Int) -> Double?, after: (Int) -> Double?
  ) throws -> StoreComparison {
    let folder = try StoreFolder()
    let stores = [try folder.store("before"), try folder.store("after")]
    for (index, store) in stores.enumerated() {
      try store.register(plantedTask("t", nats: 0.5))
      for seed in seeds[index] {
        try store.insert(
          plantedRow(
            "a", "t", seed: seed, version: versions[index],
            nats: index == 0 ? before(seed) : after(seed)))
      }
    }
    return try StoreComparison(stores[0], stores[1])
  }

  private func noise(_ seed: Int, _ scale: Double) -> Double {
    var source = RandomSource(seed: testSeed(seed), 99)
    return scale * source.normal()
  }

  @Test func theSameBitsAreIdentical() throws {
    let comparison = try compare(versions: ["1", "1"]) {
      noise($0, 1)
    } after: {
      noise($0, 1)
    }
    #expect(comparison.changes.map(\.verdict) == [.identical])
    #expect(comparison.changes[0].pairs == 8)
    #expect(comparison.unannounced.isEmpty)
  }

  @Test func pairingFindsAChangeSmallerThanTheSpread() throws {
    let worse = try compare {
      0.5 + noise($0, 0.3)
    } after: {
      0.53 + noise($0, 0.3) * 1.001
    }
    let change = try #require(worse.changes.first)
    #expect(change.verdict == .worse || change.verdict == .better)
    expect((change.test?.difference ?? 0), within: 0.001, of: 0.03)
    #expect((change.adjustedP ?? 1) < 1e-6)
  }

  @Test func nearerToTheTruthIsBetterAndFartherWorse() throws {
    let better = try compare {
      0.7 + noise($0, 0.01)
    } after: {
      0.6 + noise($0 + 50, 0.01)
    }
    #expect(better.changes.map(\.verdict) == [.better])
    let worse = try compare {
      0.6 + noise($0, 0.01)
    } after: {
      0.7 + noise($0 + 50, 0.01)
    }
    #expect(worse.changes.map(\.verdict) == [.worse])
  }

  @Test func withoutCommonSeedsMeansAreCompared() throws {
    let same = try compare(seeds: [0..<8, 8..<16]) {
      0.5 + noise($0, 0.1)
    } after: {
      0.5 + noise($0, 0.1)
    }
    #expect(same.changes.map(\.verdict) == [.unclear])
    #expect(same.changes[0].pairs == 0)
    let moved = try compare(seeds: [0..<8, 8..<16]) {
      0.5 + noise($0, 0.1)
    } after: {
      1.5 + noise($0, 0.1)
    }
    #expect(moved.changes.map(\.verdict) == [.worse])
  }

  @Test func moreFailuresAreWorse() throws {
    let comparison = try compare { _ in
      0.5
    } after: {
      $0 == 3 ? nil : 0.5
    }
    #expect(comparison.changes.map(\.verdict) == [.worse])
    #expect(comparison.changes[0].failures == [0, 1])
  }

  @Test func aChangeWithoutANewVersionIsTold() throws {
    let comparison = try compare(versions: ["1", "1"]) { _ in
      0.5
    } after: {
      $0 == 0 ? 0.6 : 0.5
    }
    #expect(comparison.unannounced.count == 1)
    #expect(comparison.changes.map(\.verdict) == [.unclear])
  }

  @Test func whatOneStoreLacksIsListed() throws {
    let folder = try StoreFolder()
    let (first, second) = (try folder.store("first"), try folder.store("second"))
    for store in [first, second] { try store.register(plantedTask("t")) }
    try first.insert(plantedRow("old", "t", nats: 1))
    try second.insert(plantedRow("new", "t", nats: 1))
    let comparison = try StoreComparison(first, second)
    #expect(comparison.changes.isEmpty)
    #expect(comparison.onlyInFirst == ["old {} t 100"])
    #expect(comparison.onlyInSecond == ["new {} t 100"])
  }
}

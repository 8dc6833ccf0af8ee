// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Harness
import Testing

@Suite struct NormalizedValueTests {
  private func outcome(
    _ request: EstimationRequest, _ estimator: String, _ scales: [Normalization],
    _ texts: [String: String] = [:]
  ) throws -> EstimateOperation.Outcome {
    let entry = try EstimatorRegistry.builtIn().entry(estimator)
    return try EstimateOperation(
      entry: entry, parameters: entry.descriptor.resolve(texts), plan: nil, permutations: 0,
      normalizations: scales
    ).run(request)
  }

  /// Four classes that halves determine: ln 2 of ln 4, and all of the halves' own ln 2, without an error.
  @Test func sharesOfEntropiesAreExact() throws {
    let y = try Labels((0..<400).map { $0 % 4 })
    let half = try Labels((0..<400).map { $0 % 2 })
    let request = try EstimationRequest(x: .labels(half), y: .labels(y))
    let found = try outcome(request, "discrete", [.entropyY, .minEntropy], ["correction": "none"])
      .normalized
    #expect(abs(try #require(found[0].value) - 0.5) < 1e-12)
    #expect(abs(try #require(found[1].value) - 1) < 1e-12)
    #expect(abs(try #require(found[1].high) - 1) < 1e-12)
  }

  /// Of normal columns with correlation r the scale is r; the interval is 3.9 deviations of r wide, (1 - r^2) / sqrt(n) each.
  @Test func theCorrelationOfNormalColumnsIsTheirs() throws {
    var random = RandomSource(seed: testSeed(1))
    let x = random.normals(4000)
    let y = x.map { 0.6 * $0 + 0.8 * random.normal() }
    let request = try EstimationRequest(x: .samples(Samples(x)), y: .samples(Samples(y)))
    let found = try outcome(request, "gaussian", [.correlation]).normalized[0]
    expect(try #require(found.value), within: 0.036, of: 0.6)
    let (low, high) = (try #require(found.low), try #require(found.high))
    #expect(low < high)
    // The width's own deviation is that of r, a few percent of it.
    expect(high - low, within: 0.008, of: 3.92 * 0.64 / 4000.0.squareRoot())
  }

  /// Draws whose interval of the share holds the truth: 95 of 100 on average, fewer than 86 with probability 1e-4.
  @Test func theIntervalOfAShareHoldsTheTruth() throws {
    let wrong = 0.2
    let truth =
      (log(2.0) + wrong * log(wrong) + (1 - wrong) * log(1 - wrong)) / log(2.0)
    var held = 0
    for seed in 0..<100 {
      var random = RandomSource(seed: testSeed(seed), 0x4E)
      let y = (0..<1000).map { _ in random.below(2) }
      let x = y.map { random.uniform() < wrong ? 1 - $0 : $0 }
      let request = try EstimationRequest(x: .labels(Labels(x)), y: .labels(Labels(y)))
      let found = try outcome(request, "discrete", [.entropyY]).normalized[0]
      if try #require(found.low)...#require(found.high) ~= truth { held += 1 }
    }
    expect(held, atLeast: 86)
  }

  @Test func aNumberBelowZeroHasNoCorrelation() throws {
    // Half of all independent pairs read below 0.
    let found = try (0..<20).map { seed in
      var random = RandomSource(seed: testSeed(seed), 0x4F)
      let request = try EstimationRequest(
        x: .samples(Samples(random.normals(200))), y: .samples(Samples(random.normals(200))))
      return try outcome(request, "ksg-1", [.correlation])
    }.first { $0.estimate.information.nats < 0 }
    let one = try #require(found).normalized[0]
    #expect(one.value == nil)
    #expect(one.low == nil || one.low == 0)
  }

  @Test func continuousSidesHaveNoEntropy() throws {
    let request = try EstimationRequest(
      x: .samples(Samples([1, 2, 3, 4])), y: .samples(Samples([1, 2, 4, 3])))
    let error = #expect(throws: EstimatorError.self) {
      try outcome(request, "gaussian", [.minEntropy])
    }
    #expect(error?.code == .unsupportedKinds)
  }
}

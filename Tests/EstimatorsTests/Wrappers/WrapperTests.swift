// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Testing

@Suite struct WrapperTests {
  private let registry = EstimatorRegistry.builtIn()

  /// n rows with -ln(1 - 0.64) / 2 = 0.511 nats.
  private func pair(_ n: Int, seed: UInt64 = 3) throws -> (x: [Double], y: [Double]) {
    var random = RandomSource(seed: testSeed(seed))
    let x = random.normals(n)
    return (x, x.map { 0.8 * $0 + 0.6 * random.normal() })
  }

  private func nats(_ id: String, _ x: [Double], _ y: [Double]) throws -> Double {
    let request = try EstimationRequest(x: .samples(Samples(x)), y: .samples(Samples(y)))
    return try registry.make(id).estimate(request).information.nats
  }

  @Test(arguments: ["rank+ksg-1", "normal-scores+ksg-1", "rank+binning"])
  func ranksDoNotHearAnIncreasingFunction(id: String) throws {
    let (x, y) = try pair(1000)
    #expect(try nats(id, x, y) == nats(id, x.map { exp(5 * $0) }, y))
    // The mean of four has a standard deviation of 0.02; rank+binning is 0.04 low.
    let found = try mean(overDraws: 4) {
      let (x, y) = try pair(1000, seed: UInt64(3 + $0))
      return try nats(id, x, y)
    }
    expect(found, within: 0.1, of: 0.511)
  }

  @Test func withoutRanksItIsHeard() throws {
    let (x, y) = try pair(1000)
    try expect(abs(nats("ksg-1", x, y) - nats("ksg-1", x.map { exp(5 * $0) }, y)), above: 0.02)
  }

  @Test func standardizingMatchesTheEstimatorsOwn() throws {
    let (x, y) = try pair(500)
    let request = try EstimationRequest(
      x: .samples(Samples(x.map { 1000 * $0 })), y: .samples(Samples(y)))
    let wrapped = try registry.make("standardize+ksg-1").estimate(request).information.nats
    let own = try registry.make("ksg-1", ["scale": "standardize"]).estimate(request)
    #expect(abs(wrapped - own.information.nats) < 1e-9)
  }

  @Test func whiteningLeavesTheGaussianAlone() throws {
    var random = RandomSource(seed: testSeed(8))
    let core = random.normals(600)
    let rows = core.flatMap { [$0 + random.normal(), 2 * $0 + random.normal()] }
    let y = core.map { $0 + random.normal() }
    let request = try EstimationRequest(
      x: .samples(Samples(rowMajor: rows, count: 600, dimension: 2)), y: .samples(Samples(y)))
    let plain = try registry.make("gaussian").estimate(request).information.nats
    let white = try registry.make("whiten+gaussian").estimate(request).information.nats
    #expect(abs(plain - white) < 1e-10)
  }

  @Test func wrappersStackAndKeepTheParametersInside() throws {
    let entry = try registry.entry("pca+rank+ksg-1")
    #expect(entry.descriptor.id == "pca+rank+ksg-1")
    #expect(entry.descriptor.parameters.map(\.name).prefix(2) == ["components", "k"])
    let values = try entry.descriptor.resolve(["k": "7", "components": "2"])
    #expect(try entry.make(values).descriptor.id == "pca+rank+ksg-1")
  }

  @Test func anUnknownWrapperIsToldWhichThereAre() throws {
    let error = try #require(throws: EstimatorError.self) { try registry.entry("ranks+ksg-1") }
    #expect(error.code == .unknownEstimator)
    #expect(error.description.contains("rank, normal-scores"))
  }

  /// The plug-in of coarse tables drifts upward as 1 / n; extrapolation takes most of it out.
  @Test func extrapolationTakesOutALinearDrift() throws {
    var (plain, extrapolated) = (0.0, 0.0)
    for seed in 0..<50 {
      var random = RandomSource(seed: testSeed(seed))
      let request = try EstimationRequest(
        x: .labels(Labels((0..<600).map { _ in random.below(6) })),
        y: .labels(Labels((0..<600).map { _ in random.below(6) })), seed: testSeed(seed))
      let plugIn = ["correction": "none"]
      plain += try registry.make("discrete", plugIn).estimate(request).information.nats / 50
      extrapolated +=
        try registry.make("extrapolate+discrete", plugIn).estimate(request).information.nats / 50
    }
    // (6 - 1)(6 - 1) / (2 n) = 0.0208 is the plug-in's bias on independent labels.
    expect(plain, above: 0.015)
    // -0.004 with a standard deviation of 0.0015.
    expect(extrapolated, within: plain / 2, of: 0)
  }

  @Test func aDriftThatBendsIsRefused() throws {
    // Parts of 100 rows in 12 dimensions each, where bins are nearly all alone: ln n saturates.
    var random = RandomSource(seed: testSeed(5))
    let rows = 300
    let request = try EstimationRequest(
      x: .labels(Labels((0..<rows).map { _ in random.below(60) })),
      y: .labels(Labels((0..<rows).map { _ in random.below(60) })))
    let estimator = try registry.make(
      "extrapolate+discrete", ["correction": "none", "parts": "20"])
    let error = try #require(throws: EstimatorError.self) { try estimator.estimate(request) }
    #expect(error.description.contains("not linear"))
  }

  /// The parts share no row, so their mean is unbiased to the drift and its error is honest.
  @Test func aSubsampleReadsAsAllRowsWithinItsError() throws {
    var (misses, errors) = (0, 0.0)
    for seed in 0..<20 {
      let (x, y) = try pair(20_000, seed: UInt64(seed))
      let request = try EstimationRequest(
        x: .samples(Samples(x)), y: .samples(Samples(y)), seed: testSeed(seed))
      let subsampled = try registry.make(
        "subsample+ksg-1", ["rows": "1000", "parts": "8"]
      ).estimate(request)
      let error = try #require(subsampled.standardError).nats
      errors += error / 20
      misses += abs(subsampled.information.nats - 0.5108) > 2.36 * error ? 1 : 0
      #expect(subsampled.diagnostics["rowsRead"] == .integer(8000))
      #expect(subsampled.warnings.contains { $0.code == "subsample" })
    }
    // Student's t with 7 degrees of freedom: 5 of 100 are beyond 2.36, and more than 5 of 20 with 0.0003.
    expect(misses, atMost: 5)
    // One error of eight parts has a relative standard deviation of 0.27, the mean of 20 one of 0.06.
    expect(errors, in: 0.008...0.018)
  }

  /// The plug-in's bias on 36 cells, 25 / (2 m), is that of all rows and not that of a part.
  @Test func aSubsampleTakesTheBiasOfAllRows() throws {
    var mean = 0.0
    for seed in 0..<20 {
      var random = RandomSource(seed: testSeed(seed))
      let request = try EstimationRequest(
        x: .labels(Labels((0..<20_000).map { _ in random.below(6) })),
        y: .labels(Labels((0..<20_000).map { _ in random.below(6) })), seed: testSeed(seed))
      mean +=
        try registry.make(
          "subsample+discrete", ["correction": "none", "rows": "800", "parts": "4"]
        ).estimate(request).information.nats / 20
    }
    // 0.0156 on 800 rows, 0.0006 on 20,000.
    expect(mean, within: 0.003, of: 0.0006)
  }

  @Test func fewRowsAreAllRead() throws {
    let (x, y) = try pair(400)
    #expect(try nats("subsample+ksg-1", x, y) == nats("ksg-1", x, y))
  }

  @Test func aPartTooSmallForItsQuartersIsRefused() throws {
    let (x, y) = try pair(400)
    let request = try EstimationRequest(x: .samples(Samples(x)), y: .samples(Samples(y)))
    let estimator = try registry.make("subsample+auto", ["rows": "16", "parts": "2"])
    let error = try #require(throws: EstimatorError.self) { try estimator.estimate(request) }
    #expect(error.description.contains("quarters"))
  }

  @Test(arguments: [(1, 10), (5, 80), (10, 1000), (62, 1000)])
  func aSparseDrawIsTheSameAsADenseOne(size: Int, count: Int) {
    var (source, twin) = (RandomSource(seed: testSeed(9)), RandomSource(seed: testSeed(9)))
    var rows = Array(0..<count)
    for i in 0..<size { rows.swapAt(i, i + twin.below(count - i)) }
    #expect(source.subset(size, of: count) == Array(rows.prefix(size)))
  }
}

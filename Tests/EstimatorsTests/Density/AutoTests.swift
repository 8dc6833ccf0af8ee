// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Testing

@Suite struct AutoTests {
  private func request(
    n: Int, seed: UInt64, _ pair: (inout RandomSource) -> (Double, Double)
  ) throws -> EstimationRequest {
    var random = RandomSource(seed: testSeed(seed))
    let rows = (0..<n).map { _ in pair(&random) }
    return try continuousRequest(rows.map(\.0), rows.map(\.1), count: n)
  }

  @Test func `a Gaussian copula is chosen where it is right, under any increasing map`() throws {
    let truth = CorrelatedGaussian(n: 1000, dx: 2, dy: 2, nats: 1, pairs: 2)
    var random = RandomSource(seed: testSeed(51))
    let request = try truth.draw(&random)
    let estimator = try AutoEstimator(["fast": "true"])
    let found = try estimator.estimate(request)
    // The standard deviation over seeds is 0.043.
    expect(found.information.nats, within: 0.16, of: 1)
    let x = try #require(request.x.samples)
    let mapped = try EstimationRequest(
      x: .samples(
        Samples(rowMajor: x.values.map { $0 * $0 * $0 + $0 }, count: 1000, dimension: 2)),
      y: request.y, threads: 3)
    #expect(try estimator.estimate(mapped) == found)
  }

  @Test func `common tails choose the Student copula`() throws {
    let found = try AutoEstimator(["fast": "true"]).estimate(
      request(n: 1500, seed: 52) { random in
        let scale = 1 / abs(random.normal())
        return (scale * random.normal(), scale * random.normal())
      })
    #expect(found.diagnostics["chosen"] == .text("student-copula"))
    expect(found.information.nats, within: 0.08, of: 0.2242)
  }

  @Test func `clusters choose the mixture, and without it neighbors add what is missed`() throws {
    let request = try request(n: 2000, seed: 53) { random in
      let (a, b) = [(3.0, 0.0), (0, 3), (-3, 0), (0, -3)][random.below(4)]
      return (a + 0.5.squareRoot() * random.normal(), b + 0.5.squareRoot() * random.normal())
    }
    // By quadrature: Golden/mixture/make.py.
    let truth = 0.57297
    let found = try AutoEstimator().estimate(request)
    #expect(found.diagnostics["chosen"] == .text("gmm"))
    // Over seeds 0.02 below the truth, with a standard deviation of 0.024.
    expect(found.information.nats, within: 0.11, of: truth)
    let fast = try AutoEstimator(["fast": "true"]).estimate(request)
    expect(fast.information.nats, within: 0.1, of: truth)
    expect(abs(fast.number("neighborDifferenceNats")), above: 0.1)
  }

  @Test func `independence averages to zero, unclipped`() throws {
    let truth = CorrelatedGaussian(n: 300, dx: 1, dy: 1, nats: 0, pairs: 1)
    let found = try truth.estimates(24, seed: 54, of: AutoEstimator(["fast": "true"]))
    let nats = found.map(\.information.nats)
    // The mean of 24 has a standard deviation of 0.006.
    expect(meanAndDeviation(nats).mean, within: 0.025, of: 0)
    #expect(nats.contains { $0 < 0 })
  }

  @Test func `the guard is a lower bound, and the interval holds the truth`() throws {
    let truth = CorrelatedGaussian(n: 1000, dx: 1, dy: 1, nats: 0.8, pairs: 1)
    let found = try truth.estimates(10, seed: 55, of: AutoEstimator(["fast": "true"]))
    let bounds = found.map { $0.number("guardNats") }
    let (mean, deviation) = meanAndDeviation(bounds)
    // The deviation is one of ten draws, with an error of a quarter of its own.
    expect(mean, below: 0.8 + 5 * deviation / 10.0.squareRoot())
    let held = found.count { estimate in
      guard case .numbers(let interval) = estimate.diagnostics["intervalNats"] else { return false }
      return interval[0] < 0.8 && 0.8 < interval[1]
    }
    // Over seeds 9.5 with a standard deviation of 0.7.
    expect(held, atLeast: 7)
  }

  @Test func `neighbors of independent columns move little, and the error covers it`()
    throws
  {
    let truth = CorrelatedGaussian(n: 300, dx: 4, dy: 4, nats: 0, pairs: 4)
    let found = try truth.estimates(12, seed: 56, of: AutoEstimator(["fast": "true"]))
    // Of 12, 11.6 on average over seeds.
    let held = found.count { abs($0.information.nats) < 3 * ($0.standardError?.nats ?? 0) }
    expect(Double(held), above: 8.5)
    let moved = found.count { $0.number("neighborShare") > 0 }
    expect(Double(moved), below: 5.5)
  }

  @Test func `a Gaussian beyond what ranks resolve is read in its own columns`() throws {
    let truth = CorrelatedGaussian(n: 200, dx: 1, dy: 1, nats: 5, pairs: 1)
    var random = RandomSource(seed: testSeed(57))
    let found = try AutoEstimator().estimate(truth.draw(&random))
    #expect(found.diagnostics["coordinates"] == .text("columns"))
    // The standard deviation over seeds is 0.07.
    expect(found.information.nats, within: 0.35, of: 5)
  }

  @Test func `bent columns beyond what ranks resolve are warned of and stay below ln n`() throws {
    let truth = CorrelatedGaussian(n: 400, dx: 1, dy: 1, nats: 6, pairs: 1)
    var random = RandomSource(seed: testSeed(58))
    let request = try truth.draw(&random)
    let x = try #require(request.x.samples)
    let y = try #require(request.y.samples)
    let bent = try continuousRequest(
      x.values.map { $0 * $0 * $0 }, y.values.map { exponential(3 * $0) }, count: 400)
    let found = try AutoEstimator().estimate(bent)
    #expect(found.diagnostics["coordinates"] == .text("spreadRanks"))
    #expect(found.warnings.contains { $0.code == "rankResolution" })
    expect(found.information.nats, below: naturalLogarithm(400))
    expect(found.number("unspreadRankNats"), above: found.information.nats)
  }

  @Test func `constant columns are refused`() throws {
    let error = #expect(throws: EstimatorError.self) {
      try AutoEstimator().estimate(
        continuousRequest(
          (0..<50).map(Double.init), [Double](repeating: 1, count: 50), count: 50))
    }
    #expect(error?.code == .constantColumn)
  }
}

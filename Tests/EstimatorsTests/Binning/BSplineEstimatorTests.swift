// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Testing

@Suite("bspline")
struct BSplineEstimatorTests {
  @Test("Equals SciPy's splines", arguments: BinningGolden.shared.pairs)
  func golden(golden: BinningGolden.Pair) throws {
    for spline in golden.bspline {
      let texts = ["order": "\(Int(spline[0]))", "bins": "\(Int(spline[1]))"]
      let estimate = try BSplineEstimator(texts).estimate(golden.request())
      #expect(abs(estimate.information.nats - spline[2]) < 1e-12, "order \(spline[0])")
    }
  }

  @Test("The functions sum to 1 and none is negative", arguments: 1...6)
  func partitionOfUnity(order: Int) {
    let basis = BSplineBasis(order: order, count: 9)
    let last = Double(9 - order + 1)
    var weights = [Double](repeating: 0, count: order)
    for step in 0...200 {
      let first = basis.evaluate(at: last * Double(step) / 200, into: &weights)
      #expect(abs(weights.reduce(0, +) - 1) < 1e-14)
      #expect((weights.min() ?? -1) >= 0)
      #expect(first + order <= 9)
    }
  }

  @Test("Order 1 is binning with one width")
  func orderOne() throws {
    let request = try gaussianPair(0.7, n: 500, seed: 3)
    let steps = try BSplineEstimator(["order": "1", "bins": "12"]).estimate(request)
    let texts = ["rule": "equal-width", "bins": "12", "correction": "none"]
    let binned = try BinningEstimator(texts).estimate(request)
    #expect(abs(steps.information.nats - binned.information.nats) < 1e-12)
    #expect(abs((steps.standardError?.nats ?? 0) - (binned.standardError?.nats ?? 1)) < 1e-12)
  }

  @Test(
    "Errs as documented on Gaussian pairs: soft bins lose information",
    arguments: [
      (rho: 0.0, n: 5000, low: 0.0, high: 0.01), (rho: 0.6, n: 5000, low: -0.10, high: -0.04),
      (rho: 0.95, n: 5000, low: -0.75, high: -0.50),
    ])
  func gaussianTruth(rho: Double, n: Int, low: Double, high: Double) throws {
    // The mean of ten has a standard deviation of 0.003 at 0.6 and 0.015 at 0.95.
    let found = try mean(overDraws: 10) {
      try BSplineEstimator().estimate(gaussianPair(rho, n: n, seed: UInt64(8 + $0))).information
        .nats
    }
    let error = found + 0.5 * log(1 - rho * rho)
    expect(error, above: low)
    expect(error, below: high)
  }

  @Test("Known bias: high under independence, less than hard bins")
  func biasDirection() throws {
    var soft = 0.0
    var hard = 0.0
    for seed in 0..<30 {
      let request = try gaussianPair(0, n: 200, seed: UInt64(seed))
      soft += try BSplineEstimator().estimate(request).information.nats / 30
      hard += try BSplineEstimator(["order": "1"]).estimate(request).information.nats / 30
    }
    expect(soft, above: 0.02)
    expect(soft, below: 0.6 * hard)
  }

  @Test("The stated standard error is the spread over samples or a little more")
  func standardError() throws {
    let estimates = try (0..<600).map {
      try BSplineEstimator().estimate(gaussianPair(0.6, n: 400, seed: UInt64($0)))
    }
    let mean = estimates.reduce(0) { $0 + $1.information.nats } / 600
    let variance = estimates.reduce(0) { $0 + pow($1.information.nats - mean, 2) } / 599
    let stated = estimates.reduce(0) { $0 + ($1.standardError?.nats ?? 0) } / 600
    // Over seeds 1.09 with a standard deviation of 0.04, mostly that of a variance of 600 draws.
    expect(stated / variance.squareRoot(), in: 0.92...1.26)
  }

  @Test("More dimensions, constants and too few bins are refused")
  func refusals() throws {
    let two = Variable.samples(try Samples(rowMajor: [1, 2, 3, 4, 5, 7], count: 3, dimension: 2))
    let one = Variable.samples(try Samples([1, 2, 3]))
    let flat = Variable.samples(try Samples([2, 2, 2]))
    let wide = #expect(throws: EstimatorError.self) {
      try BSplineEstimator().estimate(EstimationRequest(x: two, y: one))
    }
    #expect(wide?.code == .dimensionOutOfRange)
    #expect(throws: EstimatorError.constantColumn(side: "y", column: 0, value: 2)) {
      try BSplineEstimator().estimate(EstimationRequest(x: one, y: flat))
    }
    let bins = #expect(throws: EstimatorError.self) { try BSplineEstimator(["bins": "2"]) }
    #expect(bins?.code == .invalidParameter)
  }
}

// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Testing

@Suite("kde")
struct KDEEstimatorTests {
  @Test("Tends to the leave-one-out sums over all pairs of rows", arguments: 0..<4)
  func golden(index: Int) throws {
    let golden = try goldenJSON("kernel/kernel.json", as: KernelGolden.self).cases[index]
    let grid = golden.dx + golden.dy == 3 ? "128" : "1024"
    for value in golden.values {
      let texts = ["scale": value.scale, "bandwidth": "silverman", "grid": grid]
      let estimate = try KDEEstimator(texts).estimate(golden.request())
      guard case .number(let bandwidth) = estimate.diagnostics["bandwidth"] else {
        Issue.record("no bandwidth")
        continue
      }
      #expect(abs(bandwidth - value.bandwidth) < 1e-12)
      // Linear binning widens the kernel by about cell^2 / 6.
      let tolerance = golden.dx + golden.dy == 3 ? 1e-3 : 1e-5
      #expect(abs(estimate.information.nats - value.nats) < tolerance, "\(value.scale)")
    }
  }

  @Test(
    "Finds the information of a Gaussian pair",
    arguments: [
      // The spread over samples is 0.001, 0.012 and 0.022 at the three rho.
      (rho: 0.0, rule: "jackknife", tolerance: 0.003),
      (rho: 0.5, rule: "jackknife", tolerance: 0.015),
      (rho: 0.9, rule: "jackknife", tolerance: 0.03),
      (rho: 0.5, rule: "silverman", tolerance: 0.015), (rho: 0.5, rule: "isj", tolerance: 0.015),
    ])
  func gaussianTruth(rho: Double, rule: String, tolerance: Double) throws {
    let request = try gaussianPair(rho, n: 3000, seed: 4)
    let estimate = try KDEEstimator(["bandwidth": rule]).estimate(request)
    let truth = -0.5 * log(1 - rho * rho)
    expect(estimate.information.nats, within: tolerance, of: truth)
  }

  @Test("Finds a circle, which correlation does not see")
  func circle() throws {
    var random = RandomSource(seed: testSeed(2))
    let angles = (0..<4000).map { _ in 2 * Double.pi * random.uniform() }
    let x = angles.map { cos($0) + 0.1 * random.normal() }
    let y = angles.map { sin($0) + 0.1 * random.normal() }
    let request = try EstimationRequest(x: .samples(Samples(x)), y: .samples(Samples(y)))
    // H(x) + H(y) - H(x, y) by quadrature; the radius has a closed density (Bessel's I0).
    let truth = 0.678855
    for scale in ["normal-scores", "copula", "standard"] {
      let nats = try KDEEstimator(["scale": scale]).estimate(request).information.nats
      // Known bias: down, as the kernels smooth the ring.
      expect(nats, in: truth - 0.04...truth, "\(scale)")
    }
  }

  @Test("Two columns against one", arguments: [("normal-scores", 0.04), ("copula", 0.05)])
  func threeColumns(scale: String, tolerance: Double) throws {
    var random = RandomSource(seed: testSeed(12))
    let x = random.normals(2 * 4000)
    let y = (0..<4000).map { x[2 * $0] + x[2 * $0 + 1] + random.normal() }
    let request = try EstimationRequest(
      x: .samples(Samples(rowMajor: x, count: 4000, dimension: 2)), y: .samples(Samples(y)))
    let swapped = try EstimationRequest(x: request.y, y: request.x)
    let estimate = try KDEEstimator(["scale": scale]).estimate(request)
    expect(estimate.information.nats, within: tolerance, of: 0.5 * log(3))
    let other = try KDEEstimator(["scale": scale]).estimate(swapped)
    #expect(abs(estimate.information.nats - other.information.nats) < 1e-9)
  }

  @Test("Known bias: down under strong dependence, up under independence with jackknife")
  func biasDirection() throws {
    var independent = 0.0
    for seed in 0..<20 {
      let request = try gaussianPair(0, n: 300, seed: UInt64(seed))
      independent += try KDEEstimator(["grid": "128"]).estimate(request).information.nats / 20
    }
    expect(independent, above: -0.002)
    expect(independent, below: 0.03)
    let request = try gaussianPair(0.999, n: 1000, seed: 1)
    let strong = try KDEEstimator().estimate(request).information.nats
    expect(strong, below: -0.5 * log(1 - 0.999 * 0.999) - 0.05)
  }

  @Test("The stated standard error is about three quarters of the spread over samples")
  func standardError() throws {
    let estimates = try (0..<80).map {
      try KDEEstimator(["grid": "128"]).estimate(gaussianPair(0.7, n: 500, seed: UInt64($0)))
    }
    let mean = estimates.reduce(0) { $0 + $1.information.nats } / 80
    let variance = estimates.reduce(0) { $0 + pow($1.information.nats - mean, 2) } / 79
    let stated = estimates.reduce(0) { $0 + ($1.standardError?.nats ?? 0) } / 80
    // Each term leaves its own row out, but the density varies with all the others.
    expect(stated / variance.squareRoot(), in: 0.62...0.88)
  }

  @Test("Increasing maps leave every bit on ranks; swap, order and threads leave the number")
  func invariances() throws {
    let (x, y) = (
      try gaussianPair(0.6, n: 700, seed: 3).x, try gaussianPair(0.6, n: 700, seed: 3).y
    )
    let plain = try EstimationRequest(x: x, y: y)
    let mapped = try EstimationRequest(
      x: .samples(Samples(try #require(x.samples).values.map { exp(5 * $0) })), y: y)
    let estimator = try KDEEstimator()
    let estimate = try estimator.estimate(plain)
    #expect(try estimator.estimate(mapped) == estimate)
    let order = Array((0..<700).reversed())
    let others = [
      try EstimationRequest(x: y, y: x),
      try EstimationRequest(x: x.selecting(rows: order), y: y.selecting(rows: order)),
    ]
    for other in others {
      #expect(
        abs(try estimator.estimate(other).information.nats - estimate.information.nats) < 1e-9)
    }
    var parallel = plain
    parallel.threads = 3
    #expect(try estimator.estimate(parallel) == estimate)
  }

  @Test("A row far from all others is counted, and repeated rows warn")
  func warnings() throws {
    var random = RandomSource(seed: testSeed(1))
    var x = random.normals(400)
    var y = random.normals(400)
    (x[0], y[0]) = (60, 60)
    let far = try KDEEstimator(["scale": "standard", "bandwidth": "silverman"]).estimate(
      EstimationRequest(x: .samples(Samples(x)), y: .samples(Samples(y))))
    #expect(far.diagnostics["isolatedRows"] == .integer(1))
    #expect(far.warnings.contains { $0.code == "isolatedRows" })
    #expect(far.pointwise?[0] == 0)
    let (half, other) = (Array(x[1...200]), Array(y[1...200]))
    let repeated = try KDEEstimator().estimate(
      EstimationRequest(
        x: .samples(Samples(half + half)), y: .samples(Samples(other + other))))
    #expect(repeated.warnings.contains { $0.code == "bandwidthEdge" })
    #expect(repeated.warnings.contains { $0.code == "ties" })
  }

  @Test("Four columns, constants and unsuitable parameters are refused by name")
  func refusals() throws {
    let wide = Variable.samples(
      try Samples(rowMajor: (0..<20).map { sin(Double($0)) }, count: 10, dimension: 2))
    let one = Variable.samples(try Samples((0..<10).map { cos(Double($0 * $0)) }))
    let flat = Variable.samples(try Samples([Double](repeating: 2, count: 10)))
    func code(
      _ texts: [String: String], _ x: Variable, _ y: Variable
    ) -> EstimatorError.Code? {
      let error = #expect(throws: EstimatorError.self) {
        try KDEEstimator(texts).estimate(EstimationRequest(x: x, y: y))
      }
      return error?.code
    }
    #expect(code([:], wide, wide) == .dimensionOutOfRange)
    #expect(code([:], one, flat) == .constantColumn)
    #expect(code(["bandwidth": "isj"], wide, one) == .invalidParameter)
    #expect(code(["grid": "512"], wide, one) == .invalidParameter)
    #expect(code(["grid": "3"], one, one) == .invalidParameter)
  }
}

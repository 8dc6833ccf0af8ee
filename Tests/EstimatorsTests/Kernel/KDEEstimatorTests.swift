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
      // The mean of four has a standard deviation of 0.0005, 0.004 and 0.008 at the three rho, and is 0.001,
      // 0.008 and 0.016 low.
      (rho: 0.0, rule: "jackknife", tolerance: 0.003),
      (rho: 0.5, rule: "jackknife", tolerance: 0.025),
      (rho: 0.9, rule: "jackknife", tolerance: 0.05),
      (rho: 0.5, rule: "silverman", tolerance: 0.025), (rho: 0.5, rule: "isj", tolerance: 0.025),
    ])
  func gaussianTruth(rho: Double, rule: String, tolerance: Double) throws {
    let found = try mean(overDraws: 4) {
      let request = try gaussianPair(rho, n: 3000, seed: UInt64(4 + $0))
      return try KDEEstimator(["bandwidth": rule]).estimate(request).information.nats
    }
    expect(found, within: tolerance, of: -0.5 * log(1 - rho * rho))
  }

  @Test("Finds a circle, which correlation does not see")
  func circle() throws {
    var random = RandomSource(seed: testSeed(2))
    let requests = try (0..<10).map { _ in
      let angles = (0..<4000).map { _ in 2 * Double.pi * random.uniform() }
      let x = angles.map { cos($0) + 0.1 * random.normal() }
      let y = angles.map { sin($0) + 0.1 * random.normal() }
      return try EstimationRequest(x: .samples(Samples(x)), y: .samples(Samples(y)))
    }
    // H(x) + H(y) - H(x, y) by quadrature; the radius has a closed density (Bessel's I0).
    let truth = 0.678855
    for scale in ["normal-scores", "copula", "standard"] {
      let nats = try mean(overDraws: 10) {
        try KDEEstimator(["scale": scale]).estimate(requests[$0]).information.nats
      }
      // Known bias: down, as the kernels smooth the ring. The mean of ten has a standard deviation of 0.003.
      expect(nats, in: truth - 0.045...truth, "\(scale)")
    }
  }

  @Test("Two columns against one", arguments: [("normal-scores", 0.065), ("copula", 0.085)])
  func threeColumns(scale: String, tolerance: Double) throws {
    var random = RandomSource(seed: testSeed(12))
    let estimator = try KDEEstimator(["scale": scale])
    var last = try gaussianPair(0, n: 10, seed: 1)
    let found = try mean(overDraws: 6) { _ in
      let x = random.normals(2 * 4000)
      let y = (0..<4000).map { x[2 * $0] + x[2 * $0 + 1] + random.normal() }
      last = try EstimationRequest(
        x: .samples(Samples(rowMajor: x, count: 4000, dimension: 2)), y: .samples(Samples(y)))
      return try estimator.estimate(last).information.nats
    }
    // Known bias: down, by 0.03 and 0.05; the mean of six has a standard deviation of 0.008.
    expect(found, in: 0.5 * log(3) - tolerance...0.5 * log(3))
    let swapped = try EstimationRequest(x: last.y, y: last.x)
    let (one, other) = (try estimator.estimate(last), try estimator.estimate(swapped))
    #expect(abs(one.information.nats - other.information.nats) < 1e-9)
  }

  @Test("Known bias: down under strong dependence, up under independence with jackknife")
  func biasDirection() throws {
    var independent = 0.0
    for seed in 0..<20 {
      let request = try gaussianPair(0, n: 300, seed: UInt64(seed))
      independent += try KDEEstimator(["grid": "128"]).estimate(request).information.nats / 20
    }
    // The mean of 20 has a standard deviation of 0.0007.
    expect(independent, above: -0.004)
    expect(independent, below: 0.03)
    // The mean of four: 0.16 low, with a standard deviation of 0.017.
    let strong = try mean(overDraws: 4) {
      try KDEEstimator().estimate(gaussianPair(0.999, n: 1000, seed: UInt64(1 + $0))).information
        .nats
    }
    expect(strong, below: -0.5 * log(1 - 0.999 * 0.999) - 0.05)
  }

  @Test("The stated standard error is about four fifths of the spread over samples")
  func standardError() throws {
    let estimates = try (0..<300).map {
      try KDEEstimator(["grid": "128"]).estimate(gaussianPair(0.7, n: 500, seed: UInt64($0)))
    }
    let mean = estimates.reduce(0) { $0 + $1.information.nats } / 300
    let variance = estimates.reduce(0) { $0 + pow($1.information.nats - mean, 2) } / 299
    let stated = estimates.reduce(0) { $0 + ($1.standardError?.nats ?? 0) } / 300
    // Each term leaves its own row out, but the density varies with all the others. Over seeds 0.82 with
    // a standard deviation of 0.04.
    expect(stated / variance.squareRoot(), in: 0.64...0.98)
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

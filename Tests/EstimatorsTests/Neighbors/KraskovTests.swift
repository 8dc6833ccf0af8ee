// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Testing

@Suite("ksg-1 and ksg-2")
struct KraskovTests {
  /// n, dimensions a side, correlation, tolerance of the mean of 40: its standard deviation over seeds is
  /// 0.005 to 0.008, its bias up to 0.01, and 0.02 in two dimensions.
  @Test(arguments: [
    (500, 1, 0.0, 0.035), (500, 1, 0.6, 0.035), (1000, 1, 0.9, 0.035), (1000, 2, 0.0, 0.03),
    (1000, 2, 0.6, 0.05),
  ])
  func `unbiased within the tolerance in few dimensions`(
    n: Int, d: Int, rho: Double, tolerance: Double
  ) throws {
    let truth = -0.5 * Double(d) * log(1 - rho * rho)
    var (one, two) = (0.0, 0.0)
    for seed in 0..<40 {
      let request = try NeighborData.gaussian(n: n, d: d, rho: rho, seed: UInt64(seed))
      one += try KSG1Estimator().estimate(request).information.nats / 40
      two += try KSG2Estimator().estimate(request).information.nats / 40
    }
    expect(one, within: tolerance, of: truth)
    expect(two, within: tolerance, of: truth)
  }

  @Test func `the bias is downwards and grows with dimension and with information`() throws {
    func meanError(d: Int, rho: Double) throws -> Double {
      let truth = -0.5 * Double(d) * log(1 - rho * rho)
      return try (0..<5).reduce(0) { sum, seed in
        let request = try NeighborData.gaussian(n: 800, d: d, rho: rho, seed: UInt64(seed))
        return sum + (try KSG1Estimator().estimate(request).information.nats - truth) / 5
      }
    }
    let five = try meanError(d: 5, rho: 0.6)
    let ten = try meanError(d: 10, rho: 0.6)
    let tenStronger = try meanError(d: 10, rho: 0.8)
    expect(five, below: -0.1)
    expect(ten, below: five - 0.3)
    expect(tenStronger, below: ten - 0.5)
  }

  @Test func `a small k has less bias and more variance`() throws {
    func moments(k: Int) throws -> (bias: Double, variance: Double) {
      let truth = -2.5 * log(1 - 0.64)
      let values = try (0..<40).map { seed in
        let request = try NeighborData.gaussian(n: 300, d: 5, rho: 0.8, seed: UInt64(seed))
        return try KSG1Estimator(["k": "\(k)"]).estimate(request).information.nats
      }
      let mean = values.reduce(0, +) / 40
      return (mean - truth, values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 39)
    }
    let (small, large) = (try moments(k: 1), try moments(k: 15))
    expect(small.bias, within: abs(large.bias), of: 0)
    expect(small.variance, above: large.variance)
  }

  @Test func `identical sides are at the ceiling and warned about`() throws {
    let request = try NeighborData.gaussian(n: 400, d: 1, rho: 0, seed: 1)
    let same = try EstimationRequest(x: request.x, y: request.x)
    let one = try KSG1Estimator().estimate(same)
    #expect(abs(one.information.nats - (digamma(400) - digamma(3))) < 1e-12)
    #expect(one.warnings.contains { $0.code == "ceiling" })
    let two = try KSG2Estimator().estimate(same)
    #expect(abs(two.information.nats - (digamma(400) - digamma(3) - 1.0 / 3)) < 1e-12)
    #expect(two.warnings.contains { $0.code == "ceiling" })
    #expect(try !KSG1Estimator().estimate(request).warnings.contains { $0.code == "ceiling" })
  }

  @Test func `ties and duplicates are counted and warned about, and jitter removes them`() throws {
    let x = try Samples([1, 1, 2, 3, 4, 5, 6, 6, 7, 9])
    let y = try Samples([2, 2, 2, 3, 4, 6, 1, 0, 8, 9])
    let request = try EstimationRequest(x: .samples(x), y: .samples(y), seed: testSeed(3))
    let plain = try KSG1Estimator(["k": "1", "ties": "exact"]).estimate(request)
    #expect(plain.diagnostics["tiesX"] == .integer(4))
    #expect(plain.diagnostics["tiesY"] == .integer(3))
    #expect(plain.diagnostics["duplicates"] == .integer(2))
    #expect(plain.warnings.map(\.code).sorted() == ["duplicates", "ties"])
    let jittered = try KSG1Estimator(["k": "1", "jitter": "1e-10"]).estimate(request)
    #expect(jittered.diagnostics["tiesX"] == .integer(0))
    #expect(jittered.diagnostics["jitter"] == .number(1e-10))
    #expect(jittered.warnings.isEmpty)
    #expect(try KSG1Estimator(["k": "1", "jitter": "1e-10"]).estimate(request) == jittered)
  }

  @Test func `standardizing undoes the columns' units, which otherwise count`() throws {
    let request = try NeighborData.gaussian(n: 500, d: 2, rho: 0.7, seed: 4)
    let samples = try #require(request.x.samples)
    let stretched = try Samples(
      rowMajor: samples.values.enumerated().map { $0 % 2 == 0 ? $1 * 1000 : $1 }, count: 500,
      dimension: 2)
    let other = try EstimationRequest(x: .samples(stretched), y: request.y)
    let standardize = try KSG1Estimator(["scale": "standardize"])
    let (a, b) = (try standardize.estimate(request), try standardize.estimate(other))
    #expect(abs(a.information.nats - b.information.nats) < 1e-3)
    #expect(a.diagnostics["scale"] == .text("standardize"))
    let (c, d) = (try KSG1Estimator().estimate(request), try KSG1Estimator().estimate(other))
    expect(abs(c.information.nats - d.information.nats), above: 0.05)
  }

  @Test func `no more rows than neighbors is refused with both numbers`() throws {
    let request = try NeighborData.gaussian(n: 10, d: 1, rho: 0, seed: 1)
    let error = #expect(throws: EstimatorError.self) {
      try KSG1Estimator(["k": "3,10"]).estimate(request)
    }
    #expect(error?.code == .tooFewSamples)
    #expect(error?.description == "Estimator ksg-1 got 10 rows; it needs at least 11.")
  }

  @Test func `a constant column, labels and a repeated k are refused`() throws {
    let x = try Samples(rowMajor: [1, 5, 2, 5, 3, 5, 4, 5], count: 4, dimension: 2)
    let y = try Samples([1, 2, 3, 4])
    let constant = #expect(throws: EstimatorError.self) {
      try KSG2Estimator().estimate(EstimationRequest(x: .samples(y), y: .samples(x)))
    }
    #expect(constant == .constantColumn(side: "y", column: 1, value: 5))
    let mixed = try EstimationRequest(x: .samples(y), y: .labels(Labels([0, 1, 0, 1])))
    let kinds = #expect(throws: EstimatorError.self) { try KSG1Estimator().estimate(mixed) }
    #expect(kinds?.code == .unsupportedKinds)
    #expect(kinds?.description.contains("ross") == true)
    let repeated = #expect(throws: EstimatorError.self) { try KSG1Estimator(["k": "3,3"]) }
    #expect(repeated?.code == .invalidParameter)
  }

  @Test func `the claimed invariances hold`() throws {
    let request = try NeighborData.gaussian(n: 300, d: 2, rho: 0.6, seed: 9)
    let (x, y) = (try #require(request.x.samples), try #require(request.y.samples))
    var random = RandomSource(seed: testSeed(1))
    let order = random.permutation(300)
    func scaled(_ samples: Samples, by factor: Double, plus shift: Double) throws -> Variable {
      .samples(
        try Samples(
          rowMajor: samples.values.map { $0 * factor + shift }, count: 300, dimension: 2))
    }
    let changed = [
      try EstimationRequest(x: request.y, y: request.x),
      try EstimationRequest(
        x: request.x.selecting(rows: order), y: request.y.selecting(rows: order)),
      try EstimationRequest(
        x: scaled(x, by: 4, plus: 0), y: scaled(y, by: 4, plus: 0)),
      try EstimationRequest(x: scaled(x, by: 1, plus: 1), y: request.y),
    ]
    for other in changed {
      for id in ["ksg-1", "ksg-2"] {
        let estimator = try EstimatorRegistry.builtIn().make(id)
        let (a, b) = (try estimator.estimate(request), try estimator.estimate(other))
        #expect(abs(a.information.nats - b.information.nats) < 1e-9)
      }
    }
  }
}

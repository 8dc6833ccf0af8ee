// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Testing

@Suite("darbellay-vajda")
struct DarbellayVajdaEstimatorTests {
  @Test("Equals the definition with masks over all rows", arguments: BinningGolden.shared.pairs)
  func golden(golden: BinningGolden.Pair) throws {
    let estimate = try DarbellayVajdaEstimator().estimate(golden.request())
    #expect(abs(estimate.information.nats - golden.darbellayVajda) < 1e-12)
  }

  @Test(
    "Finds the information of a Gaussian pair",
    arguments: [
      (rho: 0.0, n: 5000, tolerance: 0.03), (rho: 0.6, n: 5000, tolerance: 0.05),
      (rho: 0.9, n: 5000, tolerance: 0.08),
    ])
  func gaussianTruth(rho: Double, n: Int, tolerance: Double) throws {
    let estimate = try DarbellayVajdaEstimator().estimate(gaussianPair(rho, n: n, seed: 4))
    expect(estimate.information.nats + 0.5 * log(1 - rho * rho), within: tolerance, of: 0)
  }

  @Test("Known bias: above 0 under independence, below the truth under strong dependence")
  func biasDirections() throws {
    var independent = 0.0
    var strong = 0.0
    for seed in 0..<100 {
      let estimator = try DarbellayVajdaEstimator()
      let none = try gaussianPair(0, n: 500, seed: UInt64(seed))
      let much = try gaussianPair(0.99, n: 500, seed: UInt64(seed))
      independent += try estimator.estimate(none).information.nats / 100
      strong += try estimator.estimate(much).information.nats / 100
    }
    // 0.0015 with a standard deviation of 0.0003.
    expect(independent, above: 0.0002)
    expect(independent, below: 0.05)
    expect(strong, below: -0.5 * log(1 - 0.99 * 0.99))
  }

  @Test("A circle is seen though its quadrants are equal")
  func circle() throws {
    let golden = try #require(BinningGolden.shared.pairs.first { $0.kind == "circle" })
    let estimate = try DarbellayVajdaEstimator().estimate(golden.request())
    #expect(estimate.information.nats > 0.5)
  }

  @Test("A monotone map changes no bit, and swapping sides only the order of sums")
  func invariances() throws {
    let request = try gaussianPair(0.5, n: 400, seed: 6)
    let x = try #require(request.x.samples)
    let first = try DarbellayVajdaEstimator().estimate(request)
    let mapped = Variable.samples(try Samples(x.values.map { exp(3 * $0) }))
    let second = try DarbellayVajdaEstimator().estimate(EstimationRequest(x: mapped, y: request.y))
    #expect(second == first)
    let swapped = try DarbellayVajdaEstimator().estimate(
      EstimationRequest(x: request.y, y: request.x))
    #expect(abs(swapped.information.nats - first.information.nats) < 1e-12)
  }

  @Test("Two tied columns of two values are the table by hand")
  func binary() throws {
    let x = [0.0, 0, 0, 0, 1, 1, 1, 1]
    let y = [0.0, 0, 0, 1, 0, 1, 1, 1]
    let request = try EstimationRequest(x: .samples(Samples(x)), y: .samples(Samples(y)))
    let estimate = try DarbellayVajdaEstimator().estimate(request)
    #expect(abs(estimate.information.nats - (0.75 * log(1.5) + 0.25 * log(0.5))) < 1e-15)
    #expect(estimate.diagnostics["ties"] == .integer(16))
  }
}

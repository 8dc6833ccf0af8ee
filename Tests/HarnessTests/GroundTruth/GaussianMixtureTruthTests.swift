// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Harness
import Testing

@Suite struct GaussianMixtureTruthTests {
  static let cases: [(dimension: Int, proportions: [Double], nats: Double)] = [
    (1, [0.5, 0.5], 0.3), (1, [0.2, 0.3, 0.5], 0.6), (5, [1, 1, 1], 0.9), (2, [0.9, 0.1], 0.1),
    (16, [Double](repeating: 0.1, count: 10), 1.5), (3, [0.4, 0.3, 0.2, 0.1], 0),
    (20, [Double](repeating: 0.1, count: 10), 2.295),
  ]

  @Test(arguments: cases)
  func meanPointwiseInformationIsTheTruth(
    dimension: Int, proportions: [Double], nats: Double
  ) throws {
    let truth = try GaussianMixtureTruth(
      dimension: dimension, classProportions: proportions, information: Information(nats: nats))
    let deviation = try #require(standardErrorsOff(truth))
    expect(deviation, below: truthErrors)
    #expect(truth.informationError.nats < 1e-6)
  }

  /// Two classes in one dimension: I = ln 2 - E ln(1 + exp(-2 m (m + z))), z standard normal, summed
  /// finely here for the half distance m that the first moment of the sample shows.
  @Test func twoClassesAgreeWithAnIndependentIntegral() throws {
    let truth = try GaussianMixtureTruth(
      dimension: 1, classProportions: [0.5, 0.5], information: Information(nats: 0.4))
    let pair = truth.sample(400_000, seed: testSeed(2))
    let x = try #require(pair.x.samples).values
    let codes = try #require(pair.y.labels).codes
    let m = zip(x, codes).reduce(0) { $0 + ($1.1 == 0 ? -$1.0 : $1.0) } / Double(x.count)
    var nats = log(2.0)
    for z in stride(from: -9.0, through: 9, by: 0.01) {
      nats -= 0.01 * exp(-z * z / 2) / (2 * Double.pi).squareRoot() * log1p(exp(-2 * m * (m + z)))
    }
    expect(nats, within: 0.005, of: 0.4)
  }

  @Test func proportionsAndWithinClassVarianceAreAsDefined() throws {
    let truth = try GaussianMixtureTruth(
      dimension: 4, classProportions: [0.6, 0.3, 0.1], information: Information(nats: 0.5))
    let pair = truth.sample(100_000, seed: testSeed(9))
    let x = try #require(pair.x.samples)
    let labels = try #require(pair.y.labels)
    #expect(labels.names == ["0", "1", "2"])
    for (size, p) in zip(labels.classSizes, [0.6, 0.3, 0.1]) {
      expect(Double(size) / 100_000, within: 4 * (p * (1 - p) / 100_000).squareRoot(), of: p)
    }
    let c = covariance(x.selecting(rows: (0..<x.count).filter { labels.codes[$0] == 0 }))
    for i in 0..<4 {
      for j in 0...i { #expect(abs(c[i, j] - (i == j ? 1 : 0)) < 0.03) }
    }
  }

  @Test func informationBeyondTheEntropyIsRefused() {
    #expect(throws: EstimatorError.self) {
      try GaussianMixtureTruth(
        dimension: 2, classProportions: [1, 1], information: Information(nats: log(2.0)))
    }
    #expect(throws: EstimatorError.self) {
      try GaussianMixtureTruth(
        dimension: 2, classProportions: [1, 0], information: Information(nats: 0.1))
    }
  }

  @Test func tenClassesAreQuickToSolve() throws {
    let clock = ContinuousClock()
    let time = try clock.measure {
      for level in [0.25, 0.5, 1.0, 2.0] {
        _ = try GaussianMixtureTruth(
          dimension: 16, classProportions: [Double](repeating: 0.1, count: 10),
          information: Information(nats: level))
      }
    }
    #expect(time < .seconds(1))
    print("four mixtures of ten classes: \(time)")
  }

  @Test func seedDecidesTheBits() throws {
    let truth = try GaussianMixtureTruth(
      dimension: 3, classProportions: [1, 1, 1, 1], information: Information(nats: 1))
    #expect(truth.sample(50, seed: testSeed(5)).x == truth.sample(50, seed: testSeed(5)).x)
    #expect(truth.sample(50, seed: testSeed(5)).y == truth.sample(50, seed: testSeed(5)).y)
    #expect(truth.sample(50, seed: testSeed(5)).x != truth.sample(50, seed: testSeed(6)).x)
  }
}

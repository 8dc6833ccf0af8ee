// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Harness
import Testing

@Suite struct GaussianTruthTests {
  @Test(arguments: [(1, 1, 0.0), (1, 1, 0.5), (2, 3, 1.0), (5, 5, 0.5), (16, 16, 2.3), (1, 8, 7.0)])
  func meanPointwiseInformationIsTheTruth(dx: Int, dy: Int, nats: Double) throws {
    let truth = GaussianTruth(dx: dx, dy: dy, information: Information(nats: nats))
    let deviation = try #require(standardErrorsOff(truth))
    expect(deviation, below: truthErrors)
  }

  /// I = (ln det Cx + ln det Cy - ln det C) / 2 with the covariances of 200,000 rows, whose
  /// log-determinants have an error of about sqrt(2 d / n) each.
  @Test func covarianceHasTheInformation() throws {
    let truth = GaussianTruth(dx: 3, dy: 5, information: Information(nats: 1.5))
    let pair = truth.sample(200_000, seed: testSeed(3))
    let c = try covariance(joined(pair))
    for i in 0..<8 { expect(c[i, i], within: 0.02, of: 1) }
    let ofX = try #require(Cholesky(c.block(rows: 0..<3, columns: 0..<3)))
    let ofY = try #require(Cholesky(c.block(rows: 3..<8, columns: 3..<8)))
    let ofBoth = try #require(Cholesky(c))
    let nats = (ofX.logDeterminant + ofY.logDeterminant - ofBoth.logDeterminant) / 2
    expect(nats, within: 0.02, of: 1.5)
  }

  /// No column is special: each single pair of columns carries little of 2 nats over 8 + 8.
  @Test func mixingSpreadsTheInformation() throws {
    let truth = GaussianTruth(dx: 8, dy: 8, information: Information(nats: 2))
    let pair = truth.sample(20_000, seed: testSeed(4))
    let x = try #require(pair.x.samples)
    let y = try #require(pair.y.samples)
    for i in 0..<8 {
      for j in 0..<8 {
        let product = zip(x.column(i), y.column(j)).reduce(0) { $0 + $1.0 * $1.1 } / 20_000
        expect(product, within: 0.95 * truth.canonicalCorrelation, of: 0)
      }
    }
  }

  @Test func idCarriesTheParameters() {
    #expect(
      GaussianTruth(dx: 5, dy: 5, information: Information(nats: 0.5)).id == "gaussian-5-5-0.5")
    #expect(
      GaussianTruth(dx: 2, dy: 1, information: .zero, mixing: 7).id == "gaussian-2-1-0.0-mixing-7")
  }

  @Test func seedDecidesTheBits() {
    let truth = GaussianTruth(dx: 4, dy: 2, information: Information(nats: 1))
    #expect(truth.sample(100, seed: testSeed(5)).x == truth.sample(100, seed: testSeed(5)).x)
    #expect(truth.sample(100, seed: testSeed(5)).y == truth.sample(100, seed: testSeed(5)).y)
    #expect(truth.sample(100, seed: testSeed(5)).x != truth.sample(100, seed: testSeed(6)).x)
  }
}

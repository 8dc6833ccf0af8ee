// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Testing

@Suite struct GaussianStatisticsTests {
  @Test(arguments: [
    (CorrelatedGaussian(n: 50, dx: 10, dy: 10, nats: 0.472, pairs: 10), 4000),
    (CorrelatedGaussian(n: 50, dx: 10, dy: 10, nats: 0, pairs: 1), 2000),
    (CorrelatedGaussian(n: 22, dx: 10, dy: 10, nats: 0.472, pairs: 10), 2000),
    (CorrelatedGaussian(n: 6, dx: 1, dy: 1, nats: 0.8, pairs: 1), 2000),
    (CorrelatedGaussian(n: 100, dx: 3, dy: 7, nats: 5, pairs: 2), 1000),
  ])
  func `the corrected estimate is unbiased`(truth: CorrelatedGaussian, draws: Int) throws {
    let estimates = try truth.estimates(draws, seed: 11, of: GaussianEstimator())
    let (mean, deviation) = meanAndDeviation(estimates.map(\.information.nats))
    expect(mean, within: 4 * deviation / Double(draws).squareRoot(), of: truth.nats)
  }

  @Test func `the plug-in value says 1.79 where the truth is 0.472`() throws {
    let truth = CorrelatedGaussian(n: 50, dx: 10, dy: 10, nats: 0.472, pairs: 10)
    let estimates = try truth.estimates(
      1000, seed: 12, of: GaussianEstimator(["correction": "none"]))
    let mean = meanAndDeviation(estimates.map(\.information.nats)).mean
    expect(mean, within: 0.03, of: 1.79)
  }

  /// Truth, draws, and the allowed ratio of the mean standard error to the spread over draws.
  ///
  /// The spread's own relative error is 1 / sqrt(2 draws).
  static let standardErrors: [(CorrelatedGaussian, Int, ClosedRange<Double>)] = [
    (CorrelatedGaussian(n: 50, dx: 10, dy: 10, nats: 0.472, pairs: 10), 2000, 0.94...1.06),
    (CorrelatedGaussian(n: 50, dx: 10, dy: 10, nats: 0, pairs: 1), 2000, 0.97...1.15),
    (CorrelatedGaussian(n: 50, dx: 10, dy: 10, nats: 3, pairs: 10), 2000, 0.91...1.03),
    (CorrelatedGaussian(n: 50, dx: 10, dy: 10, nats: 2, pairs: 1), 2000, 1.02...1.22),
    (CorrelatedGaussian(n: 24, dx: 10, dy: 10, nats: 1, pairs: 10), 2000, 0.91...1.05),
    (CorrelatedGaussian(n: 100, dx: 40, dy: 40, nats: 5, pairs: 40), 500, 0.86...1.12),
    (CorrelatedGaussian(n: 200, dx: 5, dy: 5, nats: 1, pairs: 5), 2000, 0.93...1.06),
    (CorrelatedGaussian(n: 10, dx: 1, dy: 1, nats: 0.2231, pairs: 1), 2000, 0.80...1.00),
    (CorrelatedGaussian(n: 30, dx: 1, dy: 5, nats: 0.5, pairs: 1), 2000, 0.94...1.08),
    (CorrelatedGaussian(n: 1000, dx: 4, dy: 4, nats: 2.3, pairs: 4), 1000, 0.93...1.07),
  ]

  @Test(arguments: standardErrors)
  func `the standard error is the spread over draws`(
    truth: CorrelatedGaussian, draws: Int, allowed: ClosedRange<Double>
  ) throws {
    let estimates = try truth.estimates(draws, seed: 13, of: GaussianEstimator())
    let spread = meanAndDeviation(estimates.map(\.information.nats)).deviation
    let reported = meanAndDeviation(estimates.compactMap { $0.standardError?.nats })
    let ratio = reported.mean / spread
    expect(ratio, in: allowed)
  }

  @Test func `an interval of two standard errors covers the truth`() throws {
    let truth = CorrelatedGaussian(n: 50, dx: 10, dy: 10, nats: 0.472, pairs: 10)
    let estimates = try truth.estimates(2000, seed: 14, of: GaussianEstimator())
    let covered = estimates.filter {
      abs($0.information.nats - truth.nats) < 1.96 * ($0.standardError?.nats ?? 0)
    }
    // 0.94 over seeds, with the binomial standard deviation 0.005.
    expect(Double(covered.count) / 2000, in: 0.92...0.965)
    // sqrt(sum rho^2 / n), the asymptotic one, is 0.58 of the spread here.
    let spread = meanAndDeviation(estimates.map(\.information.nats)).deviation
    expect((10 * truth.rho * truth.rho / 50).squareRoot(), below: 0.65 * spread)
  }

  @Test(arguments: [(30, 5, 4), (50, 10, 10), (20, 1, 2)])
  func `the p-value is uniform under independence`(n: Int, dx: Int, dy: Int) throws {
    let truth = CorrelatedGaussian(n: n, dx: dx, dy: dy, nats: 0, pairs: 1)
    let values = try truth.estimates(3000, seed: 15, of: GaussianEstimator())
      .map { $0.number("independencePValue") }
    for level in [0.01, 0.05, 0.5, 0.9] {
      let share = Double(values.filter { $0 < level }.count) / 3000
      expect(share, within: 4 * (level * (1 - level) / 3000).squareRoot(), of: level)
    }
  }

  @Test func `the p-value finds dependence`() throws {
    let truth = CorrelatedGaussian(n: 200, dx: 5, dy: 5, nats: 0.5, pairs: 5)
    let estimate = try truth.estimates(1, seed: 16, of: GaussianEstimator())[0]
    #expect(estimate.number("independencePValue") < 1e-6)
  }

  /// Shrinking toward independence adds to nothing and takes from much.
  @Test(arguments: [(0.0, 1.0), (4.0, -1.0), (8.0, -1.0)])
  func `Ledoit-Wolf is above at independence and below at strong dependence`(
    nats: Double, sign: Double
  ) throws {
    let truth = CorrelatedGaussian(n: 50, dx: 15, dy: 15, nats: nats, pairs: 15)
    let estimates = try truth.estimates(
      200, seed: 17, of: GaussianEstimator(["shrinkage": "ledoit-wolf"]))
    let (mean, deviation) = meanAndDeviation(estimates.map(\.information.nats))
    expect(sign * (mean - truth.nats), above: 3 * deviation / 200.0.squareRoot())
  }

  /// rho, n, columns a side, tolerance of one estimate: four times its standard deviation, which is
  /// rho sqrt(d / n).
  @Test(arguments: [
    (0.0, 2000, 1, 0.005), (0.6, 2000, 1, 0.055), (0.6, 500, 3, 0.18), (0.9, 2000, 2, 0.13),
    (0.99, 2000, 1, 0.11), (0.3, 10_000, 5, 0.06),
  ])
  func `both estimators find the truth of Gaussian data`(
    rho: Double, n: Int, d: Int, tolerance: Double
  ) throws {
    let nats = -0.5 * Double(d) * naturalLogarithm(1 - rho * rho)
    let truth = CorrelatedGaussian(n: n, dx: d, dy: d, nats: nats, pairs: d)
    for estimator in [try GaussianEstimator(), try GaussianCopulaEstimator()]
      as [any MutualInformationEstimator]
    {
      let found = try truth.estimates(1, seed: 18, of: estimator)[0]
      expect(found.information.nats, within: tolerance, of: nats, "\(estimator.descriptor.id)")
    }
  }
}

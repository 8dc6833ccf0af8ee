// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Harness
import Testing

@Suite struct DistributionTests {
  static let correlations: [(id: String, i: Int, j: Int, expected: Double)] = [
    ("1v1-normal-0.75", 0, 1, 0.75), ("multinormal-dense-3-3-0.5", 0, 5, 0.5),
    ("multinormal-dense-3-3-0.5", 1, 2, 0.5), ("multinormal-sparse-3-3-2-2.0", 0, 3, 0.8),
    ("multinormal-sparse-3-3-2-2.0", 1, 4, 0.8), ("multinormal-sparse-3-3-2-2.0", 2, 5, 0),
    ("multinormal-sparse-3-3-2-2.0", 0, 1, 0), ("1v1-X-0.9", 0, 1, 0),
    ("mult-sparse-w-inliers-5-5-2-2.0-0.2", 0, 5, 0.64),
    ("mult-sparse-w-inliers-5-5-2-2.0-0.5", 1, 6, 0.4),
  ]

  /// Correlations as the definitions of the tasks say.
  @Test(arguments: correlations)
  func correlation(id: String, i: Int, j: Int, expected: Double) throws {
    let rows = try joined(TaskSuite.task(id).sample(100_000, seed: testSeed(5)))
    let c = covariance(rows)
    #expect(abs(c[i, i] - 1) < 0.025 && abs(c[j, j] - 1) < 0.025)
    expect(c[i, j], within: 0.02, of: expected)
  }

  static let columnMoments:
    [(id: String, column: Int, mean: Double, variance: Double, tolerance: Double)] = [
      ("2v1-waves-12-5.0-3.0", 2, 2.25, 2.9125, 0.04), ("2v1-waves-12-5.0-3.0", 1, 0, 0.25, 0.01),
      ("2v1-galaxy-0.5-3.0", 2, 0, 3.25, 0.05), ("1v1-AI", 0, 0.100000, 0.900000, 0.02),
      ("1v1-AI", 1, -0.033333, 0.439389, 0.01), ("3v1-concentric_gaussians-5", 0, 0, 11, 0.3),
      ("3v1-concentric_gaussians-5", 3, 3, 2.0001, 0.03),
      ("1v1-additive-0.75", 1, 0.5, 1.0 / 12 + 0.1875, 0.01),
    ]

  /// Means and variances of columns, by hand from the definitions; tolerances of four standard deviations and
  /// more.
  @Test(arguments: columnMoments)
  func moments(id: String, column: Int, mean: Double, variance: Double, tolerance: Double) throws {
    let rows = try joined(TaskSuite.task(id).sample(100_000, seed: testSeed(6)))
    expect(columnMeans(rows)[column], within: tolerance, of: mean)
    expect(covariance(rows)[column, column], within: tolerance, of: variance)
  }

  /// P(|t| > 1) is 1/2 for one degree of freedom, and one divisor serves all columns.
  @Test func studentHasItsTails() throws {
    let pair = try TaskSuite.task("student-identity-2-2-1").sample(100_000, seed: testSeed(2))
    let x = try #require(pair.x.samples).values
    expect(Double(x.count { abs($0) > 1 }) / 2e5, within: 0.01, of: 0.5)
  }

  @Test func zeroInflatedPoissonHasTheRightTruth() {
    #expect(abs(ZeroInflatedPoisson(inflation: 0.15).information.nats - 0.229776) < 1e-6)
    #expect(abs(ZeroInflatedPoisson(inflation: 0).information.nats - 0.301245) < 1e-6)
    let wrong = 0.85 * ZeroInflatedPoisson(inflation: 0).information.nats
    #expect(abs(wrong - ZeroInflatedPoisson(inflation: 0.15).information.nats) > 0.02)
  }

  @Test func uniformMixtureHasTheClosedForm() {
    #expect(abs(UniformMixture(classCount: 5).information.nats - 1.054920) < 1e-6)
  }

  /// A table by hand: (1/2, 0; 1/4, 1/4).
  @Test func tableByHand() throws {
    let table = try JointTable(id: "t", summary: "", weights: [[2, 0], [1, 1]])
    let expected = 0.5 * log(0.5 / 0.375) + 0.25 * log(0.25 / 0.375) + 0.25 * log(0.25 / 0.125)
    #expect(abs(table.information.nats - expected) < 1e-15)
    #expect(throws: EstimatorError.self) {
      try JointTable(id: "t", summary: "", weights: [[1, -1], [1, 1]])
    }
  }

  /// Labels without noise, all wrong among two, and random: the mixture's own information, the same,
  /// and nothing.
  @Test func labelNoiseAtItsEnds() throws {
    let two = try GaussianMixtureTruth(
      dimension: 3, classProportions: [1, 1], information: Information(nats: 0.4))
    #expect(abs(NoisyLabels(two, wrongShare: 0).information.nats - 0.4) < 1e-9)
    #expect(abs(NoisyLabels(two, wrongShare: 1).information.nats - 0.4) < 1e-9)
    #expect(abs(NoisyLabels(two, wrongShare: 0.5).information.nats) < 1e-9)
    #expect(NoisyLabels(two, wrongShare: 0.1).information.nats < 0.3)
  }

  /// Noise that hides (variance 1) or not leaves at most the signal's information, and less of it the
  /// larger its share.
  @Test func contaminationLosesInformation() {
    for variance in [1.0, 25, 1 / 64.0] {
      let nats = [0.001, 0.1, 0.3, 0.5].map {
        ContaminatedPairs(dx: 2, dy: 2, share: $0, noiseVariance: variance).information.nats
      }
      #expect(nats[0] < 1.021651249 && nats[0] > 1.01)
      #expect(nats == nats.sorted(by: >))
    }
    // Noise far away is recognized: the signal's share of its information remains.
    let far = ContaminatedPairs(dx: 2, dy: 2, share: 0.5, noiseVariance: 1e6).information.nats
    #expect(abs(far - 0.5 * 1.021651248) < 1e-3)
  }

  @Test func mixtureThatNeedsMoreThanAPlaneIsRefused() {
    let ball = { (m: Double) in
      NormalMixture.Component(mean: [m, m, m], covariance: [[1, 0, 0], [0, 1, 0], [0, 0, 1]])
    }
    let error = #expect(throws: EstimatorError.self) {
      try NormalMixture(id: "m", summary: "", dx: 2, dy: 1, components: [ball(-1), ball(1)])
    }
    #expect(error?.description.contains("2 x 1 columns") == true)
  }
}

// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Testing

@Suite struct MixtureTests {
  /// See Golden/mixture/make.py.
  private struct Golden: Decodable {
    let name: String
    let components: Int
    let nats: Double
    let meanLogRatio: Double
    let x: [Double]
    let y: [Double]
  }

  @Test func `with as many components the fit is scikit-learn's`() throws {
    for item in try goldenJSON("mixture/mixture.json", as: [Golden].self) {
      let estimator = try MixtureEstimator([
        "scale": "standardize", "maxComponents": "\(item.components)", "starts": "5",
      ])
      let found = try estimator.estimate(continuousRequest(item.x, item.y, count: item.x.count))
      #expect(found.diagnostics["components"] == .integer(item.components))
      // One row's worth of the overall covariance is the difference.
      #expect(abs(found.number("meanLogRatioNats") - item.meanLogRatio) < 0.015)
      let error = try #require(found.standardError).nats
      expect(found.information.nats, within: 3 * error, of: item.nats)
    }
  }

  @Test func `clusters that a copula does not hear are heard`() throws {
    let item = try #require(
      goldenJSON("mixture/mixture.json", as: [Golden].self).first { $0.name == "square" })
    let request = try continuousRequest(item.x, item.y, count: item.x.count)
    let copula = try GaussianCopulaEstimator().estimate(request).information.nats
    #expect(copula < 0.05)
    #expect(abs(try MixtureEstimator().estimate(request).information.nats - item.nats) < 0.1)
  }

  /// n, d, nats in d pairs, allowed distance of the mean from the truth: four standard deviations of the
  /// mean of six.
  @Test(arguments: [(400, 1, 0.0, 0.02), (400, 1, 1.0, 0.09), (800, 3, 1.5, 0.1)])
  func `Gaussian data need one component`(
    n: Int, d: Int, nats: Double, allowed: Double
  ) throws {
    let truth = CorrelatedGaussian(n: n, dx: d, dy: d, nats: nats, pairs: d)
    let found = try truth.estimates(6, seed: 31, of: MixtureEstimator())
    expect(meanAndDeviation(found.map(\.information.nats)).mean, within: allowed, of: nats)
  }

  @Test func `few rows in many dimensions are overestimated`() throws {
    let truth = CorrelatedGaussian(n: 60, dx: 3, dy: 3, nats: 0, pairs: 1)
    let found = try truth.estimates(6, seed: 32, of: MixtureEstimator())
    expect(meanAndDeviation(found.map(\.information.nats)).mean, above: 0.02)
  }

  @Test func `the same seed gives the same bits at any number of threads`() throws {
    var random = RandomSource(seed: testSeed(33))
    let (x, y) = (random.normals(120), random.normals(120))
    let once = try MixtureEstimator().estimate(continuousRequest(x, y, count: 120))
    let again = try MixtureEstimator().estimate(continuousRequest(x, y, count: 120, threads: 3))
    #expect(once == again)
  }

  @Test func `constant and dependent columns are refused`() throws {
    var random = RandomSource(seed: testSeed(34))
    let x = random.normals(100)
    let constant = #expect(throws: EstimatorError.self) {
      try MixtureEstimator().estimate(
        continuousRequest(x, [Double](repeating: 1, count: 100), count: 100))
    }
    #expect(constant?.code == .constantColumn)
    let dependent = #expect(throws: EstimatorError.self) {
      try MixtureEstimator().estimate(continuousRequest(x, x, count: 100))
    }
    #expect(dependent?.code == .singularCovariance)
  }
}

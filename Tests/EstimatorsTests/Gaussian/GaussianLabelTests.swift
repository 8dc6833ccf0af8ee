// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Testing

@Suite struct GaussianLabelTests {
  /// Classes of one size: class c has mean `shift` * c in column 0 and `shift` * (c mod 2) in the last.
  private func draw(
    _ random: inout RandomSource, n: Int, d: Int, classes: Int, shift: Double
  ) throws -> EstimationRequest {
    var x = random.normals(n * d)
    let labels = (0..<n).map { $0 % classes }
    for (i, label) in labels.enumerated() {
      x[i * d] += shift * Double(label)
      x[i * d + d - 1] += shift * Double(label % 2)
    }
    return try EstimationRequest(
      x: .samples(Samples(rowMajor: x, count: n, dimension: d)), y: .labels(Labels(labels)))
  }

  private func estimates(
    _ draws: Int, n: Int, d: Int, classes: Int, shift: Double
  ) throws -> [Estimate] {
    var random = RandomSource(seed: testSeed(41))
    let estimator = try GaussianLabelEstimator()
    return try (0..<draws).map { _ in
      try estimator.estimate(draw(&random, n: n, d: d, classes: classes, shift: shift))
    }
  }

  @Test(arguments: [(60, 5, 3), (30, 1, 2), (100, 12, 4)])
  func `the estimate is unbiased where the classes coincide`(n: Int, d: Int, classes: Int) throws {
    let found = try estimates(2000, n: n, d: d, classes: classes, shift: 0)
    let (mean, deviation) = meanAndDeviation(found.map(\.information.nats))
    expect(mean, within: 4 * deviation / 2000.0.squareRoot(), of: 0)
  }

  /// n, d, classes, shift: everywhere conservative, nowhere wild.
  ///
  /// Over seeds the ratio has a standard deviation of 0.025 to 0.045.
  @Test(arguments: [
    (60, 5, 3, 0.0, 1.35...1.75), (60, 5, 3, 1.0, 1.0...1.35), (60, 5, 3, 3.0, 0.9...1.25),
    (60, 10, 3, 2.0, 1.03...1.36), (300, 10, 3, 1.0, 1.05...1.45), (60, 2, 3, 2.0, 0.82...1.1),
    (30, 1, 2, 1.0, 0.85...1.15), (300, 20, 10, 1.0, 1.12...1.5),
  ])
  func `the standard error is the spread over draws or somewhat more`(
    n: Int, d: Int, classes: Int, shift: Double, allowed: ClosedRange<Double>
  ) throws {
    let found = try estimates(800, n: n, d: d, classes: classes, shift: shift)
    let spread = meanAndDeviation(found.map(\.information.nats)).deviation
    let reported = meanAndDeviation(found.compactMap { $0.standardError?.nats }).mean
    let ratio = reported / spread
    expect(ratio, in: allowed)
  }

  @Test func `separate classes are overestimated, against quadrature`() throws {
    var random = RandomSource(seed: testSeed(42))
    for mixture in try GaussianGolden.load().mixtures {
      let n = 20_000
      let x = (0..<n).map { random.normal() + ($0 % 2 == 0 ? mixture.mean : -mixture.mean) }
      let request = try EstimationRequest(
        x: .samples(Samples(x)), y: .labels(Labels((0..<n).map { $0 % 2 })))
      let found = try GaussianLabelEstimator().estimate(request)
      // What a Gaussian of the mixture's variance would have.
      let limit = 0.5 * naturalLogarithm(1 + mixture.mean * mixture.mean)
      expect(found.information.nats, within: 0.02, of: limit)
      #expect(limit >= mixture.nats - 1e-9)
      if mixture.mean >= 2 { expect(found.information.nats, above: mixture.nats + 0.1) }
      let copula = try GaussianCopulaLabelEstimator().estimate(request)
      if mixture.mean >= 2 { expect(copula.information.nats, below: mixture.nats - 0.05) }
    }
  }

  @Test func `an estimate above the labels' entropy is warned of and not capped`() throws {
    let found = try estimates(1, n: 300, d: 2, classes: 2, shift: 20)[0]
    expect(found.information.nats, above: 2)
    #expect(abs(found.number("labelEntropyNats") - naturalLogarithm(2)) < 1e-12)
    #expect(found.warnings.map(\.code) == ["exceedsLabelEntropy"])
    #expect(try estimates(1, n: 300, d: 2, classes: 2, shift: 0.5)[0].warnings.isEmpty)
  }

  @Test func `the order of the two variables and the names of the classes do not count`() throws {
    var random = RandomSource(seed: testSeed(43))
    let request = try draw(&random, n: 80, d: 3, classes: 3, shift: 1)
    let estimate = try GaussianLabelEstimator().estimate(request)
    let swapped = try EstimationRequest(x: request.y, y: request.x, threads: 2)
    #expect(try GaussianLabelEstimator().estimate(swapped) == estimate)
    let labels = try #require(request.y.labels)
    let renamed = try EstimationRequest(
      x: request.x, y: .labels(Labels(labels.codes.map { ["q", "a", "m"][Int($0)] })))
    let again = try GaussianLabelEstimator().estimate(renamed)
    #expect(abs(again.information.nats - estimate.information.nats) < 1e-12)
  }

  @Test func `gaussian-copula-label keeps every bit under increasing maps`() throws {
    var random = RandomSource(seed: testSeed(44))
    let request = try draw(&random, n: 80, d: 3, classes: 3, shift: 1)
    let samples = try #require(request.x.samples)
    let cubes = try Samples(
      rowMajor: samples.values.map { $0 * $0 * $0 + $0 }, count: 80, dimension: 3)
    let mapped = try EstimationRequest(x: .samples(cubes), y: request.y)
    let estimator = try GaussianCopulaLabelEstimator()
    #expect(try estimator.estimate(mapped) == estimator.estimate(request))
  }

  private func refusal(_ x: [Double], d: Int, _ labels: [String]) -> EstimatorError? {
    do {
      _ = try GaussianLabelEstimator().estimate(
        EstimationRequest(
          x: .samples(Samples(rowMajor: x, count: labels.count, dimension: d)),
          y: .labels(Labels(labels))))
      return nil
    } catch {
      return error
    }
  }

  @Test func `all classes that are too small are named`() {
    var random = RandomSource(seed: testSeed(45))
    let labels =
      [String](repeating: "big", count: 12) + ["b", "b", "b"] + ["c"]
      + [String](repeating: "enough", count: 4)
    #expect(
      refusal(random.normals(40), d: 2, labels)
        == .classTooSmall(
          [("b", 3), ("c", 1)], needed: 4, estimator: "gaussian-label"))
  }

  @Test func `a singular class is named with its column`() {
    var random = RandomSource(seed: testSeed(46))
    var x = random.normals(60)
    let labels = (0..<30).map { $0 < 15 ? "a" : "b" }
    for i in 15..<30 { x[2 * i + 1] = 2 * x[2 * i] }
    #expect(
      refusal(x, d: 2, labels) == .singularCovariance(dependent: ["x1 in class \"b\""]))
    for i in 15..<30 { x[2 * i + 1] = 7 }
    #expect(
      refusal(x, d: 2, labels)
        == .singularCovariance(dependent: ["x1 in class \"b\" (constant there)"]))
  }

  @Test func `a single class and a constant column are refused`() {
    var random = RandomSource(seed: testSeed(47))
    let one = [String](repeating: "only", count: 20)
    #expect(refusal(random.normals(20), d: 1, one)?.code == .constantColumn)
    let two = (0..<20).map { $0 < 10 ? "a" : "b" }
    #expect(
      refusal([Double](repeating: 3, count: 20), d: 1, two)
        == .constantColumn(side: "x", column: 0, value: 3))
  }
}

// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Testing

@Suite struct ClassifierTests {
  /// One of scikit-learn's cases: see Golden/classifier/make.py.
  private struct Golden: Decodable {
    let name: String
    let dimension: Int
    let x: [Double]
    let labels: [Int]
    let nats: Double
    let spread: Double
    let standardError: Double

    func request(seed: Int) throws -> EstimationRequest {
      try EstimationRequest(
        x: .samples(Samples(rowMajor: x, count: labels.count, dimension: dimension)),
        y: .labels(Labels(labels)), seed: testSeed(seed))
    }
  }

  @Test func `digits agree with scikit-learn to half a standard error more, below the entropy`()
    throws
  {
    for golden in try goldenJSON("classifier/classifier.json", as: [Golden].self) {
      // Both depend on how the rows fall into folds: over seeds the mean of three has a standard deviation
      // of 0.01 nats, and that of the errors' ratio 0.02 and 0.04 about 0.88 and 1.19.
      let found = try (3...5).map { try ClassifierEstimator().estimate(golden.request(seed: $0)) }
      expect(
        meanAndDeviation(found.map(\.information.nats)).mean, within: 1.5 * golden.standardError,
        of: golden.nats)
      #expect(found[0].kind == .lowerBound)
      let errors = found.compactMap { $0.standardError?.nats }
      expect(meanAndDeviation(errors).mean / golden.standardError, in: 0.75...1.4)
      #expect(found[0].information.nats < found[0].number("labelEntropyNats"))
    }
  }

  /// Classes around `shift` times a random direction of their own.
  private func draw(
    _ random: inout RandomSource, n: Int, d: Int, classes: Int, shift: Double
  ) throws -> EstimationRequest {
    // The places of the classes belong to the test; only rows are drawn anew.
    var centers = RandomSource(seed: 5)
    let means = centers.normals(classes * d).map { shift * $0 }
    var x = random.normals(n * d)
    let labels = (0..<n).map { _ in random.below(classes) }
    for (i, label) in labels.enumerated() {
      for j in 0..<d { x[i * d + j] += means[label * d + j] }
    }
    return try EstimationRequest(
      x: .samples(Samples(rowMajor: x, count: n, dimension: d)), y: .labels(Labels(labels)),
      seed: random.next())
  }

  /// The information of those classes, by a mean over many draws of the true log density ratio.
  private func truth(d: Int, classes: Int, shift: Double) throws -> Double {
    var random = RandomSource(seed: testSeed(6))
    let request = try draw(&random, n: 40_000, d: d, classes: classes, shift: shift)
    let x = try #require(request.x.samples)
    let codes = try #require(request.y.labels).codes
    var centers = RandomSource(seed: 5)
    let means = centers.normals(classes * d).map { shift * $0 }
    var sum = 0.0
    for i in 0..<x.count {
      let densities = (0..<classes).map { c in
        (0..<d).reduce(0) { total, j in
          let difference = x.values[i * d + j] - means[c * d + j]
          return total - difference * difference / 2
        }
      }
      let highest = densities.max() ?? 0
      let mean = densities.reduce(0) { $0 + exponential($1 - highest) } / Double(classes)
      sum += densities[Int(codes[i])] - highest - naturalLogarithm(mean)
    }
    return sum / Double(x.count)
  }

  /// How far below the truth a backend's mean may lie.
  private struct Bound: Sendable {
    let backend: String
    let d: Int
    let slack: Double
  }

  private static let bounds = [
    Bound(backend: "logistic", d: 3, slack: 0.03), Bound(backend: "logistic", d: 10, slack: 0.1),
    Bound(backend: "gaussian", d: 3, slack: 0.04), Bound(backend: "knn", d: 3, slack: 0.08),
    Bound(backend: "best", d: 3, slack: 0.04),
  ]

  @Test func `a lower bound that is nearly met where classes are Gaussian`() throws {
    for bound in Self.bounds { try check(bound) }
  }

  private func check(_ bound: Bound) throws {
    let (n, d, classes, shift, slack) = (600, bound.d, 3, 0.6, bound.slack)
    let truth = try truth(d: d, classes: classes, shift: shift)
    let estimator = try ClassifierEstimator(["backend": bound.backend])
    var random = RandomSource(seed: testSeed(7))
    let found = try (0..<15).map { _ in
      try estimator.estimate(draw(&random, n: n, d: d, classes: classes, shift: shift))
        .information.nats
    }
    let (mean, deviation) = meanAndDeviation(found)
    expect(mean, below: truth + 3 * deviation / 15.0.squareRoot() + 0.01)
    expect(mean, above: truth - slack - 3 * deviation / 15.0.squareRoot())
  }

  @Test(arguments: ["logistic", "gaussian", "knn"])
  func `independent labels average to zero or less, and are not clipped`(backend: String) throws {
    let estimator = try ClassifierEstimator(["backend": backend, "folds": "4"])
    var random = RandomSource(seed: testSeed(8))
    let found = try (0..<40).map { _ in
      try estimator.estimate(draw(&random, n: 150, d: 3, classes: 3, shift: 0)).information.nats
    }
    expect(meanAndDeviation(found).mean, atMost: 0)
    expect(meanAndDeviation(found).mean, above: -0.1)
    #expect(found.contains { $0 < 0 })
  }

  @Test func `the standard error is about the spread over draws`() throws {
    var random = RandomSource(seed: testSeed(9))
    let found = try (0..<120).map { _ in
      try ClassifierEstimator().estimate(draw(&random, n: 400, d: 2, classes: 3, shift: 1))
    }
    let spread = meanAndDeviation(found.map(\.information.nats)).deviation
    let reported = meanAndDeviation(found.compactMap { $0.standardError?.nats }).mean
    // Over seeds 0.98 with a standard deviation of 0.07.
    expect(reported / spread, in: 0.7...1.5)
  }

  @Test func `pointwise values have the estimate as their mean`() throws {
    var random = RandomSource(seed: testSeed(10))
    let found = try ClassifierEstimator().estimate(
      draw(&random, n: 200, d: 2, classes: 3, shift: 1))
    let pointwise = try #require(found.pointwise)
    #expect(abs(meanAndDeviation(pointwise).mean - found.information.nats) < 1e-12)
  }

  @Test func `threads and the order of the sides change no bit, names and scales hardly any`()
    throws
  {
    var random = RandomSource(seed: testSeed(11))
    let request = try draw(&random, n: 200, d: 3, classes: 3, shift: 1)
    let estimate = try ClassifierEstimator().estimate(request)
    let swapped = try EstimationRequest(
      x: request.y, y: request.x, seed: request.seed, threads: 3)
    #expect(try ClassifierEstimator().estimate(swapped) == estimate)
    let (x, labels) = (try #require(request.x.samples), try #require(request.y.labels))
    let renamed = try EstimationRequest(
      x: .samples(
        Samples(rowMajor: x.values.map { 100 * $0 + 5 }, count: 200, dimension: 3)),
      y: .labels(Labels(labels.codes.map { ["q", "a", "m"][Int($0)] })), seed: request.seed)
    let again = try ClassifierEstimator().estimate(renamed)
    #expect(abs(again.information.nats - estimate.information.nats) < 5e-6)
  }

  @Test func `separable classes come close to the entropy and stay below it`() throws {
    var random = RandomSource(seed: testSeed(12))
    let found = try ClassifierEstimator().estimate(
      draw(&random, n: 300, d: 2, classes: 2, shift: 50))
    let entropy = found.number("labelEntropyNats")
    // Of held-out probabilities below 1, at any seed.
    #expect(found.information.nats < entropy)
    expect(found.information.nats, above: entropy - 0.02)
  }

  @Test func `classes smaller than the folds are named, down to a single row`() throws {
    var random = RandomSource(seed: testSeed(13))
    let labels =
      [String](repeating: "a", count: 30) + [String](repeating: "b", count: 27) + ["c", "c", "d"]
    for backend in ["logistic", "gaussian", "knn"] {
      let found = try ClassifierEstimator(["backend": backend]).estimate(
        EstimationRequest(
          x: .samples(Samples(rowMajor: random.normals(120), count: 60, dimension: 2)),
          y: .labels(Labels(labels))))
      #expect(found.information.nats.isFinite)
      #expect(found.warnings.first?.message.contains("\"c\" (2), \"d\" (1)") == true)
    }
  }

  @Test func `a constant column, a single class and two of labels are refused`() throws {
    let x = try Variable.samples(Samples((0..<20).map(Double.init)))
    let constant = try Variable.samples(Samples([Double](repeating: 1, count: 20)))
    let two = try Variable.labels(Labels((0..<20).map { $0 % 2 }))
    let one = try Variable.labels(Labels([Int](repeating: 0, count: 20)))
    for (first, second, code) in [
      (constant, two, EstimatorError.Code.constantColumn), (x, one, .constantColumn),
      (two, two, .unsupportedKinds),
    ] {
      let error = #expect(throws: EstimatorError.self) {
        try ClassifierEstimator().estimate(EstimationRequest(x: first, y: second))
      }
      #expect(error?.code == code)
    }
  }
}

// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Testing

@Suite struct NetworkBackendTests {
  /// Two classes, inside and outside the circle that holds half of a normal plane.
  private func rings(_ random: inout RandomSource, n: Int) throws -> EstimationRequest {
    let x = random.normals(2 * n)
    let labels: [Int] = (0..<n).map { (i: Int) -> Int in
      let (a, b): (Double, Double) = (x[2 * i], x[2 * i + 1])
      return a * a + b * b > 1.3862943611198906 ? 1 : 0
    }
    return try EstimationRequest(
      x: .samples(Samples(rowMajor: x, count: n, dimension: 2)), y: .labels(Labels(labels)),
      seed: random.next())
  }

  @Test func `a network sees the ring that logistic regression cannot, and stays below H`() throws {
    var random = RandomSource(seed: testSeed(81))
    let request = try rings(&random, n: 900)
    let linear = try ClassifierEstimator().estimate(request).information.nats
    // Over seeds -0.004 with a standard deviation of 0.009.
    expect(linear, within: 0.04, of: 0)
    for backend in ["mlp", "best"] {
      let found = try ClassifierEstimator(["backend": backend]).estimate(request)
      expect(found.information.nats, above: 0.55)
      #expect(found.information.nats < found.number("labelEntropyNats"))
    }
  }

  @Test func `its temperatures are chosen within the training folds and matter`() throws {
    var random = RandomSource(seed: testSeed(82))
    let found = try ClassifierEstimator(["backend": "mlp"]).estimate(rings(&random, n: 600))
    guard case .numbers(let temperatures)? = found.diagnostics["temperatures"] else {
      Issue.record("no temperatures")
      return
    }
    #expect(temperatures.count == 5)
    // Single folds may choose 1.
    expect(meanAndDeviation(temperatures.map { abs($0 - 1) }).mean, above: 0.03)
  }

  @Test func `independent labels average to zero or less`() throws {
    var random = RandomSource(seed: testSeed(83))
    let estimator = try ClassifierEstimator(["backend": "mlp", "folds": "3"])
    let found = try (0..<10).map { _ in
      let labels = (0..<150).map { _ in random.below(3) }
      return try estimator.estimate(
        EstimationRequest(
          x: .samples(Samples(rowMajor: random.normals(450), count: 150, dimension: 3)),
          y: .labels(Labels(labels)), seed: random.next())
      ).information.nats
    }
    // The mean of ten is -0.026 with a standard deviation of 0.016.
    expect(meanAndDeviation(found).mean, below: 0.035)
    expect(meanAndDeviation(found).mean, above: -0.12)
  }

  @Test func `the same bits at any number of threads`() throws {
    var random = RandomSource(seed: testSeed(84))
    var request = try rings(&random, n: 200)
    let estimator = try ClassifierEstimator(["backend": "mlp"])
    let one = try estimator.estimate(request)
    request.threads = 3
    #expect(try estimator.estimate(request) == one)
  }
}

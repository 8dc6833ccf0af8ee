// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Harness
import Testing

/// An estimator must see in our samples what it sees in samples of the same tasks that were drawn by
/// other code: make_ksg.py beside the golden file.
///
/// This tests what mean pointwise information cannot: a transform that keeps the information but
/// bends otherwise than published.
@Suite struct EstimatesOnTasksTests {
  static let golden: [String: [Double]] = {
    guard let url = Bundle.module.url(forResource: "Golden/tasks/ksg", withExtension: "json"),
      let data = try? Data(contentsOf: url)
    else { return [:] }
    return (try? JSONDecoder().decode([String: [Double]].self, from: data)) ?? [:]
  }()

  @Test func goldenFileIsThere() { #expect(Self.golden.count == 17) }

  @Test(arguments: golden.keys.sorted())
  func kraskovAgreesWithItsValuesOnIndependentSamples(id: String) throws {
    let expected = try #require(Self.golden[id])
    let task = try TaskSuite.task(id)
    let estimator = try KSG1Estimator(["k": "10"])
    let values = try (0..<20).map { seed in
      let pair = task.sample(1000, seed: testSeed(seed))
      let request = try EstimationRequest(x: pair.x, y: pair.y)
      return try estimator.estimate(request).information.nats
    }
    let mean = values.reduce(0, +) / 20
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 19
    let error = ((variance + expected[1] * expected[1]) / 20).squareRoot()
    // The same samples of the golden file meet every seed: one that is 1.5 errors off leaves 3.5.
    expect(mean, within: 5 * error, of: expected[0], "\(id): \(mean), not \(expected[0])")
  }

  /// The speed that scorecards count on: 2000 rows of 10 + 10 Gaussian columns.
  @Test func gaussianSamplesAreQuick() {
    let truth = GaussianTruth(dx: 10, dy: 10, information: Information(nats: 1))
    var best = Duration.seconds(1)
    for seed: UInt64 in 0..<10 {
      best = min(best, ContinuousClock().measure { _ = truth.sample(2000, seed: testSeed(seed)) })
    }
    print("2000 x (10 + 10): \(best)")
    #expect(best < .milliseconds(20))
  }
}

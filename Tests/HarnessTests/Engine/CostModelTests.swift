// SPDX-License-Identifier: MIT

import EstimatorAPI
import Foundation
import Harness
import Testing

@Suite struct CostModelTests {
  private func key(_ task: String, n: Int, estimator: String = "e") -> TrialKey {
    TrialKey(estimator: estimator, version: "2", parameters: "{}", task: task, n: n, seed: 9)
  }

  /// Task a at 100 rows takes 2 s in the mean, b at 100 rows 5 s, a at 1000 rows 20 s.
  private func model() throws -> CostModel {
    let folder = try StoreFolder()
    let store = try folder.store()
    for task in ["a", "b", "c"] { try store.register(plantedTask(task)) }
    for (task, n, seed, seconds) in [
      ("a", 100, 0, 1.0), ("a", 100, 1, 3), ("b", 100, 0, 5), ("a", 1000, 0, 30),
    ] {
      // An older version's seconds count: they are the best there is.
      try store.insert(plantedRow("e", task, n: n, seed: seed, nats: 0.5, seconds: seconds))
    }
    return try CostModel(store)
  }

  @Test(arguments: [
    ("a", 100, 2.0), ("b", 100, 5), ("c", 100, 3), ("c", 1000, 30), ("a", 10_000, 300),
    ("c", 10, 0.3),
  ])
  func timesAreOfTheNearestLike(task: String, n: Int, seconds: Double) throws {
    #expect(abs(try model().seconds(key(task, n: n)) / seconds - 1) < 1e-12)
  }

  @Test func whatWasNeverSeenGrowsWithItsRows() throws {
    let model = try model()
    let (small, large) = (
      model.seconds(key("a", n: 1000, estimator: "new")),
      model.seconds(key("a", n: 2000, estimator: "new"))
    )
    #expect(small > 0 && large == 2 * small)
  }
}

// SPDX-License-Identifier: MIT

import EstimatorAPI
import Foundation
import Harness

/// A folder for the stores of one test, removed with the object.
final class StoreFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "mi-store-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appending(path: name).path }

  func store(_ name: String = "results.sqlite") throws -> ResultStore {
    try ResultStore(path: path(name))
  }
}

/// A task of prescribed truth.
func plantedTask(_ id: String, nats: Double = 0.5, dx: Int = 1, dy: Int = 1) -> TaskRecord {
  TaskRecord(
    id: id, suite: "planted", kind: .continuous, dx: dx, dy: dy, nats: nats, natsError: 0)
}

/// A row with a prescribed estimate, or a failure where it is nil.
func plantedRow(
  _ estimator: String, _ task: String, n: Int = 100, seed: Int = 0, version: String = "1",
  parameters: String = "{}", nats: Double?, seconds: Double = 0.01
) -> TrialRecord {
  TrialRecord(
    key: TrialKey(
      estimator: estimator, version: version, parameters: parameters, task: task, n: n, seed: seed),
    outcome: nats.map { .estimate(Estimate(Information(nats: $0))) }
      ?? .failure(EstimatorError(.diverged, "It diverged, with a comma and a \"quote\".")),
    seconds: seconds, peakMemory: nil, host: "test")
}

// SPDX-License-Identifier: MIT

import EstimatorAPI
import Foundation
import Harness
import Testing

@Suite struct ResultStoreTests {
  private let full = TrialRecord(
    key: TrialKey(
      estimator: "ksg-1", version: "2", parameters: "{\"k\":[3,5]}", task: "t", n: 100, seed: 4),
    outcome: .estimate(
      Estimate(
        Information(nats: -0.1 - 0.2), kind: .lowerBound, standardError: Information(nats: 1e-3),
        diagnostics: [
          "ties": .integer(3), "scale": .number(0.1), "note": .text("a \"b\""), "ok": .flag(true),
          "per": .numbers([0.5, 1.25]),
        ],
        warnings: [EstimateWarning(code: "ceiling", message: "Near the ceiling.")])),
    seconds: 0.125, peakMemory: 1 << 20, host: "here")

  @Test func everyFieldComesBack() throws {
    let folder = try StoreFolder()
    let store = try folder.store()
    try store.register(plantedTask("t"))
    let failure = plantedRow("gaussian", "t", nats: nil)
    #expect(try store.insert(full))
    #expect(try store.insert(failure))
    let rows = try ResultStore(existing: store.path).trials()
    #expect(rows.map(\.key) == [failure.key, full.key])
    #expect(rows.map(\.outcome) == [failure.outcome, full.outcome])
    #expect(rows[1].seconds == 0.125 && rows[1].peakMemory == 1 << 20 && rows[1].host == "here")
    #expect(rows[1].created?.count == "2026-11-23T16:00:00Z".count)
    #expect(try store.tasks() == [plantedTask("t")])
    #expect(try store.counts() == (1, 1))
  }

  @Test func aKeyIsHeldOnceAndTheFirstRowStays() throws {
    let folder = try StoreFolder()
    let store = try folder.store()
    try store.register(plantedTask("t"))
    #expect(try store.insert(plantedRow("a", "t", nats: 1)))
    #expect(try !store.insert(plantedRow("a", "t", nats: 2)))
    #expect(try store.contains(plantedRow("a", "t", nats: 0).key))
    let others = [
      plantedRow("b", "t", nats: 1), plantedRow("a", "t", n: 101, nats: 1),
      plantedRow("a", "t", seed: 1, nats: 1), plantedRow("a", "t", version: "2", nats: 1),
      plantedRow("a", "t", parameters: "{\"k\":3}", nats: 1),
    ]
    for other in others {
      #expect(try !store.contains(other.key))
      #expect(try store.insert(other))
    }
    #expect(try store.trials().first?.outcome == plantedRow("a", "t", nats: 1).outcome)
  }

  @Test func aTaskWithAnotherTruthIsRefused() throws {
    let folder = try StoreFolder()
    let store = try folder.store()
    try store.register(plantedTask("t", nats: 0.5))
    try store.register(plantedTask("t", nats: 0.5 + 1e-10))
    let error = #expect(throws: DataError.self) {
      try store.register(plantedTask("t", nats: 0.51))
    }
    #expect(error?.description.contains("0.5 nats and is now 1 x 1 with 0.51") == true)
    #expect(throws: DataError.self) { try store.register(plantedTask("t", nats: 0.5, dx: 2)) }
  }

  @Test func whatIsNoStoreIsRefusedWithItsName() throws {
    let folder = try StoreFolder()
    let missing = #expect(throws: DataError.self) {
      try ResultStore(existing: folder.path("absent.sqlite"))
    }
    #expect(missing?.code == .missingFile)
    try Data(repeating: 65, count: 5000).write(to: folder.url.appending(path: "text.sqlite"))
    let foreign = #expect(throws: DataError.self) {
      try ResultStore(path: folder.path("text.sqlite"))
    }
    #expect(foreign?.description.contains("text.sqlite: it is not a store") == true)
  }

  @Test func failuresAreRemovedToBeTriedAgain() throws {
    let folder = try StoreFolder()
    let store = try folder.store()
    try store.register(plantedTask("t"))
    for seed in 0..<4 {
      try store.insert(plantedRow("a", "t", seed: seed, nats: seed % 2 == 0 ? nil : 1))
      try store.insert(plantedRow("b", "t", seed: seed, nats: nil))
    }
    #expect(try store.removeFailures(estimator: "a", version: "1", parameters: "{}") == 2)
    #expect(try store.counts() == (2, 4))
  }

  @Test func parametersAreOneTextWhateverTheirOrder() throws {
    let one = ParameterValues([
      "k": .integers([3, 5]), "alpha": .number(0.1), "noise": .flag(false), "mode": .text("a/b"),
    ])
    #expect(
      one.canonicalJSON == "{\"alpha\":0.1,\"k\":[3,5],\"mode\":\"a/b\",\"noise\":false}")
    #expect(ParameterValues(canonicalJSON: one.canonicalJSON) == one)
    #expect(ParameterValues(canonicalJSON: "no JSON") == nil)
  }

  @Test func manyThreadsWriteToOneStore() async throws {
    let folder = try StoreFolder()
    let store = try folder.store()
    try store.register(plantedTask("t"))
    await withTaskGroup(of: Void.self) { group in
      for writer in 0..<4 {
        group.addTask {
          for seed in 0..<50 {
            _ = try? store.insert(plantedRow("a\(writer % 2)", "t", seed: seed, nats: 1))
          }
        }
      }
    }
    #expect(try store.counts() == (100, 0))
  }
}

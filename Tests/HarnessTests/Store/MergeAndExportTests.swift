// SPDX-License-Identifier: MIT

import EstimatorAPI
import Foundation
import Harness
import Testing

@Suite struct MergeAndExportTests {
  @Test func mergingAddsWhatIsNewAndTellsWhatContradicts() throws {
    let folder = try StoreFolder()
    let (left, right) = (try folder.store("left"), try folder.store("right"))
    // Other numbers for the same names: rows must be translated, not copied.
    for id in ["t", "u"] { try left.register(plantedTask(id)) }
    for id in ["u", "v", "t"] { try right.register(plantedTask(id)) }
    try left.insert(plantedRow("a", "t", nats: 1))
    try left.insert(plantedRow("a", "u", nats: 2))
    try left.insert(plantedRow("b", "t", nats: 3))
    try right.insert(plantedRow("b", "t", nats: 3))
    try right.insert(plantedRow("a", "u", nats: 2.5))
    try right.insert(plantedRow("b", "v", nats: nil))
    try right.insert(plantedRow("c", "u", nats: 4))
    let summary = try left.merge(right)
    #expect(summary.added == 2)
    #expect(summary.duplicates == 1)
    #expect(summary.conflicts.count == 1)
    let conflict = try #require(summary.conflicts.first)
    #expect(conflict.estimator == "a" && conflict.task == "u")
    #expect(conflict.kept == "2.0" && conflict.other == "2.5")
    let found = try left.trials().map { "\($0.key.estimator) \($0.key.task) \(nats($0))" }
    #expect(found == ["a t 1.0", "a u 2.0", "b t 3.0", "b v diverged", "c u 4.0"])
    #expect(try left.merge(right).added == 0)
  }

  @Test func storesWithDifferentTruthsAreNotMerged() throws {
    let folder = try StoreFolder()
    let (left, right) = (try folder.store("left"), try folder.store("right"))
    try left.register(plantedTask("t", nats: 1))
    try right.register(plantedTask("t", nats: 2))
    try right.insert(plantedRow("a", "t", nats: 3))
    #expect(throws: DataError.self) { try left.merge(right) }
    #expect(try left.counts() == (0, 0))
  }

  @Test func shardsMergedAreTheWhole() throws {
    let folder = try StoreFolder()
    let out = try folder.store("out")
    for part in 0..<3 {
      let store = try folder.store("part\(part)")
      try store.register(plantedTask("t"))
      for seed in 0..<30 where seed % 3 == part {
        try store.insert(plantedRow("a", "t", seed: seed, nats: Double(seed)))
      }
      #expect(try out.merge(store).added == 10)
    }
    #expect(try out.trials().map(\.key.seed) == Array(0..<30))
  }

  @Test func exportsHoldEveryRowInBothFormats() throws {
    let folder = try StoreFolder()
    let store = try folder.store()
    try store.register(plantedTask("t,1", nats: 0.1))
    try store.insert(plantedRow("a", "t,1", parameters: "{\"k\":[3,5]}", nats: 0.1 + 0.2))
    try store.insert(plantedRow("b", "t,1", nats: nil))
    var csv = ""
    try store.export(.csv) { csv += $0 }
    let lines = csv.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[0].hasPrefix("estimator,version,parameters,task,suite,pair,dx,dy,truthNats,"))
    #expect(lines[1].hasPrefix("a,1,\"{\"\"k\"\":[3,5]}\",\"t,1\",planted,continuous-continuous,"))
    #expect(lines[1].contains(",0.30000000000000004,"))
    #expect(lines[2].contains(",diverged,\"It diverged, with a comma and a \"\"quote\"\".\","))
    var jsonl = ""
    try store.export(.jsonl) { jsonl += $0 }
    let rows = try jsonl.split(separator: "\n").map {
      try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    #expect(rows.count == 2)
    #expect(jsonl.contains("\"nats\":0.30000000000000004,"))
    #expect((rows[0]["parameters"] as? [String: [Int]]) == ["k": [3, 5]])
    #expect(rows[1]["nats"] is NSNull)
    #expect(Set(rows[0].keys) == Set(lines[0].split(separator: ",").map(String.init)))
  }
}

private func nats(_ row: TrialRecord) -> String {
  switch row.outcome {
  case .estimate(let estimate): "\(estimate.information.nats)"
  case .failure(let error): error.code.rawValue
  }
}

// SPDX-License-Identifier: MIT

import EstimatorAPI
import GRDB

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A study that was begun in a store and is not all there.
public struct IncompleteStudy: Sendable, Hashable {
  /// The suite.
  public let suite: String
  /// The trials of its plan that the store has.
  public let present: Int
  /// The trials of its plan.
  public let planned: Int

  /// What a reader of the store's means must know.
  public var sentence: String {
    "This store has \(present) of the \(planned) trials of a study of \(suite): means are over those "
      + "that happened to be run. The same command runs the rest."
  }
}

/// What spans a plan: with the shard, all that its trials follow from.
struct PlanAxes: Codable {
  let suite: String
  let tasks: [String]
  let estimators: [String]
  let sizes: [Int]
  let seeds: [Int]
  let shard: [Int]
}

extension BenchPlan {
  /// The plan as a store notes it.
  var study: StudyRecord {
    let axes = PlanAxes(
      suite: suite, tasks: tasks.map(\.id),
      estimators: configurations.map {
        "\($0.descriptor.id) \($0.descriptor.version) \($0.canonicalParameters)"
      },
      sizes: sizes, seeds: seeds, shard: [shard.index, shard.count])
    return StudyRecord(plan: canonicalJSONText(axes), planned: trials.count)
  }
}

extension ResultStore {
  /// The studies that were begun and are not all there: counted, so that it does not matter how a run
  /// ended, in which process, or on which machine.
  ///
  /// - Throws: `DataError` where the store cannot be read.
  public func incompleteStudies() throws(DataError) -> [IncompleteStudy] {
    var found: [IncompleteStudy] = []
    for study in try studies() {
      guard let axes = try? JSONDecoder().decode(PlanAxes.self, from: Data(study.plan.utf8)) else {
        throw DataError(.malformed, "\(path): the plan of a study cannot be read.")
      }
      let present = try read { try Self.present(axes, $0) }
      if present < study.planned {
        found.append(
          IncompleteStudy(suite: axes.suite, present: present, planned: study.planned))
      }
    }
    return found
  }

  private static func present(_ axes: PlanAxes, _ database: Database) throws -> Int {
    let shard = Shard(index: axes.shard[0], count: axes.shard[1])
    let keys = try Row.fetchCursor(
      database,
      sql: """
        SELECT estimator, version, parameters, task, n, seed FROM result
        WHERE estimator || ' ' || version || ' ' || parameters IN (SELECT value FROM json_each(?))
          AND task IN (SELECT value FROM json_each(?)) AND n IN (SELECT value FROM json_each(?))
          AND seed IN (SELECT value FROM json_each(?))
        """,
      arguments: [
        canonicalJSONText(axes.estimators), canonicalJSONText(axes.tasks),
        canonicalJSONText(axes.sizes), canonicalJSONText(axes.seeds),
      ])
    var count = 0
    while let row = try keys.next() {
      let key = TrialKey(
        estimator: row[0], version: row[1], parameters: row[2], task: row[3], n: row[4],
        seed: row[5])
      if shard.contains(key) { count += 1 }
    }
    return count
  }
}

// SPDX-License-Identifier: MIT

import EstimatorAPI
import GRDB

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension TaskRecord {
  /// Reads a row of `task`.
  init(_ row: Row) throws {
    guard let kind = PairKind(rawValue: row["kind"]) else {
      throw DataError(.malformed, "task \(row["name"] as String) has an unknown kind of pair.")
    }
    self.init(
      id: row["name"], suite: row["suite"], kind: kind, dx: row["dx"], dy: row["dy"],
      nats: row["nats"], natsError: row["nats_error"])
  }
}

extension TrialRecord {
  /// The outcome as columns: `outcome` is `estimate`, or the code of the failure.
  var columns: OutcomeColumns {
    switch outcome {
    case .estimate(let estimate):
      OutcomeColumns(
        nats: estimate.information.nats, standardError: estimate.standardError?.nats,
        kind: estimate.kind.rawValue, outcome: "estimate",
        diagnostics: estimate.diagnostics.isEmpty
          ? nil : canonicalJSONText(estimate.diagnostics),
        warnings: estimate.warnings.isEmpty ? nil : canonicalJSONText(estimate.warnings))
    case .failure(let error):
      OutcomeColumns(outcome: error.code.rawValue, error: error.description)
    }
  }

  /// Reads a row of the view `result`.
  init(_ row: Row) {
    let outcome: Trial.Outcome
    if let nats = row["nats"] as Double? {
      let decoder = JSONDecoder()
      func decoded<Value: Decodable>(_ column: String, _ empty: Value) -> Value {
        guard let text = row[column] as String? else { return empty }
        return (try? decoder.decode(Value.self, from: Data(text.utf8))) ?? empty
      }
      outcome = .estimate(
        Estimate(
          Information(nats: nats),
          kind: EstimateKind(rawValue: row["kind"] ?? "") ?? .estimate,
          standardError: (row["standard_error"] as Double?).map { Information(nats: $0) },
          diagnostics: decoded("diagnostics", [:]), warnings: decoded("warnings", [])))
    } else {
      outcome = .failure(
        EstimatorError(.init(rawValue: row["outcome"]), row["error"] ?? ""))
    }
    self.init(
      key: TrialKey(
        estimator: row["estimator"], version: row["version"], parameters: row["parameters"],
        task: row["task"], n: row["n"], seed: row["seed"]),
      outcome: outcome, seconds: row["seconds"], peakMemory: row["peak_memory"],
      host: row["host"], created: row["created"])
  }
}

extension ResultStore {
  /// All tasks, by name.
  public func tasks() throws(DataError) -> [TaskRecord] {
    try read { database in
      try Row.fetchAll(database, sql: "SELECT * FROM task ORDER BY name").map { try TaskRecord($0) }
    }
  }

  /// All trials in the order of their keys; for tests and small stores, as it holds them all.
  public func trials() throws(DataError) -> [TrialRecord] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: "SELECT * FROM result ORDER BY estimator, version, parameters, task, n, seed"
      ).map { TrialRecord($0) }
    }
  }

  /// The trials whose key is this one up to the seed.
  package func trials(like key: TrialKey) throws(DataError) -> [TrialRecord] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT * FROM result
          WHERE estimator = ? AND version = ? AND parameters = ? AND task = ? AND n = ?
          """,
        arguments: [key.estimator, key.version, key.parameters, key.task, key.n]
      ).map { TrialRecord($0) }
    }
  }

  /// Forgets old trials, and tasks without any.
  func removeTrials(olderThanDays days: Int) throws(DataError) {
    try write { database in
      try database.execute(
        sql: "DELETE FROM kept_numbers WHERE created < strftime('%Y-%m-%dT%H:%M:%SZ', 'now', ?)",
        arguments: ["-\(days) days"])
      try database.execute(
        sql: "DELETE FROM trial WHERE created < strftime('%Y-%m-%dT%H:%M:%SZ', 'now', ?)",
        arguments: ["-\(days) days"])
      guard database.changesCount > 0 else { return }
      try database.execute(
        sql: "DELETE FROM task WHERE id NOT IN (SELECT task FROM trial)")
    }
  }
}

// SPDX-License-Identifier: MIT

import EstimatorAPI
import GRDB

/// A row of a store as it travels: the columns as they are written, so that a row that was made on
/// another machine is the row that would have been made here.
public struct TrialRow: Sendable, Hashable, Codable {
  /// Which trial.
  public let key: TrialKey
  /// What came of it.
  let columns: OutcomeColumns
  /// The time of the estimate alone, in seconds.
  public let seconds: Double
  /// The growth of peak resident memory, in bytes; nil where it was not measured.
  public let peakMemory: Int?
  /// The name of the machine that ran it.
  public let host: String

  /// The row of a record.
  public init(_ record: TrialRecord) {
    key = record.key
    columns = record.columns
    seconds = record.seconds
    peakMemory = record.peakMemory
    host = record.host
  }
}

/// The columns of `trial` that an outcome fills.
struct OutcomeColumns: Sendable, Hashable, Codable {
  var nats: Double?
  var standardError: Double?
  var kind: String?
  var outcome: String
  var error: String?
  var diagnostics: String?
  var warnings: String?
}

/// A distilled pair as it travels: a row of `distilled_pair`.
public struct DistilledRow: Sendable, Hashable, Codable {
  let configuration: String
  let student: String
  let teacher: String
  let result: String
  let seconds: Double
}

extension ResultStore {
  /// Adds trials in one transaction; where a key is there already, the row that came first stays.
  ///
  /// - Returns: how many rows were new.
  /// - Throws: `DataError`: `malformed` for a task that the store does not know, `unreadable` with what
  ///   SQLite says; nothing was added then.
  @discardableResult
  public func insert(_ rows: [TrialRow]) throws(DataError) -> Int {
    guard !rows.isEmpty else { return 0 }
    var numbers: [(configuration: Int64, task: Int64)] = []
    for row in rows { numbers.append(try self.numbers(of: row.key)) }
    let known = numbers
    return try write { database in
      let statement = try database.cachedStatement(
        sql: """
          INSERT OR IGNORE INTO trial (configuration, task, n, seed, nats, standard_error, kind,
            seconds, peak_memory, outcome, error, diagnostics, warnings, host)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """)
      var added = 0
      for (row, number) in zip(rows, known) {
        let columns = row.columns
        try statement.execute(
          arguments: [
            number.configuration, number.task, row.key.n, row.key.seed, columns.nats,
            columns.standardError, columns.kind, row.seconds, row.peakMemory, columns.outcome,
            columns.error, columns.diagnostics, columns.warnings, row.host,
          ])
        added += database.changesCount
      }
      return added
    }
  }

  /// Adds distilled pairs; of two under one configuration the first stays.
  ///
  /// - Returns: how many were new.
  @discardableResult
  func insert(_ rows: [DistilledRow]) throws(DataError) -> Int {
    guard !rows.isEmpty else { return 0 }
    return try write { database in
      var added = 0
      for row in rows {
        try database.execute(
          sql: """
            INSERT OR IGNORE INTO distilled_pair (configuration, student, teacher, result, seconds)
            VALUES (?, ?, ?, ?, ?)
            """,
          arguments: [row.configuration, row.student, row.teacher, row.result, row.seconds])
        added += database.changesCount
      }
      return added
    }
  }

  /// The keys that the store has of some configurations, on any task.
  package func presentKeys(
    of configurations: [(id: String, version: String, parameters: String)]
  ) throws(DataError) -> Set<TrialKey> {
    try read { database in
      var keys: Set<TrialKey> = []
      for one in configurations {
        let cursor = try Row.fetchCursor(
          database,
          sql: """
            SELECT task.name, n, seed FROM trial JOIN task ON task.id = trial.task
            WHERE configuration = (SELECT id FROM configuration
              WHERE estimator = ? AND version = ? AND parameters = ?)
            """,
          arguments: [one.id, one.version, one.parameters])
        while let row = try cursor.next() {
          keys.insert(
            TrialKey(
              estimator: one.id, version: one.version, parameters: one.parameters, task: row[0],
              n: row[1],
              seed: row[2]))
        }
      }
      return keys
    }
  }
}

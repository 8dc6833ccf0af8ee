// SPDX-License-Identifier: MIT

import GRDB

/// What a merge did.
public struct MergeSummary: Sendable, Hashable, Codable {
  /// Rows that were new.
  public internal(set) var added = 0
  /// Rows whose key was there already with the same result.
  public internal(set) var duplicates = 0
  /// Rows whose key was there already with another result; the row that was there stays.
  ///
  /// One key stands for one number, so a conflict means that an estimator changed without raising
  /// its version, or that a task did.
  public internal(set) var conflicts: [MergeConflict] = []
}

/// Two results for one key.
public struct MergeConflict: Sendable, Hashable, Codable {
  /// The estimator.
  public let estimator: String
  /// The task.
  public let task: String
  /// Rows drawn.
  public let n: Int
  /// The seed.
  public let seed: Int
  /// The result that stays: nats, or the code of the failure.
  public let kept: String
  /// The result that was left out.
  public let other: String
}

extension ResultStore {
  /// Adds the trials of another store to this one.
  ///
  /// - Throws: `DataError`, `malformed` where a task has another truth there.
  public func merge(_ other: ResultStore) throws(DataError) -> MergeSummary {
    for task in try other.tasks() { try register(task) }
    return try plainly { database in
      try database.execute(sql: "ATTACH DATABASE ? AS other", arguments: [other.path])
      defer { try? database.execute(sql: "DETACH DATABASE other") }
      var summary = MergeSummary()
      try database.inTransaction(.immediate) {
        try database.execute(sql: Self.addConfigurations)
        summary.conflicts = try Row.fetchAll(database, sql: Self.conflicts).map { row in
          MergeConflict(
            estimator: row[0], task: row[1], n: row[2], seed: row[3], kept: row[4], other: row[5])
        }
        let offered = try Int.fetchOne(database, sql: "SELECT count(*) FROM other.trial") ?? 0
        try database.execute(sql: Self.addTrials)
        summary.added = database.changesCount
        try database.execute(sql: Self.addStudies)
        summary.duplicates = offered - summary.added - summary.conflicts.count
        return .commit
      }
      return summary
    }
  }

  private static let addConfigurations = """
    INSERT OR IGNORE INTO main.configuration (estimator, version, parameters)
    SELECT estimator, version, parameters FROM other.configuration
    """

  /// The other store's trials with this store's numbers for configurations and tasks.
  private static let translated = """
    FROM other.trial AS theirs
    JOIN other.configuration AS there ON there.id = theirs.configuration
    JOIN main.configuration AS here ON here.estimator = there.estimator
      AND here.version = there.version AND here.parameters = there.parameters
    JOIN other.task AS their_task ON their_task.id = theirs.task
    JOIN main.task AS our_task ON our_task.name = their_task.name
    """

  private static let addTrials = """
    INSERT OR IGNORE INTO main.trial (configuration, task, n, seed, nats, standard_error, kind,
      seconds, peak_memory, outcome, error, diagnostics, warnings, host, created)
    SELECT here.id, our_task.id, theirs.n, theirs.seed, theirs.nats, theirs.standard_error,
      theirs.kind, theirs.seconds, theirs.peak_memory, theirs.outcome, theirs.error,
      theirs.diagnostics, theirs.warnings, theirs.host, theirs.created
    \(translated)
    """

  private static let addStudies = """
    INSERT OR IGNORE INTO main.study (plan, planned) SELECT plan, planned FROM other.study
    """

  private static let conflicts = """
    SELECT here.estimator, our_task.name, ours.n, ours.seed,
      coalesce(CAST(ours.nats AS TEXT), ours.outcome),
      coalesce(CAST(theirs.nats AS TEXT), theirs.outcome)
    \(translated)
    JOIN main.trial AS ours ON ours.configuration = here.id AND ours.task = our_task.id
      AND ours.n = theirs.n AND ours.seed = theirs.seed
    WHERE ours.nats IS NOT theirs.nats OR ours.outcome <> theirs.outcome
    ORDER BY 1, 2, 3, 4
    """
}

// SPDX-License-Identifier: MIT

import GRDB

/// A study that was begun in a store: what it is to hold.
///
/// A run that was stopped or killed leaves rows that are whole each, while means over them compare
/// what happened to be done. The plan beside the rows tells such a store from a whole one.
struct StudyRecord: Sendable, Hashable {
  /// What was planned: ``PlanAxes`` as canonical JSON.
  let plan: String
  /// The number of its trials.
  let planned: Int
}

extension ResultStore {
  /// Notes that a study begins, or goes on.
  func register(_ study: StudyRecord) throws(DataError) {
    try write { database in
      try database.execute(
        sql: "INSERT OR IGNORE INTO study (plan, planned) VALUES (?, ?)",
        arguments: [study.plan, study.planned])
    }
  }

  /// The studies that were begun.
  func studies() throws(DataError) -> [StudyRecord] {
    try read { database in
      try Row.fetchAll(database, sql: "SELECT plan, planned FROM study ORDER BY plan").map {
        StudyRecord(plan: $0[0], planned: $0[1])
      }
    }
  }
}

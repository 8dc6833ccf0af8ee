// SPDX-License-Identifier: MIT

import GRDB

/// The tables of a store.
///
/// `trial` is the fact table, one row a trial; estimators and tasks are named once and referred to
/// by number, which keeps a million rows in about 200 MB. The view `result` shows all of it flat, for
/// people with an SQLite shell:
///
/// ```sql
/// SELECT estimator, task, avg(nats - truth_nats) FROM result WHERE nats IS NOT NULL GROUP BY 1, 2;
/// ```
///
/// A later version adds a migration at the end and never changes one that was released.
enum StoreSchema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 trials") { database in
      try database.execute(sql: trials)
    }
    migrator.registerMigration("2 distilled pairs") { database in
      try database.execute(sql: distilledPairs)
    }
    migrator.registerMigration("3 kept numbers") { database in
      try database.execute(sql: keptNumbers)
    }
    migrator.registerMigration("4 studies") { database in
      try database.execute(sql: studies)
    }
    return migrator
  }

  private static let trials = """
    CREATE TABLE configuration (
      id INTEGER PRIMARY KEY,
      estimator TEXT NOT NULL,
      version TEXT NOT NULL,
      parameters TEXT NOT NULL,
      UNIQUE (estimator, version, parameters)
    );
    CREATE TABLE task (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      suite TEXT NOT NULL,
      kind TEXT NOT NULL,
      dx INTEGER NOT NULL,
      dy INTEGER NOT NULL,
      nats REAL NOT NULL,
      nats_error REAL NOT NULL
    );
    CREATE TABLE trial (
      configuration INTEGER NOT NULL REFERENCES configuration,
      task INTEGER NOT NULL REFERENCES task,
      n INTEGER NOT NULL,
      seed INTEGER NOT NULL,
      nats REAL,
      standard_error REAL,
      kind TEXT,
      seconds REAL NOT NULL,
      peak_memory INTEGER,
      outcome TEXT NOT NULL,
      error TEXT,
      diagnostics TEXT,
      warnings TEXT,
      host TEXT NOT NULL,
      created TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
      UNIQUE (configuration, task, n, seed),
      CHECK ((outcome = 'estimate') = (nats IS NOT NULL)),
      CHECK ((outcome = 'estimate') = (error IS NULL))
    );
    CREATE VIEW result AS
      SELECT configuration.estimator, configuration.version, configuration.parameters,
        task.name AS task, task.suite, task.kind AS pair, task.dx, task.dy,
        task.nats AS truth_nats, task.nats_error AS truth_error,
        trial.n, trial.seed, trial.nats, trial.standard_error, trial.kind, trial.seconds,
        trial.peak_memory, trial.outcome, trial.error, trial.diagnostics, trial.warnings,
        trial.host, trial.created
      FROM trial
      JOIN configuration ON configuration.id = trial.configuration
      JOIN task ON task.id = trial.task;
    """

  /// Teacher and student distilled: `configuration` has all that decides the result, as JSON.
  private static let distilledPairs = """
    CREATE TABLE distilled_pair (
      configuration TEXT PRIMARY KEY,
      student TEXT NOT NULL,
      teacher TEXT NOT NULL,
      result TEXT NOT NULL,
      seconds REAL NOT NULL,
      created TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
    );
    """

  /// The plans that were begun: see ``StudyRecord``.
  private static let studies = """
    CREATE TABLE study (
      plan TEXT PRIMARY KEY,
      planned INTEGER NOT NULL
    );
    """

  /// Intermediate results of a check, such as held-out predictions: 8 little-endian bytes a number.
  private static let keptNumbers = """
    CREATE TABLE kept_numbers (
      name TEXT PRIMARY KEY,
      numbers BLOB NOT NULL,
      created TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
    );
    """
}

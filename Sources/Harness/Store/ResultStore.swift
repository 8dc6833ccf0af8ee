// SPDX-License-Identifier: MIT

import EstimatorAPI
package import GRDB
import Synchronization

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The results of trials, in an SQLite file.
///
/// The file is in write-ahead mode and every insert is a transaction of its own: a process that is
/// killed loses the trials in flight and nothing else. Several processes may write to one file; they
/// wait for each other, and of two rows with one key the first stays.
public final class ResultStore: Sendable {
  /// The file's path.
  public let path: String
  private let database: DatabaseQueue
  private let known = Mutex(KnownNumbers())

  /// Row numbers already looked up, so that an insert is one statement.
  private struct KnownNumbers {
    var configurations: [ConfigurationName: Int64] = [:]
    var tasks: [String: Int64] = [:]
  }

  private struct ConfigurationName: Hashable {
    let estimator: String
    let version: String
    let parameters: String
  }

  /// Opens a store, or makes one where there is no file.
  ///
  /// - Throws: `DataError`, `unreadable` for a file that is no store of this version or earlier.
  public convenience init(path: String) throws(DataError) {
    try self.init(path: path, create: true)
  }

  /// Opens a store that must exist.
  ///
  /// - Throws: `DataError`, `missingFile` or `unreadable`.
  public convenience init(existing path: String) throws(DataError) {
    try self.init(path: path, create: false)
  }

  private init(path: String, create: Bool) throws(DataError) {
    guard create || FileManager.default.fileExists(atPath: path) else {
      throw DataError(.missingFile, "\(path): there is no such store.")
    }
    self.path = path
    do {
      database = try Self.open(path)
    } catch {
      throw DataError(.unreadable, "\(path): \(Self.sentence(error))")
    }
  }

  private static func open(_ path: String) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.journalMode = .wal
    configuration.busyMode = .timeout(60)
    configuration.label = "mi"
    configuration.prepareDatabase { database in
      // Safe against a killed process; a power cut may lose the last commits, never the file.
      try database.execute(sql: "PRAGMA synchronous = NORMAL")
    }
    // Two processes that make one file at once: the switch to write-ahead mode does not wait.
    var attempts = 0
    while true {
      do {
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        if try queue.read({ try StoreSchema.migrator.hasBeenSuperseded($0) }) {
          throw DataError(.unsupported, "it was made by a later version of mi.")
        }
        if try !queue.read({ try StoreSchema.migrator.hasCompletedMigrations($0) }) {
          try StoreSchema.migrator.migrate(queue)
        }
        return queue
      } catch let error as DatabaseError
        where attempts < 100 && error.isContention || attempts < 10 && error.isLostRace
      {
        attempts += 1
        usleep(50_000)
      }
    }
  }

  /// The numbers of trials by whether they gave an estimate.
  public func counts() throws(DataError) -> (estimates: Int, failures: Int) {
    try read { database in
      let row = try Row.fetchOne(
        database,
        sql: "SELECT count(nats), count(*) - count(nats) FROM trial")
      return (row?[0] ?? 0, row?[1] ?? 0)
    }
  }

  /// Makes a task known.
  ///
  /// - Throws: `DataError`, `malformed` where the store has the id with another truth.
  public func register(_ task: TaskRecord) throws(DataError) {
    let (number, stored) = try write { database in
      try database.execute(
        sql: """
          INSERT OR IGNORE INTO task (name, suite, kind, dx, dy, nats, nats_error)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          task.id, task.suite, task.kind.rawValue, task.dx, task.dy, task.nats, task.natsError,
        ])
      let found = try Row.fetchAll(
        database, sql: "SELECT id, * FROM task WHERE name = ?", arguments: [task.id])
      return (found[0]["id"] as Int64, try TaskRecord(found[0]))
    }
    guard stored.agrees(with: task) else {
      throw Self.differentTruth(task, stored, in: path)
    }
    known.withLock { $0.tasks[task.id] = number }
  }

  static func differentTruth(_ one: TaskRecord, _ other: TaskRecord, in path: String) -> DataError {
    DataError(
      .malformed,
      "\(path): task \(one.id) is stored there as \(other.dx) x \(other.dy) with \(other.nats) "
        + "nats and is now \(one.dx) x \(one.dy) with \(one.nats); such results cannot be mixed.")
  }

  /// Whether the store has a trial.
  public func contains(_ key: TrialKey) throws(DataError) -> Bool {
    guard let task = known.withLock({ $0.tasks[key.task] }) else { return false }
    let configuration = try number(of: key)
    return try read { database in
      try Int.fetchOne(
        database,
        sql: "SELECT 1 FROM trial WHERE configuration = ? AND task = ? AND n = ? AND seed = ?",
        arguments: [configuration, task, key.n, key.seed]) != nil
    }
  }

  /// Adds a trial; where the key is there already, the row that came first stays.
  ///
  /// The task must be registered. On return the row is committed.
  ///
  /// - Returns: whether the row was new.
  /// - Throws: `DataError`, `unreadable` with what SQLite says, for example that the disk is full.
  @discardableResult
  public func insert(_ record: TrialRecord) throws(DataError) -> Bool {
    try insert([TrialRow(record)]) == 1
  }

  /// Learns the numbers of the tasks that the store has.
  func recallTasks() throws(DataError) {
    let tasks = try read { database in
      try Row.fetchAll(database, sql: "SELECT name, id FROM task").map {
        ($0[0] as String, $0[1] as Int64)
      }
    }
    known.withLock { known in
      for (name, number) in tasks { known.tasks[name] = number }
    }
  }

  /// The numbers that stand for a key's configuration and task.
  ///
  /// - Throws: `DataError`, `malformed` for a task that was not registered.
  func numbers(of key: TrialKey) throws(DataError) -> (configuration: Int64, task: Int64) {
    guard let task = known.withLock({ $0.tasks[key.task] }) else {
      throw DataError(
        .malformed, "\(path): it does not know the task \(key.task); a plan makes tasks known.")
    }
    return (try number(of: key), task)
  }

  /// Removes the failed trials of one configuration, so that a run tries them again.
  ///
  /// - Returns: how many there were.
  @discardableResult
  public func removeFailures(
    estimator: String, version: String, parameters: String
  ) throws(DataError) -> Int {
    try write { database in
      try database.execute(
        sql: """
          DELETE FROM trial WHERE nats IS NULL AND configuration IN (
            SELECT id FROM configuration WHERE estimator = ? AND version = ? AND parameters = ?)
          """,
        arguments: [estimator, version, parameters])
      return database.changesCount
    }
  }

  private func number(of key: TrialKey) throws(DataError) -> Int64 {
    let name = ConfigurationName(
      estimator: key.estimator, version: key.version, parameters: key.parameters)
    if let number = known.withLock({ $0.configurations[name] }) { return number }
    let number = try write { database in
      let arguments: StatementArguments = [name.estimator, name.version, name.parameters]
      try database.execute(
        sql: """
          INSERT OR IGNORE INTO configuration (estimator, version, parameters) VALUES (?, ?, ?)
          """, arguments: arguments)
      return try Int64.fetchAll(
        database,
        sql: """
          SELECT id FROM configuration WHERE estimator = ? AND version = ? AND parameters = ?
          """, arguments: arguments)[0]
    }
    known.withLock { $0.configurations[name] = number }
    return number
  }

  /// Runs a transaction that reads.
  package func read<Value>(_ body: (Database) throws -> Value) throws(DataError) -> Value {
    do { return try database.unsafeReentrantRead(body) } catch { throw failure(error) }
  }

  /// Runs a transaction that writes.
  package func write<Value>(_ body: (Database) throws -> Value) throws(DataError) -> Value {
    do { return try database.write(body) } catch { throw failure(error) }
  }

  /// Runs statements outside a transaction, as ATTACH needs it.
  package func plainly<Value>(_ body: (Database) throws -> Value) throws(DataError) -> Value {
    do { return try database.inDatabase(body) } catch { throw failure(error) }
  }

  private func failure(_ error: any Error) -> DataError {
    (error as? DataError) ?? DataError(.unreadable, "\(path): \(Self.sentence(error))")
  }

  private static func sentence(_ error: any Error) -> String {
    switch error {
    case let error as DatabaseError where error.resultCode == .SQLITE_NOTADB:
      "it is not a store (not an SQLite file)."
    case let error as DatabaseError: "SQLite says: \(error.message ?? "\(error.resultCode)")."
    case let error as DataError: error.description
    default: "\(error)"
    }
  }
}

extension DatabaseError {
  /// Another process holds the file for a moment.
  fileprivate var isContention: Bool {
    resultCode == .SQLITE_BUSY || resultCode == .SQLITE_LOCKED
  }

  /// Another process may have made the tables between our look and our try; the next look tells.
  fileprivate var isLostRace: Bool {
    resultCode == .SQLITE_ERROR || resultCode == .SQLITE_CONSTRAINT
  }
}

// SPDX-License-Identifier: MIT

import EstimatorAPI
import GRDB

/// An estimator at certain parameters and version, as a report names it.
public struct ReportedEstimator: Sendable, Hashable {
  /// The id.
  public let id: String
  /// The version of its results.
  public let version: String
  /// The parameters, canonical.
  public let parameters: String
  /// The shortest name that tells it from the others of the report, for example `ksg-1 k=3`.
  public let label: String
}

/// All trials of one estimator on one task at one size, summarized.
public struct BenchCell: Sendable, Hashable {
  /// The estimates, in nats.
  public internal(set) var estimates = Moments()
  /// Their absolute errors, in nats.
  public internal(set) var absoluteErrors = Moments()
  /// Seconds of each estimate, failures included.
  public internal(set) var seconds = Moments()
  /// The largest peak memory of a trial, in bytes; nil where none was measured.
  public internal(set) var peakMemory: Int?
  /// Trials that gave no estimate.
  public internal(set) var failures = 0

  /// The number of trials.
  public var trials: Int { estimates.count + failures }

  /// Whether fewer than half of the trials gave an estimate: then their mean speaks for the lucky
  /// ones alone, and the task counts as failed.
  public var isFailed: Bool { 2 * estimates.count < trials }
}

/// A store as a table of cells: what every part of a report is made from.
///
/// One pass over the trials; the memory depends on the number of cells, not of trials.
public struct BenchSummary: Sendable {
  /// The tasks, by suite order of their first trial.
  public let tasks: [TaskRecord]
  /// The estimators, by label.
  public let estimators: [ReportedEstimator]
  /// The sizes, rising.
  public let sizes: [Int]
  /// Failures by estimator index and code.
  public let failureCodes: [[String: Int]]
  /// The number of trials.
  public let trialCount: Int
  /// The machines that ran them.
  public let hosts: [String]
  /// The studies that were begun and are not whole.
  public let incomplete: [IncompleteStudy]
  private let cells: [Index: BenchCell]

  private struct Index: Hashable {
    let estimator: Int32
    let task: Int32
    let n: Int
  }

  /// The cell of an estimator, a task and a size, by their indices and the number of rows.
  public func cell(_ estimator: Int, _ task: Int, n: Int) -> BenchCell? {
    cells[Index(estimator: Int32(estimator), task: Int32(task), n: n)]
  }

  /// Whether an estimator has any trial at a size.
  public func hasTrials(_ estimator: Int, n: Int) -> Bool {
    tasks.indices.contains { cell(estimator, $0, n: n) != nil }
  }

  /// Summarizes the trials of a store on the tasks that the closure takes.
  ///
  /// - Throws: `DataError` where the store cannot be read.
  public init(
    _ store: ResultStore, where includesTask: (TaskRecord) -> Bool = { _ in true }
  ) throws(DataError) {
    let raw = try store.read { database in try RawSummary(database, where: includesTask) }
    incomplete = try store.incompleteStudies()
    tasks = raw.tasks
    sizes = raw.sizes.sorted()
    trialCount = raw.trialCount
    hosts = raw.hosts
    let labels = estimatorLabels(raw.configurations)
    let order = labels.indices.sorted { labels[$0] < labels[$1] }
    estimators = order.map { index in
      let configuration = raw.configurations[index]
      return ReportedEstimator(
        id: configuration.id, version: configuration.version,
        parameters: configuration.parameters, label: labels[index])
    }
    failureCodes = order.map { raw.failureCodes[$0] ?? [:] }
    var place = [Int](repeating: 0, count: order.count)
    for (position, index) in order.enumerated() { place[index] = position }
    var cells: [Index: BenchCell] = [:]
    cells.reserveCapacity(raw.cells.count)
    for (key, cell) in raw.cells {
      cells[Index(estimator: Int32(place[key.configuration]), task: Int32(key.task), n: key.n)] =
        cell
    }
    self.cells = cells
  }
}

/// The pass over the rows, with indices in the order in which things were found.
private struct RawSummary {
  struct Key: Hashable {
    let configuration: Int
    let task: Int
    let n: Int
  }

  var tasks: [TaskRecord] = []
  var configurations: [(id: String, version: String, parameters: String)] = []
  var sizes: Set<Int> = []
  var cells: [Key: BenchCell] = [:]
  var failureCodes: [Int: [String: Int]] = [:]
  var trialCount = 0
  var hosts: [String] = []

  init(_ database: Database, where includesTask: (TaskRecord) -> Bool) throws {
    var taskIndex: [Int64: Int] = [:]
    for row in try Row.fetchAll(database, sql: "SELECT * FROM task ORDER BY id") {
      let task = try TaskRecord(row)
      guard includesTask(task) else { continue }
      taskIndex[row["id"]] = tasks.count
      tasks.append(task)
    }
    var configurationIndex: [Int64: Int] = [:]
    let used = "SELECT DISTINCT configuration FROM trial"
    for row in try Row.fetchAll(
      database, sql: "SELECT * FROM configuration WHERE id IN (\(used)) ORDER BY id")
    {
      configurationIndex[row["id"]] = configurations.count
      configurations.append((row["estimator"], row["version"], row["parameters"]))
    }
    hosts = try String.fetchAll(database, sql: "SELECT DISTINCT host FROM trial ORDER BY host")
    // The order of rows in the file changes with merging; sums in key order do not.
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT configuration, task, n, nats, seconds, peak_memory FROM trial
        ORDER BY configuration, task, n, seed
        """)
    var key: Key?
    var cell = BenchCell()
    func keep(_ cells: inout [Key: BenchCell]) { if let key { cells[key] = cell } }
    while let row = try rows.next() {
      guard let task = taskIndex[row[1]], let configuration = configurationIndex[row[0]] else {
        continue
      }
      let next = Key(configuration: configuration, task: task, n: row[2])
      if next != key {
        keep(&cells)
        key = next
        cell = BenchCell()
        sizes.insert(next.n)
      }
      trialCount += 1
      cell.add(
        nats: row[3], truth: tasks[task].nats, seconds: row[4], peakMemory: row[5])
    }
    keep(&cells)
    try countFailures(database, taskIndex, configurationIndex)
  }

  private mutating func countFailures(
    _ database: Database, _ taskIndex: [Int64: Int], _ configurationIndex: [Int64: Int]
  ) throws {
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT configuration, task, outcome, count(*) FROM trial WHERE nats IS NULL
        GROUP BY 1, 2, 3
        """)
    for row in rows where taskIndex[row[1]] != nil {
      guard let configuration = configurationIndex[row[0]] else { continue }
      failureCodes[configuration, default: [:]][row[2], default: 0] += row[3]
    }
  }
}

extension BenchCell {
  /// Takes one trial.
  mutating func add(nats: Double?, truth: Double, seconds: Double, peakMemory: Int?) {
    self.seconds.add(seconds)
    if let peakMemory { self.peakMemory = max(self.peakMemory ?? 0, peakMemory) }
    guard let nats else {
      failures += 1
      return
    }
    estimates.add(nats)
    absoluteErrors.add(abs(nats - truth))
  }
}

/// The shortest labels that differ: the id; with the parameters in which configurations of one id
/// differ; with the version where nothing else differs.
func estimatorLabels(
  _ configurations: [(id: String, version: String, parameters: String)]
) -> [String] {
  let values = configurations.map { ParameterValues(canonicalJSON: $0.parameters)?.values ?? [:] }
  return configurations.indices.map { index in
    let own = configurations[index]
    let alike = configurations.indices.filter { configurations[$0].id == own.id }
    let varied = values[index].keys.sorted().filter { name in
      alike.contains { values[$0][name] != values[index][name] }
    }
    var label = own.id
    for name in varied { label += " \(name)=\(values[index][name]?.description ?? "-")" }
    let sameParameters = alike.filter { configurations[$0].parameters == own.parameters }
    if sameParameters.count > 1 { label += " v\(own.version)" }
    return label
  }
}

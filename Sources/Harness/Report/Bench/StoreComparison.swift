// SPDX-License-Identifier: MIT

import GRDB

/// What changed between two stores: the regression check for an estimator's author.
///
/// Estimators are matched by id and parameters, whatever their versions. Estimates with a seed in
/// both stores are differences on the same rows, tested by Student's paired t test; where no seed
/// is in both, Welch's test compares the means. All p-values are adjusted by Holm together.
public struct StoreComparison: Sendable {
  /// Every (estimator, task, n) that is in both stores, in key order.
  public let changes: [Change]
  /// Keys `estimator task n` that only the first store has.
  public let onlyInFirst: [String]
  /// Keys `estimator task n` that only the second store has.
  public let onlyInSecond: [String]
  /// The level of the tests.
  public let alpha: Double

  /// One estimator on one task at one size, in both stores.
  public struct Change: Sendable, Hashable, Codable {
    /// The estimator's id.
    public let estimator: String
    /// Its parameters, canonical.
    public let parameters: String
    /// Its version in the first store and in the second.
    public let versions: [String]
    /// The task.
    public let task: String
    /// The truth, in nats.
    public let truthNats: Double
    /// Rows drawn.
    public let n: Int
    /// Seeds with an estimate in both stores; 0 where the comparison is not paired.
    public let pairs: Int
    /// The mean absolute error in each store; nil where all failed.
    public let meanAbsoluteErrors: [Double?]
    /// Failed trials in each store.
    public let failures: [Int]
    /// The mean seconds in each store.
    public let seconds: [Double]
    /// The change of the estimate, second less first, with its test; nil where fewer than two values
    /// speak for it.
    public let test: StudentTest?
    /// The p-value adjusted by Holm; nil without a test.
    public internal(set) var adjustedP: Double?
    /// What it comes to.
    public internal(set) var verdict: Verdict
  }

  /// What a change comes to.
  public enum Verdict: String, Sendable, Hashable, Codable, CaseIterable {
    /// Every paired estimate is the same to the bit, and as many fail.
    case identical
    /// The estimates differ by more than chance and are nearer to the truth; or fewer fail.
    case better
    /// The estimates differ by more than chance and are not nearer to the truth; or more fail.
    case worse
    /// No difference that chance does not explain.
    case unclear
  }

  /// Changes whose results differ though the version is the same: the version should have risen.
  public var unannounced: [Change] {
    changes.filter { $0.verdict != .identical && $0.pairs > 0 && $0.versions[0] == $0.versions[1] }
  }

  /// Compares two stores.
  ///
  /// - Throws: `DataError` where a store cannot be read, or both have a task with different truths.
  public init(
    _ first: ResultStore, _ second: ResultStore, alpha: Double = 0.05
  ) throws(DataError) {
    self.alpha = alpha
    let tasks = Dictionary(uniqueKeysWithValues: try first.tasks().map { ($0.id, $0) })
    for task in try second.tasks() {
      if let other = tasks[task.id], !other.agrees(with: task) {
        throw ResultStore.differentTruth(task, other, in: first.path)
      }
    }
    let left = try first.comparedGroups()
    let right = try second.comparedGroups()
    onlyInFirst = left.keys.filter { right[$0] == nil }.sorted().map(\.text)
    onlyInSecond = right.keys.filter { left[$0] == nil }.sorted().map(\.text)
    var changes = left.keys.sorted().compactMap { key -> Change? in
      guard let before = left[key], let after = right[key], let task = tasks[key.task] else {
        return nil
      }
      return Change(key, before, after, truth: task.nats)
    }
    let tested = changes.indices.filter { changes[$0].test != nil }
    let adjusted = holmAdjusted(tested.compactMap { changes[$0].test?.pValue })
    for (index, p) in zip(tested, adjusted) { changes[index].adjustedP = p }
    for index in changes.indices { changes[index].judge(alpha: alpha) }
    self.changes = changes
  }
}

/// What is compared with what.
struct ComparedKey: Hashable, Comparable {
  let estimator: String
  let parameters: String
  let task: String
  let n: Int

  var text: String { "\(estimator) \(parameters) \(task) \(n)" }

  static func < (left: ComparedKey, right: ComparedKey) -> Bool {
    (left.estimator, left.parameters, left.task, left.n)
      < (right.estimator, right.parameters, right.task, right.n)
  }
}

/// The trials of one key in one store.
struct ComparedGroup {
  var version: String
  var estimates: [Int: Double] = [:]
  var failures = 0
  var seconds = Moments()
}

extension ResultStore {
  /// The trials by key; of several versions of an estimator, those of the version that was written
  /// last.
  fileprivate func comparedGroups() throws(DataError) -> [ComparedKey: ComparedGroup] {
    try read { database in
      var groups: [ComparedKey: ComparedGroup] = [:]
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT configuration.estimator, configuration.parameters, task.name, trial.n, trial.seed,
            trial.nats, trial.seconds, configuration.version
          FROM trial
          JOIN configuration ON configuration.id = trial.configuration
          JOIN task ON task.id = trial.task
          WHERE trial.configuration = (
            SELECT max(latest.id) FROM configuration AS latest
            WHERE latest.estimator = configuration.estimator
              AND latest.parameters = configuration.parameters)
          """)
      while let row = try rows.next() {
        let key = ComparedKey(estimator: row[0], parameters: row[1], task: row[2], n: row[3])
        var group = groups[key] ?? ComparedGroup(version: row[7])
        if let nats = row[5] as Double? {
          group.estimates[row[4]] = nats
        } else {
          group.failures += 1
        }
        group.seconds.add(row[6])
        groups[key] = group
      }
      return groups
    }
  }
}

extension StoreComparison.Change {
  fileprivate init(
    _ key: ComparedKey, _ left: ComparedGroup, _ right: ComparedGroup, truth: Double
  ) {
    estimator = key.estimator
    parameters = key.parameters
    task = key.task
    n = key.n
    truthNats = truth
    versions = [left.version, right.version]
    failures = [left.failures, right.failures]
    seconds = [left.seconds.mean, right.seconds.mean]
    let shared = left.estimates.keys.filter { right.estimates[$0] != nil }.sorted()
    pairs = shared.count
    // Where seeds are shared, errors are of those alone: the same rows on both sides.
    let seeds = shared.isEmpty ? nil : shared
    let ours = (seeds ?? left.estimates.keys.sorted()).compactMap { left.estimates[$0] }
    let theirs = (seeds ?? right.estimates.keys.sorted()).compactMap { right.estimates[$0] }
    meanAbsoluteErrors = [ours, theirs].map { estimates in
      estimates.isEmpty
        ? nil : estimates.reduce(0) { $0 + abs($1 - truth) } / Double(estimates.count)
    }
    if shared.isEmpty {
      var moments = [Moments(), Moments()]
      for estimate in ours { moments[0].add(estimate) }
      for estimate in theirs { moments[1].add(estimate) }
      test = StudentTest(of: moments[0], and: moments[1])
    } else {
      test = StudentTest(paired: zip(ours, theirs).map { $1 - $0 })
    }
    let same = !shared.isEmpty && ours == theirs
    verdict = same && failures[0] == failures[1] ? .identical : .unclear
  }

  fileprivate mutating func judge(alpha: Double) {
    guard verdict != .identical else { return }
    if failures[1] > failures[0] {
      verdict = .worse
    } else if let adjustedP, adjustedP < alpha, let before = meanAbsoluteErrors[0],
      let after = meanAbsoluteErrors[1]
    {
      verdict = after < before ? .better : .worse
    } else if failures[1] < failures[0] {
      verdict = .better
    }
  }
}

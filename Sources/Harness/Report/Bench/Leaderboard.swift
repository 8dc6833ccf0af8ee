// SPDX-License-Identifier: MIT

/// Estimators at one size by their error over all tasks, ranked only as far as a test separates
/// them.
///
/// Two estimators are compared by Wilcoxon's signed-rank test on the differences of their mean
/// absolute errors, one difference a task, over the tasks that both were run on. A failed task
/// counts as a larger error than any other; a task that both fail drops out. The p-values of all
/// pairs are adjusted by Holm. An estimator's rank is 1 plus the number of estimators that are
/// better with adjusted p < alpha, so those that the data cannot tell apart may share a rank.
public struct Leaderboard: Sendable, Hashable {
  /// The number of rows in each sample.
  public let n: Int
  /// The level of the tests.
  public let alpha: Double
  /// The estimators, best first.
  public let entries: [Entry]

  /// One estimator's line.
  public struct Entry: Sendable, Hashable {
    /// Its index in the summary.
    public let estimator: Int
    /// 1 plus the number of estimators that are significantly better.
    public let rank: Int
    /// How many estimators are significantly worse.
    public let beats: Int
    /// Tasks it was run on.
    public let tasks: Int
    /// Tasks on which fewer than half of the trials gave an estimate.
    public let failedTasks: Int
    /// The mean over answered tasks of the mean absolute error, in nats; nil where none.
    public let meanAbsoluteError: Double?
    /// The standard error of that mean over samples, the tasks being fixed; nil with one seed.
    public let standardError: Double?
    /// The mean over answered tasks of the mean error, in nats: positive is too high.
    public let meanBias: Double?
    /// Trials in all.
    public let trials: Int
    /// Trials without an estimate.
    public let failures: Int
    /// The mean seconds of a trial.
    public let seconds: Double
    /// The largest peak memory of a trial, in bytes; nil where none was measured.
    public let peakMemory: Int?
  }

  /// Ranks the estimators that have trials of size n.
  public init(_ summary: BenchSummary, n: Int, alpha: Double = 0.05) {
    self.n = n
    self.alpha = alpha
    let present = summary.estimators.indices.filter { summary.hasTrials($0, n: n) }
    let errors = present.map { estimator in
      summary.tasks.indices.map { task -> Double? in
        summary.cell(estimator, task, n: n).map {
          $0.isFailed ? .infinity : $0.absoluteErrors.mean
        }
      }
    }
    let wins = separated(errors, alpha: alpha)
    entries = present.indices.map { index in
      Entry(
        summary, estimator: present[index], n: n,
        rank: 1 + wins.count { $0.loser == index }, beats: wins.count { $0.winner == index })
    }.sorted { left, right in
      (left.rank, left.failedTasks, left.meanAbsoluteError ?? .infinity, left.estimator)
        < (right.rank, right.failedTasks, right.meanAbsoluteError ?? .infinity, right.estimator)
    }
  }
}

extension Leaderboard.Entry {
  fileprivate init(_ summary: BenchSummary, estimator: Int, n: Int, rank: Int, beats: Int) {
    var (tasks, failedTasks, trials, failures) = (0, 0, 0, 0)
    var (errors, biases, seconds) = (Moments(), Moments(), 0.0)
    var variance: Double? = 0
    var peakMemory: Int?
    for (index, task) in summary.tasks.enumerated() {
      guard let cell = summary.cell(estimator, index, n: n) else { continue }
      tasks += 1
      trials += cell.trials
      failures += cell.failures
      seconds += cell.seconds.mean * Double(cell.trials)
      if let memory = cell.peakMemory { peakMemory = max(peakMemory ?? 0, memory) }
      if cell.isFailed {
        failedTasks += 1
      } else {
        errors.add(cell.absoluteErrors.mean)
        biases.add(cell.estimates.mean - task.nats)
        let error = cell.absoluteErrors.errorOfMean
        variance = variance.flatMap { sum in error.map { sum + $0 * $0 } }
      }
    }
    self.estimator = estimator
    self.rank = rank
    self.beats = beats
    self.tasks = tasks
    self.failedTasks = failedTasks
    self.trials = trials
    self.failures = failures
    self.peakMemory = peakMemory
    self.seconds = seconds / Double(max(trials, 1))
    meanAbsoluteError = errors.count > 0 ? errors.mean : nil
    meanBias = errors.count > 0 ? biases.mean : nil
    standardError =
      errors.count > 0 ? variance.map { $0.squareRoot() / Double(errors.count) } : nil
  }
}

/// The pairs of which one is better, by the rule of ``Leaderboard``.
///
/// `errors` has a number for each estimator and task: nil where it was not run, infinite where it
/// failed.
private func separated(
  _ errors: [[Double?]], alpha: Double
) -> [(winner: Int, loser: Int)] {
  var pairs: [(first: Int, second: Int, p: Double, firstIsBetter: Bool)] = []
  for first in errors.indices {
    for second in errors.indices where second > first {
      let differences = zip(errors[first], errors[second]).compactMap { left, right -> Double? in
        guard let left, let right else { return nil }
        return left == right ? 0 : left - right
      }
      pairs.append(
        (
          first, second, signedRankPValue(differences),
          signedRankSum(differences) < 0
        ))
    }
  }
  let adjusted = holmAdjusted(pairs.map(\.p))
  return zip(pairs, adjusted).filter { $0.1 < alpha }.map { pair, _ in
    pair.firstIsBetter ? (pair.first, pair.second) : (pair.second, pair.first)
  }
}

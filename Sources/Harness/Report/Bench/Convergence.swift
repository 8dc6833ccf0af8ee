// SPDX-License-Identifier: MIT

/// From which size on an estimator is right to within half as much again.
public enum Convergence: Sendable, Hashable {
  /// The smallest n tried from which on every mean estimate lies within 2/3 to 3/2 of the truth.
  case from(n: Int)
  /// At the largest n tried the mean estimate lies outside.
  case notReached
  /// The truth is 0, or there are no trials: the question has no answer.
  case undefined

  /// The convergence of mean estimates.
  ///
  /// - Parameters:
  ///   - means: the mean estimate at each size, by rising n; nil where the estimator failed.
  ///   - truth: the true information, in nats.
  public init(means: [(n: Int, nats: Double?)], truth: Double) {
    guard truth > 0, !means.isEmpty else {
      self = .undefined
      return
    }
    self = .notReached
    for (n, nats) in means.reversed() {
      guard let nats, nats >= truth * 2 / 3, nats <= truth * 3 / 2 else { return }
      self = .from(n: n)
    }
  }

  /// The convergence of an estimator on a task.
  public init(_ summary: BenchSummary, estimator: Int, task: Int) {
    let means = summary.sizes.compactMap { n in
      summary.cell(estimator, task, n: n).map { cell in
        (n: n, nats: cell.isFailed ? nil : cell.estimates.mean)
      }
    }
    self.init(means: means, truth: summary.tasks[task].nats)
  }
}

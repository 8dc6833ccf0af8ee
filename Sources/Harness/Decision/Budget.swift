// SPDX-License-Identifier: MIT

import Synchronization

/// The time that a check may spend on estimators, and how the error of stopping early is paid for.
///
/// With a budget the cheapest estimator of every pair goes first. After each round the decision is
/// looked at, and the check stops where every teacher is decided. Looking more than once gives
/// chance more than one try, so the looks share alpha: half of it is spent on the early looks, in
/// equal parts, and half on the last one. The sum of their errors is at most alpha.
///
/// Wall time is not reproducible from a seed: where the budget cuts an estimator off, another machine
/// may not. The report names every estimator that was left out, and why.
final class Budget: Sendable {
  private let deadline: ContinuousClock.Instant
  private let isCancelledByCaller: @Sendable () -> Bool

  /// Starts the clock; a tenth of the budget is kept for what follows the estimators.
  init(_ duration: Duration, isCancelled: @escaping @Sendable () -> Bool) {
    deadline = ContinuousClock().now + duration * 0.9
    isCancelledByCaller = isCancelled
  }

  /// Whether the time is over.
  var isSpent: Bool { ContinuousClock().now >= deadline }

  /// What work asks: whether the caller or the clock says stop.
  var isCancelled: @Sendable () -> Bool { { self.isCancelledByCaller() || self.isSpent } }
}

/// How much of alpha each look at a sequential check may spend.
struct AlphaSpending {
  /// For each look but the last.
  let early: Double
  /// For the last look.
  let last: Double

  /// With one look all of alpha is spent on it.
  init(alpha: Double, looks: Int) {
    early = looks > 1 ? alpha / 2 / Double(looks - 1) : 0
    last = looks > 1 ? alpha / 2 : alpha
  }
}

/// An estimator that was not run on a pair, and why.
public struct SkippedEstimator: Sendable, Hashable, Codable {
  /// The pair, in words.
  public let pair: String
  /// The estimator's id.
  public let estimator: String
  /// Why, in a sentence.
  public let reason: String
}

// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// How one estimator did at one regime against known truth, over a ladder of mutual informations.
public struct Scorecard: Sendable, Hashable, Codable {
  /// The estimator's id.
  public let estimator: String
  /// The version of its results.
  public let version: String
  /// The parameters it ran with.
  public let parameters: ParameterValues
  /// The regime imitated.
  public let regime: Regime
  /// The family of the ground truths, for example `gaussian`.
  public let truth: String
  /// The seed all trials derive from.
  public let seed: UInt64
  /// The levels, by rising mutual information.
  public private(set) var levels: [LevelScore]

  /// Creates a scorecard from scored levels.
  public init(
    estimator: String, version: String, parameters: ParameterValues, regime: Regime,
    truth: String, seed: UInt64, levels: [LevelScore]
  ) {
    self.estimator = estimator
    self.version = version
    self.parameters = parameters
    self.regime = regime
    self.truth = truth
    self.seed = seed
    self.levels = levels
  }

  /// The same scorecard without measured seconds, so that equal results are equal bytes.
  public func withoutTiming() -> Scorecard {
    var copy = self
    for index in copy.levels.indices { copy.levels[index].seconds = nil }
    return copy
  }

  /// The level whose truth is nearest to a mutual information.
  public func level(nearest information: Information) -> LevelScore? {
    levels.min {
      abs($0.truth.nats - information.nats) < abs($1.truth.nats - information.nats)
    }
  }
}

/// The score at one level of mutual information, over independent replicates.
public struct LevelScore: Sendable, Hashable, Codable {
  /// The exact mutual information.
  public let truth: Information
  /// The number of trials.
  public let replicates: Int
  /// The sentences of the trials that failed, with how often each came.
  public let failures: [String: Int]
  /// The mean estimate, in nats.
  public let mean: Double
  /// The mean error, estimate minus truth, in nats.
  public let bias: Double
  /// The standard error of the mean and of the bias, in nats.
  public let biasError: Double
  /// The standard deviation over replicates, in nats.
  public let sd: Double
  /// The standard error of the standard deviation, in nats.
  public let sdError: Double
  /// The root of the mean squared error, in nats.
  public let rmse: Double
  /// The standard error of the root mean squared error, in nats.
  public let rmseError: Double
  /// The share of trials whose interval of plus or minus 1.645 standard errors holds the truth.
  ///
  /// Nominal: 0.90; nil where the estimator gives no standard error.
  public let coverage: Double?
  /// The median seconds of an estimate; nil where timing was left out.
  public fileprivate(set) var seconds: Double?

  /// The number of trials that failed.
  public var failureCount: Int { failures.values.reduce(0, +) }

  /// Summarizes the trials at one level.
  ///
  /// With fewer than two successful trials the moments are not defined; nil says so and the
  /// failures remain with the caller.
  public init?(truth: Information, trials: [Trial]) {
    let estimates = trials.compactMap(\.estimate)
    let values = estimates.map(\.information.nats)
    guard values.count >= 2 else { return nil }
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let squares = values.map { ($0 - mean) * ($0 - mean) }
    let sd = (squares.reduce(0, +) / (count - 1)).squareRoot()
    let errors = values.map { ($0 - truth.nats) * ($0 - truth.nats) }
    let meanSquare = errors.reduce(0, +) / count
    let squareSpread = errors.map { ($0 - meanSquare) * ($0 - meanSquare) }.reduce(0, +)
    self.truth = truth
    self.replicates = trials.count
    self.failures = Dictionary(
      trials.compactMap { $0.failure.map { ($0.description, 1) } }, uniquingKeysWith: +)
    self.mean = mean
    self.bias = mean - truth.nats
    self.biasError = sd / count.squareRoot()
    self.sd = sd
    // Normal theory: the variance of s is about sigma^2 / (2 (R - 1)).
    self.sdError = sd / (2 * (count - 1)).squareRoot()
    self.rmse = meanSquare.squareRoot()
    // Delta method on the root of a mean of R squared errors.
    self.rmseError =
      meanSquare > 0
      ? (squareSpread / (count - 1) / count).squareRoot() / (2 * meanSquare.squareRoot()) : 0
    let covered = estimates.compactMap { estimate in
      estimate.standardError.map {
        abs(estimate.information.nats - truth.nats) <= 1.645 * $0.nats
      }
    }
    self.coverage =
      covered.isEmpty ? nil : Double(covered.filter { $0 }.count) / Double(covered.count)
    let times = trials.map(\.seconds).sorted()
    self.seconds = times[times.count / 2]
  }
}

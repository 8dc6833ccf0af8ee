// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// One estimate on one sample of a ground truth: a row of a study.
///
/// A failure is a row as well. A study that drops its failures praises the estimators that fail.
public struct Trial: Sendable, Hashable, Codable {
  /// The ground truth's id.
  public let truth: String
  /// The exact mutual information.
  public let information: Information
  /// The number of rows drawn.
  public let n: Int
  /// The seed of the sample and of the estimate.
  public let seed: UInt64
  /// What came out.
  public let outcome: Outcome
  /// The time of the estimate alone, in seconds.
  public let seconds: Double

  /// An estimate, or the reason why there is none.
  public enum Outcome: Sendable, Hashable, Codable {
    /// The estimate, without its pointwise values.
    case estimate(Estimate)
    /// The error.
    case failure(EstimatorError)
  }

  /// The estimate, where there is one.
  public var estimate: Estimate? {
    if case .estimate(let estimate) = outcome { estimate } else { nil }
  }

  /// The error, where there is one.
  public var failure: EstimatorError? {
    if case .failure(let error) = outcome { error } else { nil }
  }

  /// Creates a trial from what is known of it, for example from a store.
  public init(
    truth: String, information: Information, n: Int, seed: UInt64, outcome: Outcome,
    seconds: Double
  ) {
    self.truth = truth
    self.information = information
    self.n = n
    self.seed = seed
    self.outcome = outcome
    self.seconds = seconds
  }

  /// Draws a sample, runs the estimator on it and keeps what happened.
  public init(
    of estimator: any MutualInformationEstimator, on truth: any GroundTruth, n: Int, seed: UInt64,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    self.truth = truth.id
    self.information = truth.information
    self.n = n
    self.seed = seed
    let pair = truth.sample(n, seed: seed)
    let clock = ContinuousClock()
    let start = clock.now
    do throws(EstimatorError) {
      let request = try EstimationRequest(
        x: pair.x, y: pair.y, seed: seed, isCancelled: isCancelled)
      outcome = .estimate(try estimator.finiteEstimate(request).withoutPointwise)
    } catch {
      outcome = .failure(error)
    }
    seconds = (clock.now - start) / .seconds(1)
  }
}

extension Estimate {
  /// The estimate without the contributions of its rows, so that a study of many trials stays small.
  var withoutPointwise: Estimate {
    var estimate = self
    estimate.pointwise = nil
    return estimate
  }
}

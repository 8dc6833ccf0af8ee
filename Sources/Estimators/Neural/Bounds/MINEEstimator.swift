// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// Mutual information neural estimation: the Donsker-Varadhan bound of a trained critic T.
///
///     I(x; y) >= E_P[T(x, y)] - ln E_Q[exp T(x, y)],
///
/// P the real pairs and Q broken ones, its gradient corrected by a moving average (Belghazi et al.
/// 2018, arXiv:1801.04062).
///
/// Assumes independent rows, or rows in groups, which stay together. Each column is standardized by
/// the training rows, or goes to normal scores where they do not look normal. With cross-fitting
/// (the default below 20000 rows) every row is evaluated once by a network that never saw it; above
/// that, a fifth of the rows is. The standard error is over the evaluated rows and does not know
/// how another training would have ended. Duplicated rows leak between the folds: never bootstrap.
///
/// Fails by variance: E_Q[exp T] needs about exp(I) broken pairs, so beyond 5 nats the number
/// scatters, and the log of a small sample's mean errs upward. Cost of a step: O(batch (1 +
/// negatives)) passes through the network.
///
/// ```swift
/// let estimator = try MINEEstimator(["hidden": "128,128", "steps": "2000"])
/// let estimate = try estimator.estimate(EstimationRequest(x: .samples(x), y: .samples(y)))
/// ```
public struct MINEEstimator: StaticEstimator {
  /// Takes any number of dimensions; labels become one column a class.
  public static let descriptor = EstimatorDescriptor(
    id: "mine", version: "4",
    summary: "MINE: Donsker-Varadhan bound with a moving-average gradient",
    reference: "Belghazi et al. 2018, arXiv:1801.04062",
    traits: EstimatorTraits(
      kinds: [.continuous, .mixed], minimumSamples: 50, isDeterministic: false,
      estimateKind: .lowerBound, invariances: [], resampling: [.subsampling], groups: .kept),
    parameters: TrainingPlan.specifications(critic: .joint, negatives: 1) + [
      ParameterSpecification(
        "averageRate", .number(1e-6...1), default: .number(0.01),
        meaning: "weight of the new batch in the moving average below the gradient")
    ])

  private let bound: NeuralBound

  /// Keeps the parameters.
  public init(parameters: ParameterValues) throws(EstimatorError) {
    bound = NeuralBound(
      Self.descriptor, plan: try TrainingPlan(parameters, jointNegatives: 1),
      objective: MovingAverageDonskerVaradhan(rate: try parameters.number("averageRate")),
      kind: .lowerBound)
  }

  /// Trains on some rows and estimates on the others.
  ///
  /// - Throws: `unsupportedKinds`, `tooFewSamples`, `constantColumn`, `diverged` or `cancelled`.
  public func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    try bound.estimate(request)
  }
}

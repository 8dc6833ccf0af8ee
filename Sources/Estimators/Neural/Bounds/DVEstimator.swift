// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// The Donsker-Varadhan bound of a critic T trained on that bound itself.
///
///     I(x; y) >= E_P[T(x, y)] - ln E_Q[exp T(x, y)]
///
/// (Donsker and Varadhan 1983; as an estimator Poole et al. 2019, arXiv:1905.06922).
///
/// Assumes independent rows, or rows in groups, which stay together. Each column is standardized by
/// the training rows, or goes to normal scores where they do not look normal. With cross-fitting
/// (the default below 20000 rows) every row is evaluated once by a network that never saw it; above
/// that, a fifth of the rows is. The standard error is over the evaluated rows and does not know
/// how another training would have ended. Duplicated rows leak between the folds: never bootstrap.
///
/// Fails by variance, as ``MINEEstimator`` does; more broken pairs a step (`negatives`) take the
/// place of the moving average.
///
/// ```swift
/// let estimate = try DVEstimator().estimate(EstimationRequest(x: .samples(x), y: .samples(y)))
/// ```
public struct DVEstimator: StaticEstimator {
  /// Takes any number of dimensions; labels become one column a class.
  public static let descriptor = EstimatorDescriptor(
    id: "dv", version: "4",
    summary: "Donsker-Varadhan lower bound of a trained critic",
    reference:
      "Donsker, Varadhan 1983, doi:10.1002/cpa.3160360204; Poole et al. 2019, arXiv:1905.06922",
    traits: EstimatorTraits(
      kinds: [.continuous, .mixed], minimumSamples: 50, isDeterministic: false,
      estimateKind: .lowerBound, invariances: [], resampling: [.subsampling], groups: .kept),
    parameters: TrainingPlan.specifications(critic: .joint, negatives: 4))

  private let bound: NeuralBound

  /// Keeps the parameters.
  public init(parameters: ParameterValues) throws(EstimatorError) {
    bound = NeuralBound(
      Self.descriptor, plan: try TrainingPlan(parameters, jointNegatives: 4),
      objective: DonskerVaradhan(),
      kind: .lowerBound)
  }

  /// Trains on some rows and estimates on the others.
  ///
  /// - Throws: `unsupportedKinds`, `tooFewSamples`, `constantColumn`, `diverged` or `cancelled`.
  public func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    try bound.estimate(request)
  }
}

// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// A critic T trained by the Jensen-Shannon objective (Nowozin, Cseke and Tomioka 2016,
/// arXiv:1606.00709), read by the NWJ bound as Poole et al. 2019 (arXiv:1905.06922) do:
///
///     I(x; y) >= 1 + E_P[T(x, y)] - E_Q[exp T(x, y)].
///
/// The training is steady because its gradients are bounded; the reading is a true lower bound.
///
/// Assumes independent rows, or rows in groups, which stay together. Each column is standardized by
/// the training rows, or goes to normal scores where they do not look normal. With cross-fitting
/// (the default below 20000 rows) every row is evaluated once by a network that never saw it; above
/// that, a fifth of the rows is. The standard error is over the evaluated rows and does not know
/// how another training would have ended. Duplicated rows leak between the folds: never bootstrap.
///
/// Fails where the information is large: the training hardly minds a broken pair that scores far too
/// high, and the reading counts the exponential of it, so a few held-out pairs may make it anything
/// (at 5 nats in 1 + 1 bent columns it read -10^6). ``SMILEEstimator`` reads the same critic.
///
/// ```swift
/// let estimate = try JSEstimator().estimate(EstimationRequest(x: .samples(x), y: .samples(y)))
/// ```
public struct JSEstimator: StaticEstimator {
  /// Takes any number of dimensions; labels become one column a class.
  public static let descriptor = EstimatorDescriptor(
    id: "js", version: "4",
    summary: "a Jensen-Shannon critic read by the NWJ lower bound",
    reference:
      "Nowozin, Cseke, Tomioka 2016, arXiv:1606.00709; Poole et al. 2019, arXiv:1905.06922",
    traits: EstimatorTraits(
      kinds: [.continuous, .mixed], minimumSamples: 50, isDeterministic: false,
      estimateKind: .lowerBound, invariances: [], resampling: [.subsampling], groups: .kept),
    parameters: TrainingPlan.specifications(critic: .joint, negatives: 4))

  private let bound: NeuralBound

  /// Keeps the parameters.
  public init(parameters: ParameterValues) throws(EstimatorError) {
    bound = NeuralBound(
      Self.descriptor, plan: try TrainingPlan(parameters, jointNegatives: 4),
      objective: JensenShannon(reading: .nguyenWainwrightJordan),
      kind: .lowerBound)
  }

  /// Trains on some rows and estimates on the others.
  ///
  /// - Throws: `unsupportedKinds`, `tooFewSamples`, `constantColumn`, `diverged` or `cancelled`.
  public func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    try bound.estimate(request)
  }
}

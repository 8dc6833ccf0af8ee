// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// The bound of Nguyen, Wainwright and Jordan (2010, doi:10.1109/TIT.2010.2068870).
///
///     I(x; y) >= 1 + E_P[T(x, y)] - E_Q[exp T(x, y)].
///
/// A true lower bound in expectation on held-out rows, at any sample size: nothing stands in a
/// logarithm.
///
/// Assumes independent rows, or rows in groups, which stay together. Each column is standardized by
/// the training rows, or goes to normal scores where they do not look normal. With cross-fitting
/// (the default below 20000 rows) every row is evaluated once by a network that never saw it; above
/// that, a fifth of the rows is. The standard error is over the evaluated rows and does not know
/// how another training would have ended. Duplicated rows leak between the folds: never bootstrap.
///
/// Fails by variance: exp(T) is heavy-tailed where the information is large, and a few broken pairs
/// can pull the value far below zero. Of the bounds here it is the least steady above 3 nats.
///
/// ```swift
/// let estimate = try NWJEstimator().estimate(EstimationRequest(x: .samples(x), y: .samples(y)))
/// ```
public struct NWJEstimator: StaticEstimator {
  /// Takes any number of dimensions; labels become one column a class.
  public static let descriptor = EstimatorDescriptor(
    id: "nwj", version: "4",
    summary: "NWJ (f-GAN KL) lower bound of a trained critic",
    reference: "Nguyen, Wainwright, Jordan 2010, doi:10.1109/TIT.2010.2068870",
    traits: EstimatorTraits(
      kinds: [.continuous, .mixed], minimumSamples: 50, isDeterministic: false,
      estimateKind: .lowerBound, invariances: [], resampling: [.subsampling], groups: .kept),
    parameters: TrainingPlan.specifications(critic: .joint, negatives: 4))

  private let bound: NeuralBound

  /// Keeps the parameters.
  public init(parameters: ParameterValues) throws(EstimatorError) {
    bound = NeuralBound(
      Self.descriptor, plan: try TrainingPlan(parameters, jointNegatives: 4),
      objective: NguyenWainwrightJordan(),
      kind: .lowerBound)
  }

  /// Trains on some rows and estimates on the others.
  ///
  /// - Throws: `unsupportedKinds`, `tooFewSamples`, `constantColumn`, `diverged` or `cancelled`.
  public func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    try bound.estimate(request)
  }
}

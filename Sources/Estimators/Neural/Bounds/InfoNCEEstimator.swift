// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// InfoNCE: how well the real y is found among M candidates.
///
///     I(x; y) >= E[T(x, y) - ln mean over candidates y' of exp T(x, y')] <= ln M
///
/// (van den Oord, Li and Vinyals 2018, arXiv:1807.03748; Poole et al. 2019, arXiv:1905.06922). A
/// true lower bound in expectation on held-out rows, at any sample size.
///
/// The candidates of the estimate are held-out rows, M = `evaluationNegatives` + 1, which may be
/// more than a training batch has; a value near ln M carries the warning `ceiling`.
///
/// Assumes independent rows, or rows in groups, which stay together. Each column is standardized by
/// the training rows, or goes to normal scores where they do not look normal. With cross-fitting
/// (the default below 20000 rows) every row is evaluated once by a network that never saw it; above
/// that, a fifth of the rows is. The standard error is over the evaluated rows and does not know
/// how another training would have ended. Duplicated rows leak between the folds: never bootstrap.
///
/// Fails at the ceiling: of 5 nats little is seen with 256 candidates (ln 256 = 5.5).
///
/// ```swift
/// let estimator = try InfoNCEEstimator(["batch": "512", "evaluationNegatives": "2047"])
/// let estimate = try estimator.estimate(EstimationRequest(x: .samples(x), y: .samples(y)))
/// ```
public struct InfoNCEEstimator: StaticEstimator {
  /// Takes any number of dimensions; labels become one column a class.
  public static let descriptor = EstimatorDescriptor(
    id: "infonce", version: "4",
    summary: "InfoNCE lower bound, at most the log of the number of candidates",
    reference: "van den Oord, Li, Vinyals 2018, arXiv:1807.03748",
    traits: EstimatorTraits(
      kinds: [.continuous, .mixed], minimumSamples: 50, isDeterministic: false,
      estimateKind: .lowerBound, invariances: [], resampling: [.subsampling], groups: .kept),
    parameters: TrainingPlan.specifications(
      critic: .separable, negatives: 4, evaluationNegatives: 1023))

  private let bound: NeuralBound

  /// Keeps the parameters.
  public init(parameters: ParameterValues) throws(EstimatorError) {
    bound = NeuralBound(
      Self.descriptor, plan: try TrainingPlan(parameters, jointNegatives: 4), objective: InfoNCE(),
      kind: .lowerBound)
  }

  /// Trains on some rows and estimates on the others.
  ///
  /// - Throws: `unsupportedKinds`, `tooFewSamples`, `constantColumn`, `diverged` or `cancelled`.
  public func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    try bound.estimate(request)
  }
}

// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// SMILE: a critic T trained by the Jensen-Shannon objective, read by a clipped bound.
///
///     I(x; y) ~ E_P[T(x, y)] - ln E_Q[clip(exp T(x, y), exp(-tau), exp tau)]
///
/// (Song and Ermon 2020, arXiv:1910.06222). `tau=0` stands for no clip: then the reading is the
/// Donsker-Varadhan lower bound. With a finite tau it is **no bound**: the clip bounds the variance
/// and may raise the number above the truth.
///
/// Assumes independent rows, or rows in groups, which stay together. Each column is standardized by
/// the training rows, or goes to normal scores where they do not look normal. With cross-fitting
/// (the default below 20000 rows) every row is evaluated once by a network that never saw it; above
/// that, a fifth of the rows is. The standard error is over the evaluated rows and does not know
/// how another training would have ended. Duplicated rows leak between the folds: never bootstrap.
///
/// Fails above about tau + 3 nats, upward, and where the critic is far from the log density ratio.
///
/// ```swift
/// let estimate = try SMILEEstimator(["tau": "5"])
///   .estimate(EstimationRequest(x: .samples(x), y: .samples(y)))
/// ```
public struct SMILEEstimator: StaticEstimator {
  /// Takes any number of dimensions; labels become one column a class.
  public static let descriptor = EstimatorDescriptor(
    id: "smile", version: "4",
    summary: "SMILE: a Jensen-Shannon critic read by a clipped Donsker-Varadhan form",
    reference: "Song, Ermon 2020, arXiv:1910.06222",
    traits: EstimatorTraits(
      kinds: [.continuous, .mixed], minimumSamples: 50, isDeterministic: false,
      estimateKind: .estimate, invariances: [], resampling: [.subsampling], groups: .kept),
    parameters: TrainingPlan.specifications(critic: .joint, negatives: 4) + [
      ParameterSpecification(
        "tau", .number(0...1e9), default: .number(5),
        meaning: "clip of the critic on broken pairs, in nats; 0 is no clip (infinity)")
    ])

  private let bound: NeuralBound

  /// Keeps the parameters.
  public init(parameters: ParameterValues) throws(EstimatorError) {
    let tau = try parameters.number("tau")
    let isClipped = tau > 0
    bound = NeuralBound(
      Self.descriptor, plan: try TrainingPlan(parameters, jointNegatives: 4),
      objective: JensenShannon(reading: .clipped(tau: isClipped ? tau : .infinity)),
      kind: isClipped ? .estimate : .lowerBound)
  }

  /// Trains on some rows and estimates on the others.
  ///
  /// - Throws: `unsupportedKinds`, `tooFewSamples`, `constantColumn`, `diverged` or `cancelled`.
  public func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    try bound.estimate(request)
  }
}

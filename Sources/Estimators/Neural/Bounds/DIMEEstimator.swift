// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// f-DIME: a discriminator trained by an f-divergence and read as the log density ratio.
///
///     I(x; y) ~ E_P[T(x, y)],  T = ln p(x, y) / (p(x) p(y)) at the optimum
///
/// (Letizia, Novello and Tonello 2023, arXiv:2305.20025; `divergence` is gan, hellinger or kl).
/// Broken pairs are derangements, as the paper demands: a plain shuffle leaves real pairs among
/// them. The reading has little variance and is **no bound**.
///
/// Assumes independent rows, or rows in groups, which stay together. Each column is standardized by
/// the training rows, or goes to normal scores where they do not look normal. With cross-fitting
/// (the default below 20000 rows) every row is evaluated once by a network that never saw it; above
/// that, a fifth of the rows is. The standard error is over the evaluated rows and does not know
/// how another training would have ended. Duplicated rows leak between the folds: never bootstrap.
///
/// Fails where the discriminator overfits or is not normalized: nothing in the reading notices.
///
/// ```swift
/// let estimate = try DIMEEstimator(["divergence": "hellinger"])
///   .estimate(EstimationRequest(x: .samples(x), y: .samples(y)))
/// ```
public struct DIMEEstimator: StaticEstimator {
  /// Takes any number of dimensions; labels become one column a class.
  public static let descriptor = EstimatorDescriptor(
    id: "dime", version: "4",
    summary: "f-DIME: the mean log density ratio of a trained discriminator",
    reference: "Letizia, Novello, Tonello 2023, arXiv:2305.20025",
    traits: EstimatorTraits(
      kinds: [.continuous, .mixed], minimumSamples: 50, isDeterministic: false,
      estimateKind: .estimate, invariances: [], resampling: [.subsampling], groups: .kept),
    parameters: TrainingPlan.specifications(critic: .joint, negatives: 4) + [
      ParameterSpecification(
        "divergence", .choice(["gan", "hellinger", "kl"]), default: .text("gan"),
        meaning: "the f-divergence that the discriminator is trained by")
    ])

  private let bound: NeuralBound

  /// Keeps the parameters.
  public init(parameters: ParameterValues) throws(EstimatorError) {
    let objective: any Objective =
      switch try parameters.text("divergence") {
      case "hellinger": HellingerRatio()
      case "kl": KullbackLeiblerRatio()
      default: JensenShannon(reading: .ratio)
      }
    bound = NeuralBound(
      Self.descriptor, plan: try TrainingPlan(parameters, jointNegatives: 4), objective: objective,
      kind: .estimate)
  }

  /// Trains on some rows and estimates on the others.
  ///
  /// - Throws: `unsupportedKinds`, `tooFewSamples`, `constantColumn`, `diverged` or `cancelled`.
  public func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    try bound.estimate(request)
  }
}

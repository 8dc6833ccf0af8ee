// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// The mutual information of a mixture of Gaussians that is fitted to both variables.
///
/// ## Definition
///
/// p(x, y) is a mixture with full covariances; its marginals p(x) and p(y) are mixtures of the
/// covariances' blocks. The information of the fitted density,
///
///     I = E ln p(x, y) / (p(x) p(y)),  (x, y) drawn from p,
///
/// is a mean over `draws` draws; its own error is in the diagnostics. The mixture is fitted by
/// expectation maximization (Dempster, Laird and Rubin 1977, doi:10.1111/j.2517-6161.1977.tb01600.x)
/// from `starts` starts; of 1, 2, 3, 4, 6, ... components those are taken that give a fifth of the rows,
/// held out, the largest likelihood, and are then fitted to all rows. Covariances are drawn toward the
/// overall one by the weight of one row (Fraley and Raftery 2007, doi:10.1007/s00357-007-0004-5).
///
/// `scale=normal-scores` (the default) replaces each column by its normal scores first, which leaves the
/// information alone and tames tails; `scale=standardize` keeps the columns' shapes, for clusters
/// that are Gaussian as they are.
///
/// ## Assumptions and failures
///
/// Rows are independent, and a few dozen ellipses can draw the density. Overfitting biases it
/// **upwards**, by about half the number of parameters that tie x to y, divided by n; what the ellipses
/// cannot draw (thin curves, sharp edges) biases it **downwards**. Hence not for dimensions in which
/// n rows do not fill a covariance: keep n above 20 (dx + dy)^2.
///
/// **Pointwise values**: the rows' log density ratios, shifted by one number (`pointwiseShiftNats`) so
/// that they average to the estimate. **Standard error**: of these, and of the draws.
///
/// ## Complexity
///
/// O(n K d^2) for a round of EM with K components, some thousand rounds in all.
///
/// **Fails** with `constantColumn`, `singularCovariance`, `tooFewSamples` at n <= dx + dy + 1.
///
/// ```swift
/// let estimate = try MixtureEstimator(["starts": "5"]).estimate(request)
/// ```
public struct MixtureEstimator: StaticEstimator {
  /// What the estimator is.
  public static let descriptor = EstimatorDescriptor(
    id: "gmm", version: "2",
    summary: "A fitted mixture of Gaussians; detects clusters and curves",
    reference: "Dempster, Laird and Rubin 1977, doi:10.1111/j.2517-6161.1977.tb01600.x",
    traits: EstimatorTraits(
      kinds: [.continuous], minimumSamples: 50, isDeterministic: false,
      invariances: [.shift, .jointScale, .scale], groups: .kept),
    parameters: [
      ParameterSpecification(
        "scale", .choice(["normal-scores", "standardize"]), default: .text("normal-scores"),
        meaning: "what is done to each column first"),
      ParameterSpecification(
        "maxComponents", .integer(1...64), default: .integer(32),
        meaning: "the most components that are tried"),
      ParameterSpecification(
        "starts", .integer(1...50), default: .integer(2),
        meaning: "random starts for each number of components"),
      ParameterSpecification(
        "draws", .integer(1000...10_000_000), default: .integer(20_000),
        meaning: "draws from the fitted density"),
    ])

  private let parameters: ParameterValues

  /// Keeps the parameters.
  public init(parameters: ParameterValues) throws(EstimatorError) { self.parameters = parameters }

  /// Estimates I(x; y).
  ///
  /// - Throws: `constantColumn`, `singularCovariance`, `tooFewSamples`, `diverged`, `cancelled`.
  public func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    try Self.descriptor.checkAccepts(request)
    let (x, y) = try request.continuousPair(for: Self.descriptor)
    let joint =
      try parameters.text("scale") == "standardize"
      ? try JointScores(standardized: x, y)
      : try JointScores(normalScores: x, y, threads: request.threads)
    _ = try joint.information(estimator: Self.descriptor.id)
    let search = MixtureSearch(
      starts: try parameters.integer("starts"),
      maximumComponents: try parameters.integer("maxComponents"), seed: request.seed,
      threads: request.threads, isCancelled: request.isCancelled)
    var random = RandomSource(seed: request.seed, 0x474D_4D)
    let parts = try shuffledParts(
      endingAt: [request.count / 5, request.count], groups: request.groups, using: &random)
    let outcome = search.run(
      joint.rows.selecting(rows: parts[1]), held: joint.rows.selecting(rows: parts[0]))
    try request.checkCancellation()
    guard let outcome,
      let refitted = MixtureFit(joint.rows).improve(
        outcome.mixture, isCancelled: request.isCancelled),
      let ratio = MixtureRatio(refitted.mixture, dx: joint.dx)
    else {
      try request.checkCancellation()
      throw EstimatorError(.diverged, "No mixture of Gaussians could be fitted.")
    }
    let drawn = refitted.mixture.sample(try parameters.integer("draws"), using: &random)
    let (nats, drawError) = meanAndError(ratio.logRatios(drawn))
    let ratios = ratio.logRatios(joint.rows)
    let (mean, error) = meanAndError(ratios)
    var estimate = Estimate(
      Information(nats: nats),
      standardError: Information(nats: (error * error + drawError * drawError).squareRoot()),
      pointwise: ratios.map { $0 + (nats - mean) },
      diagnostics: [
        "components": .integer(refitted.mixture.count),
        "componentsTried": .numbers(outcome.scores.map { Double($0.components) }),
        "heldOutLogLikelihoods": .numbers(outcome.scores.map(\.score)),
        "drawErrorNats": .number(drawError),
        "meanLogRatioNats": .number(mean),
        "pointwiseShiftNats": .number(nats - mean),
      ])
    if !joint.scores.isEmpty { estimate.report(ties: joint.scores) }
    return estimate
  }
}

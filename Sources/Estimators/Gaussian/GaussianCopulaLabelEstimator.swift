// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// The mutual information of normal scores and labels: ``GaussianLabelEstimator`` after each column,
/// all classes together, became z = Phi^-1(rank / (n + 1)).
///
/// Ince et al. 2017 (doi:10.1002/hbm.23471), `gcmi_mixture_cd`'s sibling `gcmi_model_cd`. Strictly
/// increasing maps of a column leave it as it is, to the bit.
///
/// **Assumes** that the scores are Gaussian within each class. The scores of all rows are, column by
/// column, so for one column H(X) is right where `gaussian-label` overestimates it; but
/// separate classes share one normal curve between them, and within a class the scores are then
/// skewed: the information is underestimated for one column, and may err to either side for more.
///
/// Ties share their average rank and are reported as in ``GaussianCopulaEstimator``. Correction,
/// standard error, complexity and failures are those of ``GaussianLabelEstimator``, after a sort of
/// each column.
///
/// ```swift
/// let estimate = try GaussianCopulaLabelEstimator().estimate(request)
/// ```
public struct GaussianCopulaLabelEstimator: StaticEstimator {
  /// What the estimator is.
  public static let descriptor = EstimatorDescriptor(
    id: "gaussian-copula-label", version: "2",
    summary: "Normal scores, then gaussian-label; blind to monotone maps of a column",
    reference: "Ince et al. 2017, doi:10.1002/hbm.23471",
    traits: EstimatorTraits(
      kinds: [.mixed], minimumSamples: 6,
      invariances: [.swap, .rowOrder, .shift, .jointScale, .scale, .monotone, .relabel],
      groups: .unaffected),
    parameters: [GaussianLabelMethod.correction])

  private let method: GaussianLabelMethod

  /// Keeps the parameters.
  public init(parameters: ParameterValues) throws(EstimatorError) {
    method = try GaussianLabelMethod(parameters)
  }

  /// Estimates I(x; y) of samples and labels, in either order.
  ///
  /// - Throws: `classTooSmall`, `singularCovariance`, `constantColumn`.
  public func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    try Self.descriptor.checkAccepts(request)
    let (samples, labels) = try request.mixedPair(for: Self.descriptor)
    let side = request.continuousSide
    try refuseConstantColumns(samples, side: side)
    let scores = try NormalScores(samples, threads: request.threads)
    try request.checkCancellation()
    var estimate = try method.estimate(
      scores.samples, labels, request, estimator: Self.descriptor.id)
    estimate.report(ties: [(side, scores)])
    return estimate
  }
}

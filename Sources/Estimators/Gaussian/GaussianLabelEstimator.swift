// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// The mutual information of a continuous vector and labels, as if all were Gaussian.
///
///     I(X; Y) = H(X) - sum over y of p_y H(X | y),  H = 1/2 ln det(2 pi e S)
///
/// with S the covariance of all rows or of a class's rows (Ince et al. 2017, doi:10.1002/hbm.23471,
/// `gcmi_model_cd`). `correction=exact` (the default) takes from each log-determinant its expected
/// error for Gaussian rows (Misra, Singh and Demchuk 2005, doi:10.1016/j.jmva.2003.10.003): for
/// the classes that is exact if each is Gaussian.
///
/// **Assumes** that each class is Gaussian, and that their mixture is, too, which can hold only where the
/// classes coincide. Then the estimate is unbiased. Apart, two things differ: a Gaussian has the
/// most entropy of all densities with one covariance, so H(X) and with it the **information are
/// overestimated**, without limit, even beyond H(Y) (there is a warning then; nothing is capped). And the
/// pooled scatter is no longer Wishart: along the r = min(d, C - 1) directions between C class means it
/// fluctuates less, and the correction overestimates by at most about r (r + 1) / (4 n) nats.
///
/// **Standard error**: its square is the exact variance of the log-determinants under independence plus
/// the sample variance of the rows' log density ratios divided by n (the delta method). Somewhat
/// conservative: up to half too large where there is no dependence.
///
/// **Complexity** O(n d^2 + C d^3).
///
/// **Fails** with `classTooSmall`, naming all classes of fewer than d + 2 rows;
/// `singularCovariance`, naming columns and class; `constantColumn`, also where there is one class only.
///
/// ```swift
/// let estimate = try GaussianLabelEstimator().estimate(request)
/// ```
public struct GaussianLabelEstimator: StaticEstimator {
  /// What the estimator is.
  public static let descriptor = EstimatorDescriptor(
    id: "gaussian-label", version: "2",
    summary: "H(X) - H(X|Y) with Gaussian entropies; too high where classes are far apart",
    reference: "Ince et al. 2017, doi:10.1002/hbm.23471; "
      + "Misra, Singh and Demchuk 2005, doi:10.1016/j.jmva.2003.10.003",
    traits: EstimatorTraits(
      kinds: [.mixed], minimumSamples: 6,
      invariances: [.swap, .rowOrder, .shift, .jointScale, .scale, .linear, .relabel],
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
    return try method.estimate(samples, labels, request, estimator: Self.descriptor.id)
  }
}

// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// The mutual information of jointly Gaussian variables, in closed form.
///
/// With R the correlation matrix of all columns and Rx, Ry its blocks,
///
///     I(x; y) = 1/2 ln(det Rx det Ry / det R) = -1/2 sum ln(1 - rho_i^2)
///
/// where rho_i are the canonical correlations. Put into it, the sample's own R overestimates,
/// because the logarithm of a Wishart determinant has the expectation
/// ln det + sum over j = 1 ... d of psi((n - j) / 2), up to terms that cancel between the three.
/// `correction=exact` (the default) subtracts that difference and is unbiased for Gaussian data at
/// any n > dx + dy + 1 (Misra, Singh and Demchuk 2005, doi:10.1016/j.jmva.2003.10.003; Ince et al.
/// 2017, doi:10.1002/hbm.23471). `shrinkage=ledoit-wolf` shrinks R toward the identity (Ledoit and
/// Wolf 2004, doi:10.1016/S0047-259X(03)00096-4): it takes any n, has no exact correction and
/// underestimates where there is much to find.
///
/// **Assumes** joint normality. Otherwise it sees linear dependence only: zero for a circle, and
/// with heavy tails neither bias nor standard error are as stated; `gaussian-copula` is the safer one.
///
/// **Given z**, it is the information of what is left of x and y when continuous z is regressed out of
/// both, with correction and standard error exact again (no shrinkage then); or the mean over the
/// classes of labels z.
///
/// **Standard error**: see ``GaussianInformation/standardError``; it holds at small n for Gaussian
/// data. None with shrinkage.
///
/// **Complexity** O(n d^2 + d^3) with d = dx + dy; one copy of the data.
///
/// **Fails** with `constantColumn`; `singularCovariance`, naming columns to remove; `tooFewSamples` at
/// n <= dx + dy + 1 without shrinkage.
///
/// ```swift
/// let estimate = try GaussianEstimator(["correction": "none"]).estimate(request)
/// ```
public struct GaussianEstimator: StaticEstimator {
  /// What the estimator is.
  public static let descriptor = EstimatorDescriptor(
    id: "gaussian", version: "2",
    summary: "Closed form for jointly Gaussian data, unbiased at any number of rows",
    reference: "Misra, Singh and Demchuk 2005, doi:10.1016/j.jmva.2003.10.003; "
      + "Ledoit and Wolf 2004, doi:10.1016/S0047-259X(03)00096-4",
    traits: EstimatorTraits(
      kinds: [.continuous], minimumSamples: 4,
      invariances: [.swap, .rowOrder, .shift, .jointScale, .scale, .linear],
      given: [.continuous, .labels], groups: .unaffected),
    parameters: GaussianMethod.parameters)

  private let method: GaussianMethod

  /// Keeps the parameters.
  public init(parameters: ParameterValues) throws(EstimatorError) {
    method = try GaussianMethod(parameters)
  }

  /// Estimates I(x; y), or I(x; y | z).
  ///
  /// - Throws: `constantColumn`, `singularCovariance`, `tooFewSamples`, `invalidParameter`.
  public func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    try Self.descriptor.checkAccepts(request)
    if let labels = request.given?.labels {
      return try averagedOverClasses(request, given: labels)
    }
    let (x, y) = try request.continuousPair(for: Self.descriptor)
    return try method.estimate(
      x, y, given: request.given?.samples, request: request, estimator: Self.descriptor.id)
  }
}

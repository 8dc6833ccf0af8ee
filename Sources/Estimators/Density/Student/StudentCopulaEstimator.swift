// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// The mutual information of a Student copula: dependence by correlation and by common scale.
///
/// ## Definition
///
/// With R the correlation matrix of the dispersion, nu the degrees of freedom and h_nu(d) the entropy
/// of Student's distribution in d dimensions with identity dispersion,
///
///     I(x; y) = 1/2 ln(det Rx det Ry / det R) + h_nu(dx) + h_nu(dy) - h_nu(dx + dy)
///
/// (Arellano-Valle, Contreras-Reyes and Genton 2013, doi:10.1111/j.1467-9469.2011.00774.x). The second
/// part is there without any correlation: large x come with large y. Columns enter by their ranks, so
/// increasing maps of a column change nothing. nu maximizes the copula's likelihood; R is, for each nu,
/// the EM solution for Student scores T_nu^-1(rank / (n + 1)), scaled to a unit diagonal (Demarta and
/// McNeil 2005, doi:10.1111/j.1751-5823.2005.tb00254.x). The bias of the first part for Gaussian data is
/// subtracted, which is close for Student data too.
///
/// ## Assumptions and failures
///
/// One nu for all columns, and symmetry: dependence of other shapes (circles, clusters, one-sided
/// tails) is misread, to either side. Gaussian data drive nu to its upper limit of 200, at which the second
/// part is at most dx dy / (2 nu^2): nothing is overestimated for it.
///
/// **Pointwise values**: the rows' log density ratios, shifted by one number (`pointwiseShiftNats`) so
/// that they average to the estimate. **Standard error**: the standard deviation of these ratios,
/// over the root of n. Their own mean differs a little from the closed form.
///
/// ## Complexity
///
/// O(d n ln n), then about 16 values of nu with up to 100 iterations of O(n d^2) each.
///
/// **Fails** with `constantColumn`, `singularCovariance`, `tooFewSamples` at n <= dx + dy + 1.
///
/// ```swift
/// let estimate = try StudentCopulaEstimator().estimate(request)
/// ```
public struct StudentCopulaEstimator: StaticEstimator {
  /// What the estimator is.
  public static let descriptor = EstimatorDescriptor(
    id: "student-copula", version: "2",
    summary: "Closed form of a Student copula fitted to ranks; detects common tails",
    reference: "Arellano-Valle, Contreras-Reyes and Genton 2013, "
      + "doi:10.1111/j.1467-9469.2011.00774.x",
    traits: EstimatorTraits(
      kinds: [.continuous], minimumSamples: 10,
      invariances: [.swap, .rowOrder, .shift, .jointScale, .scale, .monotone], groups: .unaffected),
    parameters: [
      ParameterSpecification(
        "degreesOfFreedom", .number(0...1000), default: .number(0),
        meaning: "nu; 0 fits it by maximum likelihood")
    ])

  private let nu: Double?

  /// Keeps the parameters.
  ///
  /// - Throws: `invalidParameter` for degrees of freedom between 0 and 0.2.
  public init(parameters: ParameterValues) throws(EstimatorError) {
    let value = try parameters.number("degreesOfFreedom")
    guard value == 0 || value >= 0.2 else {
      throw .invalidParameter(
        "degreesOfFreedom", found: "\(value)", needed: "0, or a number from 0.2 to 1000",
        estimator: Self.descriptor.id)
    }
    nu = value == 0 ? nil : value
  }

  /// Estimates I(x; y).
  ///
  /// - Throws: `constantColumn`, `singularCovariance`, `tooFewSamples`.
  public func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    try Self.descriptor.checkAccepts(request)
    let (x, y) = try request.continuousPair(for: Self.descriptor)
    let joint = try JointScores(normalScores: x, y, threads: request.threads)
    return try estimate(joint, request)
  }

  func estimate(
    _ joint: JointScores, _ request: EstimationRequest
  ) throws(EstimatorError) -> Estimate {
    let gaussian = try joint.information(estimator: Self.descriptor.id)
    try request.checkCancellation()
    guard let copula = StudentCopula.fitted(joint.rows, dx: joint.dx, nu: nu) else {
      throw EstimatorError(
        .singularCovariance, "The dispersion of the Student copula became singular.")
    }
    let ratios = copula.logRatios(joint.rows)
    let (mean, error) = meanAndError(ratios)
    let nats = copula.information - gaussian.bias
    let nu = copula.distribution.nu
    var estimate = Estimate(
      Information(nats: nats), standardError: Information(nats: error),
      pointwise: ratios.map { $0 + (nats - mean) },
      diagnostics: [
        "degreesOfFreedom": .number(nu),
        "scaleNats": .number(copula.distribution.scaleInformation(dx: joint.dx, dy: joint.dy)),
        "correctionNats": .number(-gaussian.bias),
        "meanLogRatioNats": .number(mean),
        "pointwiseShiftNats": .number(nats - mean),
        "copulaLogLikelihood": .number(copula.likelihood),
      ])
    estimate.report(ties: joint.scores)
    return estimate
  }
}

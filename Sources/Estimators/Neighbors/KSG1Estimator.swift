// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// The first algorithm of Kraskov, Stoegbauer and Grassberger: mutual information from the
/// distance to the k-th neighbor, without a density estimate.
///
/// ## Definition
///
/// With e_i the max-norm distance in (x, y) from point i to its k-th neighbor, and n_x(i), n_y(i)
/// the numbers of other points **strictly** closer than e_i in x and in y,
///
///     I = psi(k) + psi(n) - < psi(n_x + 1) + psi(n_y + 1) >
///
/// where the mean is over the rows. Several values of k give the mean of their estimates, all from
/// one search; ``Estimate/diagnostics`` has each under `natsPerK`.
///
/// Kraskov, Stoegbauer, Grassberger 2004, Physical Review E 69, 066138,
/// doi:10.1103/PhysRevE.69.066138, equation 8.
///
/// **Given** continuous z, the estimate is that of Frenzel and Pompe (2007,
/// doi:10.1103/PhysRevLett.99.204101): with e_i the distance in (x, y, z),
///
///     I(x; y | z) = psi(k) - < psi(n_xz + 1) + psi(n_yz + 1) - psi(n_z + 1) >
///
/// It is biased toward zero, more so the more columns z has: where few rows are near in z, little can
/// be told given z. Given labels, it is the mean over the classes.
///
/// ## Assumptions
///
/// Rows are independent and (x, y) has a density that is nearly constant within e_i. No two
/// rows coincide; columns in which values tie or lie on a grid get noise within their cells (`ties`), which
/// the diagnostics name. Nothing is rescaled unless
/// asked for: the columns should have comparable units (`-p scale=standardize`).
///
/// ## Where it fails
///
/// - The bias is downwards and grows with dimension and with I: in 20 + 20 dimensions and 5,000
///   rows a truth of 5 nats reads as 1.2. A smaller k has less bias and more variance.
/// - It cannot exceed psi(n) - psi(k); near that a warning is given.
/// - No standard error is given: the terms of the rows depend on one another, so their spread
///   over the root of n is not one. Subsample without replacement; never resample with repetition.
///
/// ## Complexity
///
/// O(n log n) in few dimensions, towards O(n^2) with a small constant in many; see
/// `neighborCounts`.
///
/// ```swift
/// let estimate = try KSG1Estimator(["k": "3,5,10"]).estimate(request)
/// ```
public struct KSG1Estimator: StaticEstimator, SideSharing {
  /// What the estimator is.
  public static let descriptor = EstimatorDescriptor(
    id: "ksg-1", version: "2",
    summary: "k-th neighbor distances, squares (Kraskov et al., first algorithm)",
    reference: "Kraskov, Stoegbauer, Grassberger 2004, doi:10.1103/PhysRevE.69.066138",
    traits: EstimatorTraits(
      kinds: [.continuous], minimumSamples: 4,
      invariances: [.swap, .rowOrder, .shift, .jointScale], given: [.continuous, .labels],
      groups: .unaffected),
    parameters: NeighborParameters.all)

  private let shared: KraskovEstimate

  /// Keeps the parameters.
  ///
  /// - Throws: `invalidParameter` where a value of k stands twice.
  public init(parameters: ParameterValues) throws(EstimatorError) {
    shared = KraskovEstimate(
      descriptor: Self.descriptor, parameters: parameters,
      ks: try NeighborParameters.neighbors(parameters, estimator: Self.descriptor.id),
      algorithm: .square)
  }

  /// Estimates I(x; y), or I(x; y | z).
  ///
  /// - Throws: `tooFewSamples` unless n > k, `constantColumn`, `cancelled`.
  public func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    try Self.descriptor.checkAccepts(request)
    switch request.given {
    case .labels(let labels): return try averagedOverClasses(request, given: labels)
    case .samples(let z):
      return try ConditionalNeighbors(
        descriptor: Self.descriptor, parameters: shared.parameters, ks: shared.ks,
        rule: .frenzelPompe
      ).estimate(request, given: z)
    case nil: return try estimateBySides(request)
    }
  }

  package func side(
    _ variable: Variable, isX: Bool, seed: UInt64
  ) throws(EstimatorError) -> KraskovSide {
    try shared.side(variable, isX: isX, seed: seed)
  }

  package func estimate(
    x: KraskovSide, y: KraskovSide, of request: EstimationRequest
  ) throws(EstimatorError) -> Estimate {
    try shared.estimate(
      x: x, y: y, of: request, shift: 1,
      constant: { n, k in digamma(Double(k)) + digamma(Double(n)) },
      ceiling: { n, k in digamma(Double(n)) - digamma(Double(k)) })
  }
}

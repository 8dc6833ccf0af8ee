// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// The second algorithm of Kraskov, Stoegbauer and Grassberger: the neighborhood is a rectangle
/// with a side of its own in x and in y.
///
/// ## Definition
///
/// The k nearest neighbors of point i in (x, y) under the max-norm span sides e_x(i) and e_y(i), the
/// largest distance in x and in y among them. With n_x(i), n_y(i) the numbers of other points
/// **at most** e_x(i) away in x and e_y(i) in y,
///
///     I = psi(k) - 1/k + psi(n) - < psi(n_x) + psi(n_y) >
///
/// where the mean is over the rows. Where several points tie for the k-th place all of them span
/// the rectangle, so that the order of the rows does not matter. Several values of k give the mean
/// of their estimates, all from one search; `natsPerK` in the diagnostics has each.
///
/// Kraskov, Stoegbauer, Grassberger 2004, Physical Review E 69, 066138,
/// doi:10.1103/PhysRevE.69.066138, equation 9 for two variables.
///
/// ## Assumptions, failures, complexity
///
/// As ``KSG1Estimator``. Its bias is smaller than that of `ksg-1` in few dimensions at small k, its
/// variance a little larger; it cannot exceed psi(n) - psi(k) - 1/k.
///
/// ```swift
/// let estimate = try KSG2Estimator(["k": "5"]).estimate(request)
/// ```
public struct KSG2Estimator: StaticEstimator, SideSharing {
  /// What the estimator is.
  public static let descriptor = EstimatorDescriptor(
    id: "ksg-2", version: "2",
    summary: "k-th neighbor distances, rectangles (Kraskov et al., second algorithm)",
    reference: "Kraskov, Stoegbauer, Grassberger 2004, doi:10.1103/PhysRevE.69.066138",
    traits: EstimatorTraits(
      kinds: [.continuous], minimumSamples: 4,
      invariances: [.swap, .rowOrder, .shift, .jointScale], groups: .unaffected),
    parameters: NeighborParameters.all)

  private let shared: KraskovEstimate

  /// Keeps the parameters.
  ///
  /// - Throws: `invalidParameter` where a value of k stands twice.
  public init(parameters: ParameterValues) throws(EstimatorError) {
    shared = KraskovEstimate(
      descriptor: Self.descriptor, parameters: parameters,
      ks: try NeighborParameters.neighbors(parameters, estimator: Self.descriptor.id),
      algorithm: .rectangle)
  }

  /// Estimates I(x; y).
  ///
  /// - Throws: `tooFewSamples` unless n > k, `constantColumn`, `cancelled`.
  public func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    try estimateBySides(request)
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
      x: x, y: y, of: request, shift: 0,
      constant: { n, k in digamma(Double(k)) - 1 / Double(k) + digamma(Double(n)) },
      ceiling: { n, k in digamma(Double(n)) - digamma(Double(k)) - 1 / Double(k) })
  }
}

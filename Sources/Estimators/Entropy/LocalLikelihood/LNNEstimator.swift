// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// The mutual information from three local-likelihood entropies with nearest-neighbor bandwidths.
///
/// ## Definition
///
/// I = H(x) + H(y) - H(x, y). Each entropy fits a Gaussian around every row to its 30 nearest rows,
/// with the distance to the k-th as bandwidth, so that it follows a density that is steep or thin
/// within that distance, where `ksg-1` and Kozachenko-Leonenko estimates take it as constant; see
/// `localLikelihoodTerms`. The bias that this has for any smooth density is one number for each k and d,
/// tabulated by simulation (scripts/lnn_constants.py) for k from 3 to 10 and up to 6 columns in
/// all; anything outside the table is refused.
///
/// Gao, Oh, Viswanath 2016, "Breaking the bandwidth barrier: geometrical adaptive entropy estimation",
/// NeurIPS 29, arXiv:1609.02208. 30 neighbors are that paper's choice in its experiments.
///
/// ## Assumptions and failures
///
/// - Independent rows with a smooth density; columns of comparable units: they are standardized unless
///   `-p scale=none`. Repeated values are refused.
/// - Strong dependence of few columns is what it is for. The errors of the three entropies do not
///   cancel, so with weak dependence or many columns its variance is above that of `ksg-1`; and at
///   hard edges a Gaussian overshoots. 30 rows must be near: where the density bends within them, it
///   errs to either side.
/// - No standard error: the rows' terms depend on one another. Subsample without replacement.
///
/// ## Complexity
///
/// Three searches of about O(n^(2 - 1/d)), without a tree.
///
/// ```swift
/// let estimate = try LNNEstimator(["k": "5"]).estimate(request)
/// ```
public struct LNNEstimator: StaticEstimator {
  /// What the estimator is.
  public static let descriptor = EstimatorDescriptor(
    id: "lnn", version: "1",
    summary: "H(x) + H(y) - H(x, y) by local Gaussians with neighbor bandwidths",
    reference: "Gao, Oh, Viswanath 2016, arXiv:1609.02208",
    traits: EstimatorTraits(
      kinds: [.continuous], minimumSamples: 40,
      maximumDimension: LocalLikelihoodConstants.maximumDimension,
      invariances: [.swap, .rowOrder, .shift, .jointScale, .scale]),
    parameters: [
      ParameterSpecification(
        "k", .integer(LocalLikelihoodConstants.ks), default: .integer(5),
        meaning: "the neighbor whose distance is the bandwidth; its constants are tabulated"),
      ParameterSpecification(
        "scale", .choice(["none", "standardize"]), default: .text("standardize"),
        meaning: "standardize divides each column by its standard deviation first"),
    ])

  private let k: Int
  private let scales: Bool

  /// Keeps the parameters.
  public init(parameters: ParameterValues) {
    k = parameters.integer("k")
    scales = parameters.text("scale") == "standardize"
  }

  /// Estimates I(x; y).
  ///
  /// - Throws: `dimensionOutOfRange`, `repeatedRows`, `singularCovariance`, `constantColumn`,
  ///   `cancelled`.
  public func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    try Self.descriptor.checkAccepts(request)
    let (samplesX, samplesY) = try request.continuousPair(for: Self.descriptor)
    let n = request.count
    let x = try columns(samplesX, side: "x")
    let y = try columns(samplesY, side: "y")
    var terms: [[Double]] = []
    for (rows, name) in [(x, "x"), (y, "y"), (Matrix(besides: x, y), "(x, y)")] {
      terms.append(
        try localLikelihoodTerms(
          rows, name: name, k: k, threads: request.threads, isCancelled: request.isCancelled))
      request.progress(Double(terms.count) / 3)
    }
    let pointwise = (0..<n).map { terms[0][$0] + terms[1][$0] - terms[2][$0] }
    return Estimate(
      Information(nats: pointwise.reduce(0, +) / Double(n)), pointwise: pointwise,
      diagnostics: [
        "k": .integer(k), "scale": .text(scales ? "standardize" : "none"),
        "entropiesNats": .numbers(terms.map { $0.reduce(0, +) / Double(n) }),
      ])
  }

  private func columns(_ samples: Samples, side: String) throws(EstimatorError) -> Matrix {
    if scales { return try standardized(samples, side: side) }
    try refuseConstantColumns(samples, side: side)
    return Matrix(samples)
  }
}

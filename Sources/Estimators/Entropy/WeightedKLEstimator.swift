// SPDX-License-Identifier: MIT

public import EstimatorAPI

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The mutual information from three weighted Kozachenko-Leonenko entropies.
///
/// ## Definition
///
/// I = H(x) + H(y) - H(x, y), each entropy of d dimensions from the distances rho_j of each row to
/// its j-th neighbor, for several j up to k at once:
///
///     H = < sum_j w_j ( d ln(2 rho_j) + ln(n - 1) - psi(j) ) >
///
/// with weights that sum to 1 and cancel the leading terms of the bias, some of them negative from
/// four dimensions on; see ``KozachenkoLeonenkoWeights``. Distances are of the max-norm, not the
/// paper's Euclidean one; ``neighborEntropyTerms(_:name:weights:threads:isCancelled:)`` says why
/// that is as good.
///
/// Berrett, Samworth, Yuan 2019, "Efficient multivariate entropy estimation via k-nearest neighbour
/// distances", Annals of Statistics 47, 288, doi:10.1214/18-AOS1688.
///
/// ## Assumptions and failures
///
/// - Independent rows with a smooth density, and columns of comparable units: they are standardized
///   unless `-p scale=none`.
/// - Repeated values have no density: they get noise within their cells (`ties`), and where a distance in
///   use is 0 all the same the estimate is refused.
/// - Unlike `ksg-1` there is no ceiling, and strong dependence of one column on another costs little
///   bias. But the errors of the three entropies do not cancel: bounded variables lose at their
///   edges, tails cost H(x) + H(y) more than H(x, y), which shows as some 0.02 nats too many for
///   independent normal columns of 2,000 rows, and the variance is larger: in 5 + 5 columns of as many
///   rows it falls from 0.3 nats at k = 10 to 0.1 at k = 40. Downwards where the k-th neighbor is
///   farther than the joint density is wide.
/// - Up to 10 columns in all: the more terms of the bias are cancelled, the larger the weights that do it.
///   In 10 columns they have the norm 15 at k = 40, in 12 already 150, in 50 columns 7e10 at k = 200, and the sum is noise.
/// - No standard error: the rows' terms depend on one another. Subsample without replacement.
///
/// ## Complexity
///
/// Three searches, O(n k log n) in few dimensions, towards O(n^2) in many.
///
/// ```swift
/// let estimate = try WeightedKLEstimator(["k": "20"]).estimate(request)
/// ```
public struct WeightedKLEstimator: StaticEstimator {
  /// What the estimator is.
  public static let descriptor = EstimatorDescriptor(
    id: "weighted-kl", version: "2",
    summary: "H(x) + H(y) - H(x, y) from weighted neighbor distances",
    reference: "Berrett, Samworth, Yuan 2019, doi:10.1214/18-AOS1688",
    traits: EstimatorTraits(
      kinds: [.continuous], minimumSamples: 16, maximumDimension: 10,
      invariances: [.swap, .rowOrder, .shift, .jointScale, .scale], groups: .unaffected),
    parameters: [
      ParameterSpecification(
        "k", .integer(0...Int.max), default: .integer(0),
        meaning: "the farthest neighbor, at least dx + dy; 0 takes the larger of "
          + "4 (dx + dy) and n^0.4"),
      ParameterSpecification(
        "scale", .choice(["none", "standardize"]), default: .text("standardize"),
        meaning: "standardize divides each column by its standard deviation first"),
      TieRule.parameter,
    ])

  private let parameters: ParameterValues
  private let k: Int

  /// Keeps the parameters.
  public init(parameters: ParameterValues) throws(EstimatorError) {
    var values = parameters.values
    values["jitter"] = .number(0)
    self.parameters = ParameterValues(values)
    k = try parameters.integer("k")
  }

  /// Estimates I(x; y).
  ///
  /// - Throws: `invalidParameter` for a k below dx + dy, `tooFewSamples` unless n > k, `repeatedRows` where
  ///   rows coincide, `constantColumn`, `cancelled`.
  public func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    try Self.descriptor.checkAccepts(request)
    let (samplesX, samplesY) = try request.continuousPair(for: Self.descriptor)
    let n = request.count
    let (dx, dy) = (samplesX.dimension, samplesY.dimension)
    let used = k > 0 ? k : min(n - 1, max(4 * (dx + dy), Int(pow(Double(n), 0.4))))
    guard used >= dx + dy else {
      throw .invalidParameter(
        "k", found: "\(k)", needed: "at least the number of columns, \(dx + dy)",
        estimator: Self.descriptor.id)
    }
    guard n > used else {
      throw .tooFewSamples(found: n, needed: used.oneMore, estimator: Self.descriptor.id)
    }
    let inputX = try NeighborInput(
      samplesX, side: "x", stream: 0, parameters: parameters, seed: request.seed)
    let inputY = try NeighborInput(
      samplesY, side: "y", stream: 1, parameters: parameters, seed: request.seed)
    let (x, y) = (inputX.points, inputY.points)
    let parts = [([x], "x", dx), ([y], "y", dy), ([x, y], "(x, y)", dx + dy)]
    var terms: [[Double]] = []
    var norms: [Double] = []
    for (index, (points, name, d)) in parts.enumerated() {
      let weights = KozachenkoLeonenkoWeights(k: used, dimension: d)
      terms.append(
        try neighborEntropyTerms(
          points, name: name, weights: weights, threads: request.threads,
          isCancelled: request.isCancelled))
      norms.append(weights.weights.reduce(0) { $0 + $1 * $1 }.squareRoot())
      request.progress(Double(index + 1) / 3)
    }
    let pointwise = (0..<n).map { terms[0][$0] + terms[1][$0] - terms[2][$0] }
    return Estimate(
      Information(nats: pointwise.reduce(0, +) / Double(n)), pointwise: pointwise,
      diagnostics: [
        "k": .integer(used), "scale": .text(try parameters.text("scale")),
        "entropiesNats": .numbers(terms.map { $0.reduce(0, +) / Double(n) }),
        "weightNorms": .numbers(norms),
      ].merging((inputX.spread + inputY.spread).diagnostics) { _, new in new })
  }
}

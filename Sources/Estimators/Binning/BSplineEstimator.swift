// SPDX-License-Identifier: MIT

public import EstimatorAPI

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The mutual information of two numbers from a histogram with soft bins.
///
/// Every value belongs to k neighboring bins with the weights of a B-spline of order k:
///
///     p(i, j) = (1/n) sum over rows of B_i(x) B_j(y),   I = sum p(i, j) ln( p(i, j) / (p(i) p(j)) ).
///
/// Daub, Steuer, Selbig and Kloska 2004, "Estimating mutual information using B-spline functions"
/// (doi:10.1186/1471-2105-5-118), with its order 3 and 10 bins. Order 1 is `binning` with bins of
/// one width and no correction.
///
/// I is the information of two softened classifications, so by the data processing inequality its
/// limit is below the true value, and not by little: with the default basis and 5,000 rows it reads
/// 0.15 for 0.22 nats and 0.51 for 1.16. It ranks pairs; for the number itself calibrate it or take
/// another. At few rows it is biased high as every plug-in is, though less than hard bins. An
/// outlier squeezes all other values into few bins; transform heavy tails first.
///
/// The estimate is a mean over rows of sum_ij B_i(x) B_j(y) ln(...), so it has pointwise values,
/// and their spread gives the standard error to first order (delta method). Cost: O(n k^2 + M^2).
///
/// ```swift
/// let estimate = try BSplineEstimator(["bins": "12"]).estimate(request)
/// ```
public struct BSplineEstimator: StaticEstimator {
  /// One dimension against one.
  public static let descriptor = EstimatorDescriptor(
    id: "bspline", version: "1", summary: "histogram with B-spline weights, one number a side",
    reference: "Daub, Steuer, Selbig, Kloska 2004, doi:10.1186/1471-2105-5-118",
    traits: EstimatorTraits(
      kinds: [.continuous], minimumSamples: 2, maximumDimension: 2,
      invariances: [.swap, .rowOrder, .shift, .jointScale, .scale], resampling: [.subsampling],
      groups: .unaffected),
    parameters: [
      ParameterSpecification(
        "order", .integer(1...10), default: .integer(3),
        meaning: "order of the splines: the number of bins that a value belongs to"),
      ParameterSpecification(
        "bins", .integer(2...1000), default: .integer(10), meaning: "bins of each side"),
    ])

  private let basis: BSplineBasis

  /// Keeps the basis.
  ///
  /// - Throws: `invalidParameter` for fewer bins than the order.
  public init(parameters: ParameterValues) throws(EstimatorError) {
    let order = try parameters.integer("order")
    let bins = try parameters.integer("bins")
    guard bins >= order else {
      throw .invalidParameter(
        "bins", found: "\(bins)", needed: "at least the order, \(order)",
        estimator: Self.descriptor.id)
    }
    basis = BSplineBasis(order: order, count: bins)
  }

  /// Estimates I(x; y).
  ///
  /// - Throws: `unsupportedKinds`, `dimensionOutOfRange`, `tooFewSamples` or `constantColumn`.
  public func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    try Self.descriptor.checkAccepts(request)
    let (x, y) = try request.continuousPair(for: Self.descriptor)
    let softX = try SoftBins(x, basis: basis, side: "x")
    let softY = try SoftBins(y, basis: basis, side: "y")
    try request.checkCancellation()
    let pointwise = logRatios(softX, softY)
    let n = Double(request.count)
    let mean = pointwise.reduce(0, +) / n
    let variance = pointwise.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n
    return Estimate(
      Information(nats: mean), standardError: Information(nats: (variance / n).squareRoot()),
      pointwise: pointwise,
      diagnostics: ["standardErrorOf": .text("soft plug-in, by the delta method")])
  }

  /// sum_ij B_i(x) B_j(y) ln( p(i, j) / (p(i) p(j)) ) of each row.
  private func logRatios(_ x: SoftBins, _ y: SoftBins) -> [Double] {
    let (order, bins) = (basis.order, basis.count)
    let n = x.first.count
    var joint = [Double](repeating: 0, count: bins * bins)
    for row in 0..<n {
      for i in 0..<order {
        let cell = (x.first[row] + i) * bins + y.first[row]
        let weight = x.weights[row * order + i]
        for j in 0..<order { joint[cell + j] += weight * y.weights[row * order + j] }
      }
    }
    // A cell that no row touches is never read below.
    let ratios = joint.indices.map { cell in
      let margins = x.sums[cell / bins] * y.sums[cell % bins]
      return joint[cell] > 0 && margins > 0 ? log(joint[cell] * Double(n) / margins) : 0
    }
    return (0..<n).map { row in
      var sum = 0.0
      for i in 0..<order {
        let cell = (x.first[row] + i) * bins + y.first[row]
        let weight = x.weights[row * order + i]
        for j in 0..<order { sum += weight * y.weights[row * order + j] * ratios[cell + j] }
      }
      return sum
    }
  }
}

/// The bins that each row of a column belongs to, with its weights.
private struct SoftBins {
  /// The first of the k bins of each row.
  let first: [Int]
  /// The k weights of each row, row-major.
  let weights: [Double]
  /// The weight that each bin holds in all.
  let sums: [Double]

  init(_ samples: Samples, basis: BSplineBasis, side: String) throws(EstimatorError) {
    let column = samples.values
    let low = column.min() ?? 0
    let high = column.max() ?? 0
    guard low < high else { throw .constantColumn(side: side, column: 0, value: low) }
    let last = Double(basis.count - basis.order + 1)
    // Halves, so that the range cannot overflow.
    let range = high / 2 - low / 2
    var first: [Int] = []
    var weights: [Double] = []
    var sums = [Double](repeating: 0, count: basis.count)
    var row = [Double](repeating: 0, count: basis.order)
    for value in column {
      let index = basis.evaluate(
        at: min(last, max(0, (value / 2 - low / 2) / range * last)), into: &row)
      first.append(index)
      weights.append(contentsOf: row)
      for (offset, weight) in row.enumerated() { sums[index + offset] += weight }
    }
    self.first = first
    self.weights = weights
    self.sums = sums
  }
}

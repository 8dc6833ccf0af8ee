// SPDX-License-Identifier: MIT

public import EstimatorAPI

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The mutual information of binned variables, with labels allowed on one side.
///
/// Every continuous column is cut into bins, a row's cell is the tuple of its bins, and the
/// information of the two classifications is estimated as by ``DiscreteEstimator``. By the data
/// processing inequality the binned variables share at most the information of the continuous ones.
///
/// `rule=equal-mass` (the default) cuts at quantiles, so the result depends on ranks alone; equal
/// values stay together, which can leave fewer and uneven bins (diagnostics `binsX`, `binsY`).
/// `rule=equal-width` cuts from the smallest to the largest value, as numpy.histogram does, and is
/// at the mercy of outliers. `bins=0` gives each continuous column (n / 5C)^(1/d) bins, at least 2,
/// where d counts the continuous columns of both sides and C the classes of the labels: 5 rows a
/// cell of the full grid if x and y are independent (Cellucci, Albano and Rapp 2005,
/// doi:10.1103/PhysRevE.71.066208, after Cochran's rule for the chi-square test).
///
/// Two errors of opposite sign: few bins lose information (bias down), few rows per cell feign it
/// (bias up, of which `correction` takes a part). Beyond about 3 columns in all the second always
/// wins; the warning `saturation` says when. It is a quick check and a baseline.
///
/// Memory grows with rows and occupied cells, never with the grid. Cost: O(d n log n).
///
/// ```swift
/// let estimator = try BinningEstimator(["rule": "equal-width", "bins": "16"])
/// let estimate = try estimator.estimate(EstimationRequest(x: .samples(x), y: .labels(y)))
/// ```
public struct BinningEstimator: StaticEstimator {
  /// The traits describe the default rule, equal mass.
  public static let descriptor = EstimatorDescriptor(
    id: "binning", version: "1",
    summary: "equal-mass or equal-width bins, then the entropies of the cells",
    reference: "Cellucci, Albano, Rapp 2005, doi:10.1103/PhysRevE.71.066208",
    traits: EstimatorTraits(
      kinds: [.continuous, .mixed], minimumSamples: 4,
      invariances: [.swap, .rowOrder, .shift, .jointScale, .scale, .monotone, .relabel],
      resampling: [.subsampling], groups: .unaffected),
    parameters: [
      ParameterSpecification(
        "rule", .choice(BinningRule.allCases.map(\.rawValue)), default: .text("equal-mass"),
        meaning: "bins of one number of rows, or of one width"),
      ParameterSpecification(
        "bins", .integer(0...1_000_000), default: .integer(0),
        meaning: "bins of each continuous column; 0 chooses them for 5 rows per cell of the grid"),
      DiscreteCorrection.parameter,
    ])

  private let rule: BinningRule
  private let bins: Int
  private let correction: DiscreteCorrection

  /// Keeps the parameters.
  ///
  /// - Throws: `invalidParameter` for a single bin, which tells nothing apart.
  public init(parameters: ParameterValues) throws(EstimatorError) {
    rule = BinningRule(rawValue: try parameters.text("rule")) ?? .equalMass
    bins = try parameters.integer("bins")
    correction = DiscreteCorrection(name: try parameters.text("correction"))
    guard bins != 1 else {
      throw .invalidParameter(
        "bins", found: "1", needed: "0 or at least 2", estimator: Self.descriptor.id)
    }
  }

  /// Estimates I(x; y) from the cells of both sides.
  ///
  /// - Throws: `unsupportedKinds`, `tooFewSamples`, `constantColumn` or `cancelled`.
  public func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    try Self.descriptor.checkAccepts(request)
    let bins = bins > 0 ? bins : Self.defaultBins(request)
    let x = try binned(request.x, bins: bins, side: "x", request: request)
    let y = try binned(request.y, bins: bins, side: "y", request: request)
    let table = ContingencyTable(x.cells, y.cells, alphabets: (x: x.alphabet, y: y.alphabet))
    try request.checkCancellation()
    var estimate = try table.estimate(correction, for: Self.descriptor.id)
    estimate.diagnostics["binsX"] = .numbers(x.bins.map(Double.init))
    estimate.diagnostics["binsY"] = .numbers(y.bins.map(Double.init))
    if rule == .equalMass { estimate.diagnostics["ties"] = .integer(x.tiedValues + y.tiedValues) }
    return estimate
  }

  private func binned(
    _ variable: Variable, bins: Int, side: String, request: EstimationRequest
  ) throws(EstimatorError) -> BinnedVariable {
    switch variable {
    case .samples(let samples):
      try BinnedVariable(samples, rule: rule, bins: bins, side: side, request: request)
    case .labels(let labels):
      try BinnedVariable(labels, side: side)
    }
  }

  /// (n / 5C)^(1/d), at least 2: see above.
  package static func defaultBins(_ request: EstimationRequest) -> Int {
    let dimensions = [request.x, request.y].compactMap { $0.samples?.dimension }.reduce(0, +)
    let classes = [request.x, request.y].compactMap { $0.labels?.classCount }.reduce(1, *)
    let cells = Double(request.count) / Double(5 * classes)
    // The tolerance keeps whole roots whole: 500^(1/2) / 5 and the like must not round down.
    return max(2, Int(pow(cells, 1 / Double(dimensions)) + 1e-9))
  }
}

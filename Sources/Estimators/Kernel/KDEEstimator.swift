// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// The mutual information from kernel densities on a grid, smoothed by fast cosine transforms.
///
/// ## Definition
///
/// With S(x, y), S(x) and S(y) the sums of Gaussian kernels of one bandwidth over all rows but the
/// one in question,
///
///     I = (1/n) sum over rows of ln( (n - 1) S(x, y) / (S(x) S(y)) ),
///
/// the leave-one-out resubstitution estimate. Joint and margins have the same bandwidth, so that what
/// smoothing and boundaries do to them largely cancels: Zeng, Xia and Tong 2018, "Jackknife approach to
/// the estimation of mutual information", PNAS 115, 9956, doi:10.1073/pnas.1715593115. Their
/// bandwidth, the default, is the one that maximizes the estimate.
///
/// Rows are spread linearly over the centers of a grid of `grid` cells a column, and the counts are
/// convolved by a cosine transform. The part of a row in its own smoothed count is known in
/// closed form and taken off exactly.
///
/// ## Coordinates and boundary
///
/// `normal-scores` (the default) and `copula` depend on ranks alone. `copula` lives on the unit cube and
/// is reflected at its faces: a kernel that reaches over a face comes back. The other two have no
/// boundary: the grid has room on all sides. `standard` takes the numbers as they are, standardized;
/// a heavy tail then stretches the grid until the cells are coarse, which a warning says.
///
/// ## Assumptions and failures
///
/// - Independent rows with a density; up to three columns in all, 1 + 1, 2 + 1 or 1 + 2.
/// - Bias: downwards under dependence, growing with I, as a kernel blurs what is narrow; slightly
///   upwards under independence with `jackknife`, which takes the largest of several numbers.
/// - Repeated rows read as dependence of a width below every bandwidth: `bandwidthEdge` warns.
/// - A row that no other row's kernel reaches has no leave-one-out density; its term is 0, and
///   a warning counts such rows.
/// - The standard error is that of the mean of the rows' terms, which leaves out how the
///   density and its bandwidth vary: about a quarter too small at 500 rows of correlation 0.7, and near
///   independence not to be trusted.
///
/// ## Complexity
///
/// O(n + M log M) a bandwidth, with M cells in all; `jackknife` tries up to twelve. Ranks cost
/// O(n log n).
///
/// ```swift
/// let estimate = try KDEEstimator(["bandwidth": "isj"]).estimate(request)
/// estimate.diagnostics["bandwidth"]
/// ```
public struct KDEEstimator: StaticEstimator {
  /// Up to three columns in all.
  public static let descriptor = EstimatorDescriptor(
    id: "kde", version: "1",
    summary: "kernel densities on a grid, leave-one-out, one bandwidth for joint and margins",
    reference: "Zeng, Xia, Tong 2018, doi:10.1073/pnas.1715593115",
    traits: EstimatorTraits(
      kinds: [.continuous], minimumSamples: 8, maximumDimension: 3,
      invariances: [.swap, .rowOrder, .shift, .jointScale, .scale, .monotone],
      resampling: [.subsampling], groups: .unaffected),
    parameters: [
      ParameterSpecification(
        "scale", .choice(KernelScale.allCases.map(\.rawValue)), default: .text("normal-scores"),
        meaning: "coordinates; standard, unlike the others, sees monotone maps"),
      ParameterSpecification(
        "bandwidth", .choice(BandwidthRule.allCases.map(\.rawValue)), default: .text("jackknife"),
        meaning: "how the bandwidth is chosen; isj takes one column a side"),
      ParameterSpecification(
        "grid", .integer(0...4096), default: .integer(0),
        meaning: "cells of each column; 0 takes 512, and 96 where there are three columns"),
    ])

  private let scale: KernelScale
  private let rule: BandwidthRule
  private let cells: Int

  /// Keeps the parameters.
  ///
  /// - Throws: `invalidParameter` for a grid of 1 to 7 cells.
  public init(parameters: ParameterValues) throws(EstimatorError) {
    scale = KernelScale(rawValue: try parameters.text("scale")) ?? .normalScores
    rule = BandwidthRule(rawValue: try parameters.text("bandwidth")) ?? .jackknife
    cells = try parameters.integer("grid")
    guard cells == 0 || cells >= 8 else {
      throw .invalidParameter(
        "grid", found: "\(cells)", needed: "0, or a whole number from 8 to 4096",
        estimator: Self.descriptor.id)
    }
  }

  /// Estimates I(x; y).
  ///
  /// - Throws: `dimensionOutOfRange` beyond three columns, `constantColumn`, `tooFewSamples`,
  ///   `invalidParameter` where rule or grid do not suit three columns, `cancelled`.
  public func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    try Self.descriptor.checkAccepts(request)
    let (x, y) = try request.continuousPair(for: Self.descriptor)
    let dimension = x.dimension + y.dimension
    if dimension == 3 {
      guard rule != .isj else {
        throw .invalidParameter(
          "bandwidth", found: "isj", needed: "another rule where there are three columns",
          estimator: Self.descriptor.id)
      }
      guard cells <= 256 else {
        throw .invalidParameter(
          "grid", found: "\(cells)", needed: "at most 256 cells where there are three columns",
          estimator: Self.descriptor.id)
      }
    }
    let space = try KernelSpace(x, y, scale: scale, threads: request.threads)
    try request.checkCancellation()
    let used = cells > 0 ? cells : (dimension == 3 ? 96 : 512)
    let fit = try KernelFit(space, rule: rule, cells: used, request: request)
    return report(fit, space, cells: used)
  }

  private func report(_ fit: KernelFit, _ space: KernelSpace, cells: Int) -> Estimate {
    let n = Double(space.rows)
    let mean = fit.mean
    let variance = fit.pointwise.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n
    var diagnostics: [String: DiagnosticValue] = [
      "bandwidth": .number(fit.bandwidth), "bandwidthRule": .text(rule.rawValue),
      "scale": .text(scale.rawValue), "grid": .integer(cells),
      "boundary": .text(space.isBounded ? "reflected at 0 and 1" : "none: the grid has room"),
      "isolatedRows": .integer(fit.isolated),
      "standardErrorOf": .text("the mean of the rows' terms at this bandwidth"),
    ]
    if let tied = space.tied { diagnostics["tiedValues"] = .integer(tied) }
    var warnings = fit.warnings
    if fit.isolated > 0 {
      warnings.append(
        EstimateWarning(
          code: "isolatedRows",
          message: "\(fit.isolated) of \(space.rows) rows lie where no other row's kernel reaches; "
            + "their term is set to 0. Use ranks (scale=normal-scores) or a wider bandwidth."))
    }
    if let tied = space.tied, tied > 0 {
      warnings.append(
        EstimateWarning(
          code: "ties",
          message: "\(tied) of \(space.columns.count) values equal another one of their column and "
            + "share their average rank; a density assumes that none do."))
    }
    return Estimate(
      Information(nats: mean), standardError: Information(nats: (variance / n).squareRoot()),
      pointwise: fit.pointwise, diagnostics: diagnostics, warnings: warnings)
  }
}

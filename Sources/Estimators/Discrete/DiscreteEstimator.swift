// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// The mutual information of two variables of labels, from their contingency table.
///
/// With c rows in a cell of n, and margins a and b, the plug-in estimate is
///
///     I = sum (c/n) ln( n c / (a b) ) = H(X) + H(Y) - H(X, Y),
///
/// biased high by about (Kxy - Kx - Ky + 1) / 2n. `correction` replaces each of the three
/// entropies by a better estimate, by default the one that measured best for such a table; the
/// article <doc:DiscreteEntropies> has the choice and the error of each.
///
/// Reference: Paninski 2003, "Estimation of entropy and mutual information"
/// (doi:10.1162/089976603321780272); each correction's own paper is cited in its file.
///
/// Assumes independent rows. The alphabet of a side is its named classes; those without a row count
/// for `shrinkage` and `nsb` only. The standard error is that of the plug-in by the delta method,
/// which is too small where the truth is near 0. Cost: O(n) time and memory.
///
/// Fails by saturation: where nearly every row has a cell of its own, the number says how many rows
/// there were. A warning says so. A side with one class in all rows is refused.
///
/// ```swift
/// let weather = try Labels(["sun", "sun", "rain", "rain"])
/// let mood = try Labels(["good", "good", "bad", "bad"])
/// let request = try EstimationRequest(x: .labels(weather), y: .labels(mood))
/// try DiscreteEstimator(["correction": "none"]).estimate(request).information.nats  // ln 2
/// ```
public struct DiscreteEstimator: StaticEstimator {
  /// Labels against labels, exact and without a seed.
  public static let descriptor = EstimatorDescriptor(
    id: "discrete", version: "1",
    summary: "labels against labels: plug-in entropies with a choice of bias corrections",
    reference: "Paninski 2003, doi:10.1162/089976603321780272",
    traits: EstimatorTraits(
      kinds: [.discrete], minimumSamples: 2, invariances: [.swap, .rowOrder, .relabel],
      resampling: [.subsampling], given: [.labels], groups: .unaffected),
    parameters: [DiscreteCorrection.parameter])

  private let correction: DiscreteCorrection

  /// Keeps the correction.
  public init(parameters: ParameterValues) throws(EstimatorError) {
    correction = DiscreteCorrection(name: try parameters.text("correction"))
  }

  /// Estimates I(x; y) from the contingency table; given labels, the mean over their classes.
  ///
  /// - Throws: `unsupportedKinds`, `tooFewSamples`, or `constantColumn` for a side of one class.
  public func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    try Self.descriptor.checkAccepts(request)
    guard let x = request.x.labels, let y = request.y.labels else {
      throw .unsupportedKinds(request.kind, Self.descriptor)
    }
    let sides = (
      x: try OccupiedCells(varying: x, side: "x"), y: try OccupiedCells(varying: y, side: "y")
    )
    if let given = request.given?.labels {
      return try averagedOverClasses(request, given: given, by: estimateWithin)
    }
    return try ContingencyTable(
      sides.x, sides.y, alphabets: (x: Double(x.classCount), y: Double(y.classCount))
    ).estimate(correction, for: Self.descriptor.id)
  }

  /// The estimate within a class given: 0 where a side has one value, which shares nothing.
  private func estimateWithin(
    _ request: EstimationRequest
  ) throws(EstimatorError) -> Estimate {
    let isConstant = [request.x, request.y].contains { side in
      side.labels.map { Set($0.codes).count == 1 } ?? false
    }
    guard isConstant else { return try estimate(request) }
    return Estimate(
      Information(nats: 0), standardError: .zero,
      pointwise: [Double](repeating: 0, count: request.count))
  }
}

extension OccupiedCells {
  /// The classes that have a row.
  ///
  /// - Throws: `constantColumn` where it is only one.
  package init(varying labels: Labels, side: String) throws(EstimatorError) {
    self.init(keys: labels.codes.map { Int($0) }, bound: labels.classCount)
    guard count > 1 else {
      let name = labels.names[Int(labels.codes[0])]
      throw EstimatorError(
        .constantColumn, "The labels \(side) are \"\(name)\" in every row; they must vary.")
    }
  }
}

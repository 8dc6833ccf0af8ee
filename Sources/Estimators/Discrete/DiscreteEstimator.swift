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
    if let given = request.given?.labels {
      return try averagedOverClasses(request, given: given, x: x, y: y)
    }
    let table = ContingencyTable(
      try OccupiedCells(varying: x, side: "x"), try OccupiedCells(varying: y, side: "y"),
      alphabets: (x: Double(x.classCount), y: Double(y.classCount)))
    return try table.estimate(correction, for: Self.descriptor.id)
  }

  /// The mean over the classes given, by their shares of the rows, of the information within each; 0 in
  /// one where a side does not vary.
  private func averagedOverClasses(
    _ request: EstimationRequest, given: Labels, x: Labels, y: Labels
  ) throws(EstimatorError) -> Estimate {
    _ = try (
      OccupiedCells(varying: x, side: "x"), OccupiedCells(varying: y, side: "y")
    )
    var rows = [[Int]](repeating: [], count: given.classCount)
    for (row, code) in given.codes.enumerated() { rows[Int(code)].append(row) }
    let used = rows.filter { !$0.isEmpty }
    let n = Double(given.count)
    var (nats, variance) = (0.0, 0.0)
    var pointwise = [Double](repeating: 0, count: given.count)
    for members in used {
      try request.checkCancellation()
      let (x, y) = (x.selecting(rows: members), y.selecting(rows: members))
      guard Set(x.codes).count > 1, Set(y.codes).count > 1 else { continue }
      let table = ContingencyTable(
        OccupiedCells(keys: x.codes.map { Int($0) }, bound: x.classCount),
        OccupiedCells(keys: y.codes.map { Int($0) }, bound: y.classCount),
        alphabets: (x: Double(x.classCount), y: Double(y.classCount)))
      let found = try table.estimate(correction, for: Self.descriptor.id)
      let share = Double(members.count) / n
      nats += share * found.information.nats
      let error = found.standardError?.nats ?? 0
      variance += share * share * error * error
      for (row, value) in zip(members, found.pointwise ?? []) { pointwise[row] = value }
    }
    return Estimate(
      Information(nats: nats), standardError: Information(nats: variance.squareRoot()),
      pointwise: pointwise,
      diagnostics: [
        "conditional": .text("the mean over the classes given"),
        "givenClasses": .integer(used.count),
        "smallestClass": .integer(used.map(\.count).min() ?? 0),
      ])
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

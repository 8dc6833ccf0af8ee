// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// Ross's estimator for continuous, possibly vector-valued, x and labels y.
///
/// ## Definition
///
/// For row i of class y_i with N_y members, k_i = min(k, N_y - 1) and d_i is the max-norm distance
/// in x to its k_i-th neighbor within the class. m_i counts the rows of all classes, i among them,
/// strictly closer than d_i. Over the N rows,
///
///     I = psi(N) + < psi(k_i) > - < psi(N_y) > - < psi(m_i) >
///
/// Counting i strictly inside d_i gives the number that the paper counts without i up to and with
/// the k_i-th neighbor, except under ties. Several values of k give the mean of their estimates.
///
/// Ross 2014, PLoS ONE 9(2): e87357, doi:10.1371/journal.pone.0087357.
///
/// ## Small classes
///
/// A class of one row has no neighbor within it, so the row has no term. Such rows are set
/// aside before anything is counted: N and m_i are those of the other rows, and the estimate is of the
/// information in these. The diagnostics count them (`singletonRows`) and a warning names the classes;
/// their pointwise value is 0. A class with at most k rows uses k_i = N_y - 1, and is named too.
///
/// ## Assumptions and failures
///
/// Rows are independent and x has a density within each class. As `ksg-1`, biased downwards
/// in many dimensions. No standard error: the rows' terms depend on one another.
///
/// ## Complexity
///
/// A search within each class and a count over all rows; see `rossCounts`.
///
/// ```swift
/// let request = try EstimationRequest(x: .samples(features), y: .labels(labels))
/// let estimate = try RossEstimator(["k": "3"]).estimate(request)
/// ```
public struct RossEstimator: StaticEstimator, SideSharing {
  /// What the estimator is.
  public static let descriptor = EstimatorDescriptor(
    id: "ross", version: "2",
    summary: "k-th neighbor distances within classes, counted over all (Ross)",
    reference: "Ross 2014, doi:10.1371/journal.pone.0087357",
    traits: EstimatorTraits(
      kinds: [.mixed], minimumSamples: 4,
      invariances: [.swap, .rowOrder, .shift, .jointScale, .relabel], groups: .unaffected),
    parameters: NeighborParameters.all)

  private let parameters: ParameterValues
  private let ks: [Int]

  /// Keeps the parameters.
  ///
  /// - Throws: `invalidParameter` where a value of k stands twice.
  public init(parameters: ParameterValues) throws(EstimatorError) {
    self.parameters = parameters
    ks = try NeighborParameters.neighbors(parameters, estimator: Self.descriptor.id)
  }

  /// Estimates I(x; y).
  ///
  /// - Throws: `classTooSmall` where every class is a singleton, `constantColumn`, `cancelled`.
  public func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    try estimateBySides(request)
  }

  /// Points, or the rows of each class.
  package enum Side: Sendable {
    /// With their ascending order where they lie on a line.
    case points(Columns, RadixOrder?, [TiedColumn])
    case classes(ClassRows)
  }

  package func side(
    _ variable: Variable, isX: Bool, seed: UInt64
  ) throws(EstimatorError) -> Side {
    switch variable {
    case .labels(let labels):
      let classes = ClassRows(labels)
      guard !classes.used.isEmpty else {
        throw .classTooSmall(classes.singletons, needed: 2, estimator: Self.descriptor.id)
      }
      return .classes(classes)
    case .samples(let samples):
      let input = try NeighborInput(
        samples, side: "x", stream: 0, parameters: parameters, seed: seed)
      return .points(input.points, Self.order(input.points), input.spread)
    }
  }

  package func estimate(
    x: Side, y: Side, of request: EstimationRequest
  ) throws(EstimatorError) -> Estimate {
    let (whole, order, spread, classes): (Columns, RadixOrder?, [TiedColumn], ClassRows)
    switch (x, y) {
    case (.points(let points, let sorted, let tied), .classes(let rows)),
      (.classes(let rows), .points(let points, let sorted, let tied)):
      (whole, order, spread, classes) = (points, sorted, tied, rows)
    default: throw .unsupportedKinds(request.kind, Self.descriptor)
    }
    let rows = classes.usedRows
    let window = try NeighborParameters.theilerWindow(parameters)
    if window > 0 {
      return try estimate(whole, classes, spread, request, window: window)
    }
    let isWhole = rows.count == request.count
    let points = isWhole ? whole : whole.selecting(rows)
    let counts = try counts(points, isWhole ? order : nil, classes: classes.positions, request)

    let psi = DigammaTable(upTo: rows.count)
    var pointwise = [Double](repeating: 0, count: request.count)
    var perK: [Double] = []
    for (slot, k) in ks.enumerated() {
      var sum = 0.0
      for (position, row) in rows.enumerated() {
        let size = classes.sizes[position]
        let term =
          psi[rows.count] + psi[min(k, size - 1)] - psi[size]
          - psi[Int(counts.inside[slot][position])]
        pointwise[Int(row)] += term / Double(ks.count)
        sum += term
      }
      perK.append(sum / Double(rows.count))
    }
    var diagnostics = try NeighborParameters.diagnostics(parameters, ks: ks, spread: spread)
    diagnostics["natsPerK"] = .numbers(perK)
    diagnostics.merge(classes.diagnostics(k: ks[ks.count - 1])) { _, new in new }
    let ties = coincidentRows(points)
    diagnostics["tiesX"] = .integer(ties)
    diagnostics["duplicates"] = .integer(counts.duplicates)
    var warnings = classes.warnings(k: ks[ks.count - 1])
    if ties > 0 {
      warnings.append(
        EstimateWarning(
          code: "ties",
          message: "\(ties) of \(rows.count) rows share their x with another row, "
            + "\(counts.duplicates) of them within their class; the estimator assumes continuous "
            + "data. Consider -p ties=noise."))
    }
    return Estimate(
      Information(nats: perK.reduce(0, +) / Double(ks.count)), pointwise: pointwise,
      diagnostics: diagnostics, warnings: warnings)
  }

  /// The same where rows at most `window` rows apart do not count, by all pairs: N and N_y are each row's
  /// own numbers of rows that it is compared with, and itself.
  private func estimate(
    _ points: Columns, _ classes: ClassRows, _ spread: [TiedColumn], _ request: EstimationRequest,
    window: Int
  ) throws(EstimatorError) -> Estimate {
    var codes = [Int32](repeating: -1, count: request.count)
    for (code, positions) in classes.positions.enumerated() {
      for position in positions { codes[Int(classes.usedRows[Int(position)])] = Int32(code) }
    }
    let terms = theilerRossTerms(
      points, classes: codes, ks: ks, window: window, threads: request.threads)
    try request.checkCancellation()
    let used = terms.compactMap { $0 }
    guard !used.isEmpty else {
      throw .tooFewSamples(
        found: request.count, needed: 2 * window + 2, estimator: Self.descriptor.id)
    }
    var diagnostics = try NeighborParameters.diagnostics(parameters, ks: ks, spread: spread)
    diagnostics["rowsUsed"] = .integer(used.count)
    return Estimate(
      Information(nats: used.reduce(0, +) / Double(used.count)), pointwise: terms.map { $0 ?? 0 },
      diagnostics: diagnostics)
  }

  private static func order(_ points: Columns) -> RadixOrder? {
    points.dimension == 1 ? points.values.withUnsafeBufferPointer { RadixOrder($0) } : nil
  }

  private func counts(
    _ points: Columns, _ order: RadixOrder?, classes: [[Int32]], _ request: EstimationRequest
  ) throws(EstimatorError) -> RossCounts {
    guard let sorted = order ?? Self.order(points) else {
      return try rossCounts(
        points, classes: classes, ks: ks, threads: request.threads, progress: request.progress,
        isCancelled: request.isCancelled)
    }
    return try lineRossCounts(
      sorted, classes: classes, ks: ks, threads: request.threads, progress: request.progress,
      isCancelled: request.isCancelled)
  }
}

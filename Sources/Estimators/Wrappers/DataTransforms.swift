// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// Transforms of the continuous sides before an estimate; labels pass unchanged.
///
/// Those that map each column by an increasing function (`rank`, `normal-scores`, `standardize`) or each
/// side by an invertible linear map (`whiten`) leave the mutual information itself alone, up to ties;
/// they change what an estimator makes of it. `pca` drops dimensions and can only lose information.
extension EstimatorWrapper {
  /// Each column's average ranks, divided by n: invariant to increasing functions of a column.
  public static let rank = transform(
    "rank", summary: "each column by its ranks", adds: [.shift, .scale, .jointScale, .monotone]
  ) { samples, _ throws(EstimatorError) in
    let (n, d) = (samples.count, samples.dimension)
    var ranks = [Double](repeating: 0, count: n * d)
    for column in 0..<d {
      for (row, rank) in averageRanks(samples.column(column)).enumerated() {
        ranks[row * d + column] = rank / Double(n)
      }
    }
    return try Samples(rowMajor: ranks, count: n, dimension: d)
  }

  /// Each column's normal scores, Phi^-1(rank / (n + 1)).
  public static let normalScores = transform(
    "normal-scores", summary: "each column by its normal scores",
    adds: [.shift, .scale, .jointScale, .monotone]
  ) { samples, _ throws(EstimatorError) in
    try NormalScores(samples).samples
  }

  /// Each column to mean 0 and standard deviation 1.
  public static let standardize = transform(
    "standardize", summary: "each column to mean 0 and standard deviation 1",
    adds: [.shift, .scale, .jointScale]
  ) { samples, _ throws(EstimatorError) in
    let matrix = try standardized(samples, side: "a transformed side")
    return try Samples(rowMajor: matrix.values, count: matrix.rows, dimension: matrix.columns)
  }

  /// The first principal components of each side's standardized columns.
  public static let principalComponents = transform(
    "pca", summary: "each side by its first principal components", adds: [.shift, .scale],
    parameters: [
      ParameterSpecification(
        "components", .integer(1...10_000), default: .integer(4),
        meaning: "the most components of a side")
    ]
  ) { samples, values throws(EstimatorError) in
    let count = try values.integer("components")
    guard samples.dimension > count else { return samples }
    return try leadingComponents(of: samples, count: count, side: "a transformed side").samples
  }

  /// Each side to uncorrelated columns of variance 1, by the inverse Cholesky factor of its covariance.
  public static let whiten = transform(
    "whiten", summary: "each side to uncorrelated columns of variance 1", adds: [.shift, .scale]
  ) { samples, _ throws(EstimatorError) in
    let matrix = try standardized(samples, side: "a transformed side")
    guard let factor = Cholesky(gram(matrix, scale: 1 / Double(samples.count - 1))) else {
      throw EstimatorError(
        .singularCovariance,
        "A side cannot be whitened: some of its \(samples.dimension) columns are linear functions of "
          + "the others.")
    }
    let white = factor.solveLower(matrix.transposed).transposed
    return try Samples(rowMajor: white.values, count: white.rows, dimension: white.columns)
  }

  private typealias Transform =
    @Sendable (Samples, ParameterValues) throws(EstimatorError) -> Samples

  private static func transform(
    _ name: String, summary: String, adds: [Invariance],
    parameters: [ParameterSpecification] = [], _ apply: @escaping Transform
  ) -> EstimatorWrapper {
    EstimatorWrapper(
      name: name, version: "1", summary: summary, parameters: parameters,
      traits: { traits in
        var traits = traits
        let linear: Set<Invariance> = [.linear]
        traits.invariances =
          traits.invariances.filter { !linear.contains($0) }
          + adds.filter { !traits.invariances.contains($0) }
        return traits
      },
      wrap: { inner, descriptor, values in
        TransformedEstimator(
          name: name, inner: inner, descriptor: descriptor,
          apply: { (samples) throws(EstimatorError) in try apply(samples, values) })
      })
  }
}

/// An estimator behind a transform.
private struct TransformedEstimator: MutualInformationEstimator {
  let name: String
  let inner: any MutualInformationEstimator
  let descriptor: EstimatorDescriptor
  let apply: @Sendable (Samples) throws(EstimatorError) -> Samples

  func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    try descriptor.checkAccepts(request)
    var inside = try request.with(
      x: transformed(request.x), y: transformed(request.y),
      given: transformed(given: request.given))
    inside.progress = request.progress
    var estimate = try inner.estimate(inside)
    estimate.diagnostics["transform.\(name)"] = .text(
      "\(request.x.dimension) + \(request.y.dimension) columns, transformed before the estimate")
    return estimate
  }

  private func transformed(given: Variable?) throws(EstimatorError) -> Variable? {
    guard let given else { return nil }
    return try transformed(given)
  }

  private func transformed(_ variable: Variable) throws(EstimatorError) -> Variable {
    switch variable {
    case .samples(let samples): .samples(try apply(samples))
    case .labels: variable
    }
  }
}

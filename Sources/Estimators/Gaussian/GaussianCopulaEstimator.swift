// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// The mutual information of a Gaussian copula: normal scores first, then ``GaussianEstimator``.
///
/// Each column becomes z = Phi^-1(rank / (n + 1)), with Phi the standard normal distribution
/// function; the Gaussian closed form of z is the estimate (Ince et al. 2017,
/// doi:10.1002/hbm.23471, GCMI). It depends on ranks alone: strictly increasing maps of any column
/// leave it as it is, to the bit, and outliers cannot move it.
///
/// **Assumes** that the data are Gaussian after some increasing map of each column. With one column
/// a side, the Gaussian copula has the least information of all that share the correlation of the
/// scores, so elsewhere the estimate errs low (zero for a circle); with more columns neither
/// direction is certain. The correction and the standard error are those of Gaussian data: ranks
/// change both by O(1/n).
///
/// **Ties** share their average rank, which is counted in the diagnostics and warned of: a column
/// of few values is not continuous, and no increasing map makes it normal.
///
/// **Given z**: the normal scores of continuous z are regressed out of the others (Ince et al.,
/// `gccmi_ccc`), or the mean over the classes of labels z is taken.
///
/// **Complexity** O(d n ln n + n d^2 + d^3). **Fails** as ``GaussianEstimator``.
///
/// ```swift
/// let estimate = try GaussianCopulaEstimator().estimate(request)
/// ```
public struct GaussianCopulaEstimator: StaticEstimator {
  /// What the estimator is.
  public static let descriptor = EstimatorDescriptor(
    id: "gaussian-copula", version: "2",
    summary: "Normal scores, then the Gaussian closed form; blind to monotone maps of a column",
    reference: "Ince et al. 2017, doi:10.1002/hbm.23471",
    traits: EstimatorTraits(
      kinds: [.continuous], minimumSamples: 4,
      invariances: [.swap, .rowOrder, .shift, .jointScale, .scale, .monotone],
      given: [.continuous, .labels], groups: .unaffected),
    parameters: GaussianMethod.parameters)

  private let method: GaussianMethod

  /// Keeps the parameters.
  public init(parameters: ParameterValues) throws(EstimatorError) {
    method = try GaussianMethod(parameters)
  }

  /// Estimates I(x; y), or I(x; y | z).
  ///
  /// - Throws: `constantColumn`, `singularCovariance`, `tooFewSamples`, `invalidParameter`.
  public func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    try Self.descriptor.checkAccepts(request)
    if let labels = request.given?.labels {
      return try averagedOverClasses(request, given: labels)
    }
    let (x, y) = try request.continuousPair(for: Self.descriptor)
    try refuseConstantColumns(x, side: "x")
    try refuseConstantColumns(y, side: "y")
    let (scoresX, scoresY) = (
      try NormalScores(x, threads: request.threads), try NormalScores(y, threads: request.threads)
    )
    var ranked = [("x", scoresX), ("y", scoresY)]
    if let z = request.given?.samples {
      try refuseConstantColumns(z, side: "z")
      ranked.append(("z", try NormalScores(z, threads: request.threads)))
    }
    try request.checkCancellation()
    var estimate = try method.estimate(
      scoresX.samples, scoresY.samples, given: ranked.count > 2 ? ranked[2].1.samples : nil,
      request: request, estimator: Self.descriptor.id)
    estimate.report(ties: ranked)
    return estimate
  }
}

extension Estimate {
  /// Counts tied values in the diagnostics, and warns of them.
  mutating func report(ties sides: [(side: String, scores: NormalScores)]) {
    var columns: [String] = []
    var tied = 0
    var total = 0
    for (side, scores) in sides {
      tied += scores.tied.reduce(0, +)
      total += scores.samples.values.count
      for (column, count) in scores.tied.enumerated() where count > 0 {
        columns.append("\(side)\(column)")
      }
    }
    diagnostics["tiedValues"] = .integer(tied)
    guard tied > 0 else { return }
    diagnostics["tiedColumns"] = .texts(columns)
    warnings.append(
      EstimateWarning(
        code: "ties",
        message: "\(tied) of \(total) values equal another one of their column "
          + "(\(columns.prefix(8).joined(separator: ", "))\(columns.count > 8 ? ", ..." : "")); "
          + "they share their average rank, and the scores of such columns are not normal."))
  }
}

// SPDX-License-Identifier: MIT

import EstimatorAPI

/// Columns of numbers, told by cross-fitted regressions with Gaussian residuals.
///
/// The target is replaced by its normal scores, which leaves the information alone, and q(y) is the
/// Gaussian of all rows: with one column that is y's true distribution, up to ties.
struct NumberPrediction: HeldOutPrediction {
  private let scores: NormalScores
  private let y: Matrix
  private let folds: StratifiedFolds
  private let backends: [any RegressionBackend]
  let marginal: [Double]

  /// - Throws: `constantColumn`, `singularCovariance`, `tooFewSamples` where the fewest training rows
  ///   are no more than the columns.
  init(
    _ target: Samples, side: String, folds: Int, backends: [any RegressionBackend],
    groups: [Int]?, seed: UInt64, threads: Int, estimator: String
  ) throws(EstimatorError) {
    try refuseConstantColumns(target, side: side)
    let (n, d) = (target.count, target.dimension)
    let fewest = n - 2 * ((n + folds - 1) / folds)
    guard fewest > d + 1 else {
      throw EstimatorError(
        .tooFewSamples,
        "Estimator \(estimator) got \(n) rows; to tell \(d) columns by \(folds) folds it needs about "
          + "\((d + 4) * folds / (folds - 2)).")
    }
    scores = try NormalScores(target, threads: threads)
    y = Matrix(scores.samples)
    self.backends = backends
    self.folds = StratifiedFolds(
      [Int](repeating: 0, count: n), groups: groups, classCount: 1, folds: folds, seed: seed)
    let correlation = gram(try standardized(scores.samples, side: side), scale: 1 / Double(n - 1))
    _ = try RegularCorrelation(correlation, ["\(side)": 0..<d], count: n)
    guard let gaussian = GaussianTarget(y) else { throw .singularCovariance(dependent: [side]) }
    marginal = gaussian.logDensities
  }

  var diagnostics: [String: DiagnosticValue] {
    ["target": .text("y, by normal scores with Gaussian residuals")]
  }

  var warnings: [EstimateWarning] {
    var estimate = Estimate(Information(nats: 0))
    estimate.report(ties: [("y", scores)])
    return estimate.warnings
  }

  func scores(_ x: Matrix, _ request: EstimationRequest) throws(EstimatorError) -> HeldOutScores {
    let rows = NumberedRows(x: x, y: y)
    let fits = parallelMap(folds.count, threads: request.threads) { fold in
      RegressionFit(rows, folds, fold: fold, backends: backends, isCancelled: request.isCancelled)
    }
    try request.checkCancellation()
    var logs = [Double](repeating: 0, count: x.rows)
    var (choices, scales): ([String], [Double]) = ([], [])
    for fit in fits {
      guard let fit else {
        throw EstimatorError(
          .diverged,
          "No regression left residuals with a regular covariance: y is a function of x, or nearly."
        )
      }
      for (row, score) in zip(fit.rows, fit.scores) { logs[row] = score }
      choices.append(fit.choice)
      scales.append(fit.scale)
    }
    return HeldOutScores(
      logs: logs,
      diagnostics: ["chosen": .texts(choices), "residualScales": .numbers(scales)], warnings: [])
  }
}

/// The Gaussian of the rows' own mean and covariance.
private struct GaussianTarget {
  let logDensities: [Double]

  init?(_ y: Matrix) {
    var centered = y
    for j in 0..<y.columns {
      let mean = (0..<y.rows).reduce(0) { $0 + y[$1, j] } / Double(y.rows)
      for i in 0..<y.rows { centered[i, j] -= mean }
    }
    guard let factor = Cholesky(gram(centered, scale: 1 / Double(y.rows))) else { return nil }
    let constant =
      Double(y.columns) * naturalLogarithm(2 * .pi) / 2 + factor.logDeterminant / 2
    logDensities = squaredLengths(factor.solveLower(centered.transposed)).map {
      -constant - $0 / 2
    }
  }
}

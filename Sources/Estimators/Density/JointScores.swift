// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// Two continuous variables as one matrix of columns, x's first.
struct JointScores: Sendable {
  /// n x (dx + dy).
  let rows: Matrix
  /// The number of x's columns.
  let dx: Int
  /// What is known of ties, for the diagnostics; empty where columns were only standardized.
  let scores: [(side: String, scores: NormalScores)]

  /// The number of y's columns.
  var dy: Int { rows.columns - dx }

  /// Normal scores of every column.
  ///
  /// - Throws: `constantColumn`.
  init(normalScores x: Samples, _ y: Samples, threads: Int) throws(EstimatorError) {
    try refuseConstantColumns(x, side: "x")
    try refuseConstantColumns(y, side: "y")
    let sides = (try NormalScores(x, threads: threads), try NormalScores(y, threads: threads))
    rows = Matrix(besides: Matrix(sides.0.samples), Matrix(sides.1.samples))
    dx = x.dimension
    scores = [("x", sides.0), ("y", sides.1)]
  }

  /// Columns of mean 0 and standard deviation 1.
  ///
  /// - Throws: `constantColumn`.
  init(standardized x: Samples, _ y: Samples) throws(EstimatorError) {
    rows = Matrix(
      besides: try Estimators.standardized(x, side: "x"),
      try Estimators.standardized(y, side: "y"))
    dx = x.dimension
    scores = []
  }

  /// Refuses columns that are linear functions of others, and too few rows.
  ///
  /// - Throws: `tooFewSamples`, `singularCovariance`.
  func information(estimator: String) throws(EstimatorError) -> GaussianInformation {
    let (n, d) = (rows.rows, rows.columns)
    guard n > d + 1 else {
      throw EstimatorError(
        .tooFewSamples,
        "Estimator \(estimator) got \(n) rows; with \(dx) + \(dy) dimensions it needs at least "
          + "\(d + 2).")
    }
    // Normal scores of tied columns have no variance of exactly 1.
    let covariance = gram(rows, scale: 1 / Double(n - 1))
    return try GaussianInformation(covariance: covariance, dx: dx, count: n)
  }
}

extension Matrix {
  /// The rows of samples.
  package init(_ samples: Samples) {
    self.init(rows: samples.count, columns: samples.dimension, values: samples.values)
  }
}

/// A density fitted to both variables together.
package protocol DensityRatio: Sendable {
  /// ln of the joint density, of x's and of y's, at each row.
  func densities(_ rows: Matrix) -> (joint: [Double], x: [Double], y: [Double])
  /// ln p(x, y) / (p(x) p(y)) at each of n x (dx + dy) rows.
  func logRatios(_ rows: Matrix) -> [Double]
  /// ln p(y | x) + ln p(x | y) at each row: how well each side tells the other.
  func logConditionals(_ rows: Matrix) -> [Double]
}

extension DensityRatio {
  package func logRatios(_ rows: Matrix) -> [Double] {
    let p = densities(rows)
    return p.joint.indices.map { p.joint[$0] - p.x[$0] - p.y[$0] }
  }

  package func logConditionals(_ rows: Matrix) -> [Double] {
    let p = densities(rows)
    return p.joint.indices.map { 2 * p.joint[$0] - p.x[$0] - p.y[$0] }
  }
}

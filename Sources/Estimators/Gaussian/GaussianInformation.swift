// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// The Gaussian mutual information of a covariance matrix over x's and then y's columns: the one
/// implementation behind the estimators, and the harness's way in where it has a covariance only.
package struct GaussianInformation: Sendable {
  /// The number of x's columns.
  package let dx: Int
  /// The number of y's columns.
  package let dy: Int
  /// The number of rows n behind the matrix.
  package let count: Int
  /// 1/2 ln(det Rx det Ry / det R), in nats.
  package let plugIn: Double
  /// The canonical correlations, largest first: min(dx, dy) of them.
  package let canonicalCorrelations: [Double]

  /// Evaluates a correlation matrix, ones on its diagonal.
  ///
  /// - Throws: `singularCovariance` with columns whose removal makes it regular.
  package init(correlation r: Matrix, dx: Int, count: Int) throws(EstimatorError) {
    let d = r.rows
    precondition(r.columns == d && (1..<d).contains(dx), "\(dx) columns of \(r.rows) x \(d)")
    let (x, y) = (0..<dx, dx..<d)
    let rx = try RegularCorrelation(r.block(rows: x, columns: x), ["x": 0..<dx], count: count)
    let ry = try RegularCorrelation(r.block(rows: y, columns: y), ["y": 0..<d - dx], count: count)
    let joint = try RegularCorrelation(r, ["x": x, "y": y], count: count)
    self.dx = dx
    self.dy = d - dx
    self.count = count
    plugIn =
      (rx.cholesky.logDeterminant + ry.cholesky.logDeterminant - joint.cholesky.logDeterminant) / 2
    // The singular values of Lx^-1 Rxy Ly^-T, where Rx = Lx Lx^T and Ry = Ly Ly^T.
    let half = rx.cholesky.solveLower(r.block(rows: x, columns: y))
    canonicalCorrelations = singularValues(ry.cholesky.solveLower(half.transposed))
  }

  /// Evaluates a covariance matrix.
  ///
  /// - Throws: `constantColumn` for a variance of zero; `singularCovariance`.
  package init(covariance: Matrix, dx: Int, count: Int) throws(EstimatorError) {
    var correlation = covariance
    for i in 0..<covariance.rows {
      guard covariance[i, i] > 0 else {
        throw EstimatorError(
          .constantColumn, "Column \(i < dx ? "x\(i)" : "y\(i - dx)") has no variance.")
      }
    }
    for i in 0..<covariance.rows {
      for j in 0..<covariance.rows where i != j {
        correlation[i, j] = covariance[i, j] / (covariance[i, i] * covariance[j, j]).squareRoot()
      }
      correlation[i, i] = 1
    }
    try self.init(correlation: correlation, dx: dx, count: count)
  }

  /// The expectation of ``plugIn`` minus the truth, for Gaussian data of `count` rows.
  ///
  /// Half of b(dx) + b(dy) - b(dx + dy), where b is the expected log-determinant of a Wishart
  /// matrix (``expectedLogDeterminant(_:count:)``); at least 0. Needs n > dx + dy.
  package var bias: Double {
    (expectedLogDeterminant(dx, count: count) + expectedLogDeterminant(dy, count: count)
      - expectedLogDeterminant(dx + dy, count: count)) / 2
  }

  /// Facts for an estimate's diagnostics.
  var diagnostics: [String: DiagnosticValue] {
    [
      "plugInNats": .number(plugIn),
      "canonicalCorrelations": .numbers(Array(canonicalCorrelations.prefix(10))),
    ]
  }
}

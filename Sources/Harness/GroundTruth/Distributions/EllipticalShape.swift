// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The matrix of an elliptical distribution of (x, y) and what sampling and densities need of it.
struct EllipticalShape: Sendable {
  let dx: Int
  let dy: Int
  /// Half the log-determinant ratio: the information if the distribution is Gaussian, in nats.
  let normalInformation: Double
  /// Transposed lower factor: standard normal rows times this have the matrix as covariance.
  private let coloring: Matrix
  /// Inverse transposed lower factors: rows times these are white.
  private let whitening: (joint: Matrix, x: Matrix, y: Matrix)
  /// ln of the Gaussian densities at the center.
  private let peak: (joint: Double, x: Double, y: Double)

  /// Checks and factorizes the rows of a matrix.
  init(dx: Int, dy: Int, matrix: [[Double]]) throws(EstimatorError) {
    let d = dx + dy
    guard dx >= 1, dy >= 1, matrix.count == d, matrix.allSatisfy({ $0.count == d }) else {
      throw .shapeMismatch(
        "covariance rows", found: "\(matrix.map(\.count)) columns", needed: "\(d) x \(d)")
    }
    for i in 0..<d {
      for j in 0..<i where !(abs(matrix[i][j] - matrix[j][i]) <= 1e-12) {
        throw .shapeMismatch(
          "covariance entries (\(i), \(j)) and (\(j), \(i))",
          found: "\(matrix[i][j]) and \(matrix[j][i])", needed: "the same number")
      }
    }
    let values = Matrix(rows: d, columns: d, values: matrix.flatMap { $0 })
    guard let shape = EllipticalShape(dx: dx, dy: dy, values) else {
      throw EstimatorError(
        .singularCovariance, "The \(d) x \(d) covariance is not positive definite.")
    }
    self = shape
  }

  /// Factorizes; nil where the matrix is not positive definite.
  init?(dx: Int, dy: Int, _ matrix: Matrix) {
    guard let joint = Cholesky(matrix),
      let x = Cholesky(matrix.block(rows: 0..<dx, columns: 0..<dx)),
      let y = Cholesky(matrix.block(rows: dx..<dx + dy, columns: dx..<dx + dy))
    else { return nil }
    self.dx = dx
    self.dy = dy
    normalInformation = (x.logDeterminant + y.logDeterminant - joint.logDeterminant) / 2
    let height = { (factor: Cholesky) in
      -(factor.logDeterminant + Double(factor.factor.rows) * log(2 * Double.pi)) / 2
    }
    peak = (height(joint), height(x), height(y))
    coloring = joint.factor.transposed
    let whiten = { (factor: Cholesky) in
      factor.solveLower(.identity(factor.factor.rows)).transposed
    }
    whitening = (whiten(joint), whiten(x), whiten(y))
  }

  /// `count` rows of a centered Gaussian, x's columns first.
  func normals(_ count: Int, using source: inout RandomSource) -> [Double] {
    turned(source.normals(count * (dx + dy)), by: coloring)
  }

  /// Rows of x's columns, then y's, as a pair.
  func split(_ rows: [Double]) -> SamplePair {
    let d = dx + dy
    let count = rows.count / d
    var x: [Double] = []
    var y: [Double] = []
    x.reserveCapacity(count * dx)
    y.reserveCapacity(count * dy)
    for start in stride(from: 0, to: rows.count, by: d) {
      x += rows[start..<start + dx]
      y += rows[start + dx..<start + d]
    }
    return SamplePair(x: x, dx: dx, y: y, dy: dy)
  }

  /// ln of the Gaussian densities of each row and of its two sides.
  ///
  /// The pair must be of dx and dy continuous columns.
  func logDensities(_ pair: SamplePair) -> [(joint: Double, x: Double, y: Double)] {
    guard let squares = squares(pair) else { preconditionFailure("not \(dx) x \(dy) columns") }
    return squares.map {
      (peak.joint - $0.joint / 2, peak.x - $0.x / 2, peak.y - $0.y / 2)
    }
  }

  /// The squared Mahalanobis norms of each row and of its two sides, or nil for another kind of pair.
  func squares(_ pair: SamplePair) -> [(joint: Double, x: Double, y: Double)]? {
    guard let x = pair.x.samples, let y = pair.y.samples, x.dimension == dx, y.dimension == dy
    else { return nil }
    var rows: [Double] = []
    rows.reserveCapacity(pair.count * (dx + dy))
    for row in 0..<pair.count {
      rows += x.values[row * dx..<(row + 1) * dx]
      rows += y.values[row * dy..<(row + 1) * dy]
    }
    let joint = squaredNorms(turned(rows, by: whitening.joint), dx + dy)
    let ofX = squaredNorms(turned(x.values, by: whitening.x), dx)
    let ofY = squaredNorms(turned(y.values, by: whitening.y), dy)
    return (0..<pair.count).map { (joint[$0], ofX[$0], ofY[$0]) }
  }
}

/// The squared norm of each row of `d` numbers.
func squaredNorms(_ rows: [Double], _ d: Int) -> [Double] {
  stride(from: 0, to: rows.count, by: d).map { start in
    var sum = 0.0
    for k in start..<start + d { sum += rows[k] * rows[k] }
    return sum
  }
}

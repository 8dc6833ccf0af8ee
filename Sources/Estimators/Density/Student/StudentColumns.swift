// SPDX-License-Identifier: MIT

import EstimatorAPI

/// Student's distribution fitted to columns as they are: location, dispersion and degrees of freedom.
///
/// The dispersion is, for each nu, that of largest likelihood by the parameter-expanded EM iteration (Kent,
/// Tyler and Vardi 1994, doi:10.1080/03610919408813180; Liu, Rubin and Wu 1998, doi:10.1093/biomet/85.4.755):
///
///     w_i = (nu + d) / (nu + delta_i),  mu = sum w_i x_i / sum w_i,  S = sum w_i (x_i - mu)(x_i - mu)' / sum w_i
///
/// nu maximizes the likelihood by golden sections of its logarithm from 1 to 200.
package struct StudentColumns: Sendable {
  package let distribution: StudentDistribution
  let dx: Int
  package let center: [Double]
  /// The factors of the dispersion and of its two blocks.
  let joint: Cholesky
  let x: Cholesky
  let y: Cholesky
  /// The mean over rows of ln p.
  package let likelihood: Double

  /// The information in closed form, in nats.
  package var information: Double {
    (x.logDeterminant + y.logDeterminant - joint.logDeterminant) / 2
      + distribution.scaleInformation(dx: dx, dy: joint.factor.rows - dx)
  }

  /// Nil where the dispersion becomes singular.
  package static func fitted(_ rows: Matrix, dx: Int) -> StudentColumns? {
    let ratio = (5.0.squareRoot() - 1) / 2
    var (low, high) = (0.0, naturalLogarithm(200))
    func fit(_ logarithm: Double) -> StudentColumns? {
      StudentColumns(rows, dx: dx, nu: exponential(logarithm))
    }
    var points = (high - ratio * (high - low), low + ratio * (high - low))
    var found = (fit(points.0), fit(points.1))
    while high - low > 0.05 {
      guard let left = found.0, let right = found.1 else { return nil }
      if left.likelihood >= right.likelihood {
        high = points.1
        points = (high - ratio * (high - low), points.0)
        found = (fit(points.0), left)
      } else {
        low = points.0
        points = (points.1, low + ratio * (high - low))
        found = (right, fit(points.1))
      }
    }
    return found.0
  }

  package init?(_ rows: Matrix, dx: Int, nu: Double) {
    let (n, d) = (rows.rows, rows.columns)
    var center = [Double](repeating: 0, count: d)
    var factor = Cholesky(gram(rows, scale: 1 / Double(n)))
    var centered = rows
    var previous = -Double.infinity
    distribution = StudentDistribution(nu: nu)
    self.dx = dx
    var likelihood = previous
    for _ in 0..<200 {
      guard let cholesky = factor else { return nil }
      let squares = squaredLengths(cholesky.solveLower(centered.transposed))
      let logs = squares.map { $0 / nu }.logarithmsOfOnePlus()
      likelihood =
        distribution.logConstant(d) - cholesky.logDeterminant / 2
        - (nu + Double(d)) / 2 * logs.reduce(0, +) / Double(n)
      if likelihood - previous < 1e-9 { break }
      previous = likelihood
      let weights = squares.map { (nu + Double(d)) / (nu + $0) }
      let total = weights.reduce(0, +)
      for j in 0..<d {
        center[j] = (0..<n).reduce(0) { $0 + weights[$1] * rows[$1, j] } / total
      }
      var weighted = rows
      for i in 0..<n {
        let root = weights[i].squareRoot()
        for j in 0..<d {
          centered[i, j] = rows[i, j] - center[j]
          weighted[i, j] = root * centered[i, j]
        }
      }
      factor = Cholesky(gram(weighted, scale: 1 / total))
    }
    guard let joint = factor else { return nil }
    let dispersion = multiply(joint.factor, transposed: joint.factor)
    guard let x = Cholesky(dispersion.block(rows: 0..<dx, columns: 0..<dx)),
      let y = Cholesky(dispersion.block(rows: dx..<d, columns: dx..<d))
    else { return nil }
    self.center = center
    (self.joint, self.x, self.y) = (joint, x, y)
    self.likelihood = likelihood
  }

  /// ln of the joint density, of x's and of y's.
  private func densities(_ rows: Matrix) -> (joint: [Double], x: [Double], y: [Double]) {
    var columns = rows.transposed
    let n = rows.rows
    for j in 0..<columns.rows { for i in 0..<n { columns[j, i] -= center[j] } }
    func logDensities(_ part: Range<Int>, _ factor: Cholesky) -> [Double] {
      let (d, nu) = (part.count, distribution.nu)
      let constant = distribution.logConstant(d) - factor.logDeterminant / 2
      let block = columns.block(rows: part, columns: 0..<n)
      return squaredLengths(factor.solveLower(block)).map { $0 / nu }.logarithmsOfOnePlus()
        .map { constant - (nu + Double(d)) / 2 * $0 }
    }
    let d = columns.rows
    return (logDensities(0..<d, joint), logDensities(0..<dx, x), logDensities(dx..<d, y))
  }

  /// Draws rows.
  func sample(_ count: Int, using random: inout RandomSource) -> Matrix {
    let d = joint.factor.rows
    var result = Matrix(rows: count, columns: d)
    for i in 0..<count {
      let normals = random.normals(d)
      let half = distribution.nu / 2
      let scale = (half / random.gamma(half)).squareRoot()
      for a in 0..<d {
        var value = 0.0
        for b in 0...a { value += joint.factor[a, b] * normals[b] }
        result[i, a] = center[a] + scale * value
      }
    }
    return result
  }
}

extension StudentColumns: DensityRatio {
  package func logRatios(_ rows: Matrix) -> [Double] {
    let p = densities(rows)
    return p.joint.indices.map { p.joint[$0] - p.x[$0] - p.y[$0] }
  }

  package func logConditionals(_ rows: Matrix) -> [Double] {
    let p = densities(rows)
    return p.joint.indices.map { 2 * p.joint[$0] - p.x[$0] - p.y[$0] }
  }
}

/// Student's distribution of the columns themselves.
struct StudentColumnsFamily: AutoFamily {
  let id = "student"

  func fit(_ rows: Matrix, dx: Int, context: AutoContext) -> FittedFamily? {
    let n = rows.rows
    guard n > rows.columns + 1, let student = StudentColumns.fitted(rows, dx: dx),
      let gaussian = try? GaussianInformation(
        covariance: gram(rows, scale: 1 / Double(n - 1)), dx: dx, count: n)
    else { return nil }
    return FittedFamily(
      information: student.information - gaussian.bias, ratio: student,
      sample: { student.sample($0, using: &$1) })
  }
}

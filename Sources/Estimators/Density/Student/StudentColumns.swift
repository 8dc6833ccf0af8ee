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
    bestByGoldenSections(
      in: 0...naturalLogarithm(200), until: 0.05, score: \.likelihood
    ) { StudentColumns(rows, dx: dx, nu: exponential($0)) }
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
  package func densities(_ rows: Matrix) -> (joint: [Double], x: [Double], y: [Double]) {
    var columns = rows.transposed
    let n = rows.rows
    for j in 0..<columns.rows { for i in 0..<n { columns[j, i] -= center[j] } }
    func logDensities(_ part: Range<Int>, _ factor: Cholesky) -> [Double] {
      distribution.logDensities(columns.block(rows: part, columns: 0..<n), factor)
    }
    let d = columns.rows
    return (logDensities(0..<d, joint), logDensities(0..<dx, x), logDensities(dx..<d, y))
  }
}

extension StudentColumns: DensityRatio {}

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
      sample: {
        student.distribution.draws($0, student.joint, center: student.center, using: &$1)
      })
  }
}

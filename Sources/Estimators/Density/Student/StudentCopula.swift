// SPDX-License-Identifier: MIT

/// A Student copula: its dispersion's correlation matrix and its degrees of freedom.
struct StudentCopula: Sendable {
  let distribution: StudentDistribution
  let dx: Int
  /// The factors of the correlation matrix and of its two blocks.
  let joint: Cholesky
  let x: Cholesky
  let y: Cholesky
  /// The mean over rows of ln c(u), the copula's density.
  let likelihood: Double

  /// The information in closed form, in nats.
  var information: Double {
    (x.logDeterminant + y.logDeterminant - joint.logDeterminant) / 2
      + distribution.scaleInformation(dx: dx, dy: joint.factor.rows - dx)
  }

  /// Maximizes over the degrees of freedom: golden sections of their logarithm from 0.5 to 200.
  ///
  /// The likelihood has one maximum there in all but contrived data.
  static func fitted(_ rows: Matrix, dx: Int, nu: Double?) -> StudentCopula? {
    let scores = ScoreTable(rows)
    func fit(_ logarithm: Double) -> StudentCopula? {
      StudentCopula(scores, dx: dx, nu: exponential(logarithm))
    }
    if let nu { return fit(naturalLogarithm(nu)) }
    return bestByGoldenSections(
      in: naturalLogarithm(0.5)...naturalLogarithm(200), until: 0.03, score: \.likelihood,
      fit: fit)
  }

  /// The correlation matrix of largest likelihood at these degrees of freedom: the EM iteration of
  /// Student's dispersion (Liu and Rubin 1995), scaled to a unit diagonal at every step.
  ///
  /// Nil where the matrix becomes singular.
  private init?(_ table: ScoreTable, dx: Int, nu: Double) {
    distribution = StudentDistribution(nu: nu)
    self.dx = dx
    let z = table.scores(distribution)
    let (n, d) = (z.rows, z.columns)
    let columns = z.transposed
    var weighted = z
    var r = Matrix.identity(d)
    var factor = Cholesky(r)
    for _ in 0..<100 {
      guard let cholesky = factor else { return nil }
      let squares = squaredLengths(cholesky.solveLower(columns))
      for i in 0..<n {
        let root = ((nu + Double(d)) / (nu + squares[i])).squareRoot()
        for j in 0..<d { weighted[i, j] = root * z[i, j] }
      }
      let s = gram(weighted)
      var change = 0.0
      for i in 0..<d {
        for j in 0..<d where i != j {
          let value = s[i, j] / (s[i, i] * s[j, j]).squareRoot()
          change = max(change, abs(value - r[i, j]))
          r[i, j] = value
        }
      }
      factor = Cholesky(r)
      if change < 1e-7 { break }
    }
    guard let joint = factor, let x = Cholesky(r.block(rows: 0..<dx, columns: 0..<dx)),
      let y = Cholesky(r.block(rows: dx..<d, columns: dx..<d))
    else { return nil }
    (self.joint, self.x, self.y) = (joint, x, y)
    let one = distribution.logConstant(1)
    var likelihood = 0.0
    for value in z.values.map({ $0 * $0 / nu }).logarithmsOfOnePlus() {
      likelihood -= one - (nu + 1) / 2 * value
    }
    for value in distribution.logDensities(columns, joint) { likelihood += value }
    self.likelihood = likelihood / Double(n)
  }

  /// ln of the joint density, of x's and of y's, at rows of normal scores.
  func densities(_ rows: Matrix) -> (joint: [Double], x: [Double], y: [Double]) {
    let (n, d) = (rows.rows, rows.columns)
    let columns = ScoreTable(rows).scores(distribution).transposed
    return (
      distribution.logDensities(columns, joint),
      distribution.logDensities(columns.block(rows: 0..<dx, columns: 0..<n), x),
      distribution.logDensities(columns.block(rows: dx..<d, columns: 0..<n), y)
    )
  }
}

extension StudentCopula: DensityRatio {
  /// With respect to normal scores: each column's density is traded for the standard normal one.
  func logConditionals(_ rows: Matrix) -> [Double] {
    let p = densities(rows)
    let (one, nu) = (distribution.logConstant(1), distribution.nu)
    let z = ScoreTable(rows).scores(distribution).values.map { $0 * $0 / nu }.logarithmsOfOnePlus()
    return p.joint.indices.map { i in
      var value = 2 * p.joint[i] - p.x[i] - p.y[i]
      for j in 0..<rows.columns {
        value -= one - (nu + 1) / 2 * z[i * rows.columns + j]
        value -= (rows[i, j] * rows[i, j] + naturalLogarithm(2 * .pi)) / 2
      }
      return value
    }
  }
}

/// Normal scores with the probabilities they stand for, each of them once.
private struct ScoreTable {
  let rows: Matrix
  let probabilities: [Double]
  /// Which of the probabilities each entry has.
  let index: [Int]

  init(_ rows: Matrix) {
    self.rows = rows
    let order = sortedOrder(rows.values)
    var probabilities: [Double] = []
    var index = [Int](repeating: 0, count: order.count)
    var last = -Double.infinity
    for place in order {
      let value = rows.values[place]
      if value != last {
        probabilities.append(normalCDF(value))
        last = value
      }
      index[place] = probabilities.count - 1
    }
    self.probabilities = probabilities
    self.index = index
  }

  func scores(_ distribution: StudentDistribution) -> Matrix {
    let quantiles = probabilities.map(distribution.quantile)
    return Matrix(rows: rows.rows, columns: rows.columns, values: index.map { quantiles[$0] })
  }
}

// SPDX-License-Identifier: MIT

/// Discriminant analysis between linear and quadratic (Friedman 1989,
/// doi:10.1080/01621459.1989.10478752): Gaussian classes whose covariances are shrunk toward the
/// pooled one by `pooling`, and that toward a multiple of the identity by `rounding`.
struct GaussianBackend: ClassifierBackend {
  static let shrinkages: [(pooling: Double, rounding: Double)] = [
    (1, 0.5), (1, 0.1), (1, 1e-3), (0.5, 1e-3), (0.25, 1e-3), (0.1, 1e-3), (0.03, 1e-3),
    (0.005, 1e-3),
  ]

  var name: String { "gaussian" }

  func path(_ rows: LabeledRows) -> any ClassifierPath { GaussianPath(rows) }
}

private struct GaussianPath: ClassifierPath {
  let settings = GaussianBackend.shrinkages.map { "pooling \($0.pooling), rounding \($0.rounding)" }
  // Classes of one mean look alike until the covariances are no longer pooled.
  let patience = GaussianBackend.shrinkages.count
  let shares: [Double]
  let sizes: [Int]
  /// The mean of each class, classes x d; that of all rows where a class has none.
  let means: Matrix
  /// The sum of squares and products about the mean, of each class.
  let scatters: [Matrix]

  init(_ rows: LabeledRows) {
    let d = rows.x.columns
    shares = rows.shares
    sizes = rows.sizes
    var means = Matrix(rows: rows.classCount, columns: d)
    for (i, code) in rows.classes.enumerated() {
      for j in 0..<d { means[code, j] += rows.x[i, j] }
    }
    for code in 0..<rows.classCount where sizes[code] > 0 {
      for j in 0..<d { means[code, j] /= Double(sizes[code]) }
    }
    scatters = (0..<rows.classCount).map { code in
      var centered = rows.x.selecting(
        rows: rows.classes.indices.filter { rows.classes[$0] == code })
      for i in 0..<centered.rows {
        for j in 0..<d { centered[i, j] -= means[code, j] }
      }
      return gram(centered)
    }
    self.means = means
  }

  func fit(_ setting: Int, from start: (any ClassifierModel)?) -> any ClassifierModel {
    let (pooling, rounding) = GaussianBackend.shrinkages[setting]
    let d = means.columns
    let n = Double(sizes.reduce(0, +))
    var pooled = Matrix(rows: d, columns: d)
    for scatter in scatters {
      for i in pooled.values.indices { pooled.values[i] += scatter.values[i] }
    }
    var factors: [Cholesky] = []
    for (scatter, size) in zip(scatters, sizes) {
      var s = pooled
      let weight = (1 - pooling) * Double(size) + pooling * n
      for i in s.values.indices {
        s.values[i] = ((1 - pooling) * scatter.values[i] + pooling * s.values[i]) / weight
      }
      let mean = max((0..<d).reduce(0) { $0 + s[$1, $1] } / Double(d), 1e-12)
      for i in s.values.indices { s.values[i] *= 1 - rounding }
      for i in 0..<d { s[i, i] += rounding * mean }
      guard let factor = Cholesky(s) else {
        preconditionFailure("a covariance with a thousandth of the identity is not regular")
      }
      factors.append(factor)
    }
    return GaussianModel(shares: shares, means: means, factors: factors)
  }
}

private struct GaussianModel: ClassifierModel {
  let shares: [Double]
  let means: Matrix
  let factors: [Cholesky]
  var converged: Bool { true }

  func logits(_ x: Matrix) -> Matrix {
    let d = x.columns
    var result = Matrix(rows: x.rows, columns: shares.count)
    let columns = x.transposed
    for (code, factor) in factors.enumerated() {
      var centered = columns
      for j in 0..<d {
        for i in 0..<x.rows { centered[j, i] -= means[code, j] }
      }
      let white = factor.solveLower(centered)
      let constant = naturalLogarithm(shares[code]) - factor.logDeterminant / 2
      for i in 0..<x.rows { result[i, code] = constant }
      for j in 0..<d {
        for i in 0..<x.rows { result[i, code] -= white[j, i] * white[j, i] / 2 }
      }
    }
    return result
  }
}

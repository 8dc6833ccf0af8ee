// SPDX-License-Identifier: MIT

import Estimators

/// The correlation matrices of the benchmark's Gaussian and Student tasks.
enum Correlations {
  /// The identity: under a Student distribution still not independence.
  static func identity(_ dx: Int, _ dy: Int) -> EllipticalShape {
    shape(dx, dy) { i, j in i == j ? 1 : 0 }
  }

  /// The same correlation between any two columns.
  static func dense(_ dx: Int, _ dy: Int, _ correlation: Double) -> EllipticalShape {
    shape(dx, dy) { i, j in i == j ? 1 : correlation }
  }

  /// The first `count` columns of x and y in pairs of one correlation, and nothing else.
  static func pairs(_ dx: Int, _ dy: Int, _ count: Int, _ correlation: Double) -> EllipticalShape {
    precondition(count <= min(dx, dy), "\(count) pairs in \(dx) x \(dy)")
    return shape(dx, dy) { i, j in
      i == j ? 1 : abs(i - j) == dx && min(i, j) < count ? correlation : 0
    }
  }

  /// The correlation of a pair that shares a latent variable with weight `strength` and has noise of
  /// variance 1 on each side.
  static func shared(strength: Double) -> Double {
    strength * strength / (strength * strength + 1)
  }

  /// X_i = E_i + alpha U + lambda Z_i and Y_i = E'_i + alpha U + lambda Z_i, all independent standard
  /// normal, as correlations: U is shared by all columns, Z_i by the first `pairs` pairs.
  static func latent(
    dimension d: Int, pairs: Int, alpha: Double, lambda: Double
  ) -> EllipticalShape {
    let variance = { (i: Int) in
      1 + alpha * alpha + (i % d < pairs ? lambda * lambda : 0)
    }
    return shape(d, d) { i, j in
      if i == j { return 1 }
      let paired = abs(i - j) == d && min(i, j) < pairs
      let covariance = alpha * alpha + (paired ? lambda * lambda : 0)
      return covariance / (variance(i) * variance(j)).squareRoot()
    }
  }

  private static func shape(
    _ dx: Int, _ dy: Int, _ entry: (Int, Int) -> Double
  ) -> EllipticalShape {
    let d = dx + dy
    var matrix = Matrix(rows: d, columns: d)
    for i in 0..<d {
      for j in 0..<d { matrix[i, j] = entry(i, j) }
    }
    guard let shape = EllipticalShape(dx: dx, dy: dy, matrix) else {
      preconditionFailure("a correlation matrix of \(dx) + \(dy) is not positive definite")
    }
    return shape
  }
}

// SPDX-License-Identifier: MIT

import CGSL

/// Student's distribution of nu degrees of freedom in d dimensions, with dispersion of determinant 1
/// taken out: what of its density and entropy does not depend on the dispersion.
package struct StudentDistribution: Sendable {
  package let nu: Double

  /// With nu degrees of freedom.
  package init(nu: Double) { self.nu = nu }

  /// ln of the density's constant in d dimensions, for an identity dispersion.
  func logConstant(_ d: Int) -> Double {
    let half = (nu + Double(d)) / 2
    return logGamma(half) - logGamma(nu / 2) - Double(d) / 2 * naturalLogarithm(nu * .pi)
  }

  /// The entropy in d dimensions for an identity dispersion (Kotz and Nadarajah 2004, section 1.12).
  func entropy(_ d: Int) -> Double {
    let half = (nu + Double(d)) / 2
    return half * (digamma(half) - digamma(nu / 2)) - logConstant(d)
  }

  /// The information that a dx and a dy block share with no correlation between them: what the
  /// common scale alone tells.
  package func scaleInformation(dx: Int, dy: Int) -> Double {
    entropy(dx) + entropy(dy) - entropy(dx + dy)
  }

  /// ln of the density at points, which are columns, for a dispersion with this factor.
  func logDensities(_ columns: Matrix, _ factor: Cholesky) -> [Double] {
    let d = columns.rows
    let constant = logConstant(d) - factor.logDeterminant / 2
    let scaled = squaredLengths(factor.solveLower(columns)).map { $0 / nu }
    return scaled.logarithmsOfOnePlus().map { constant - (nu + Double(d)) / 2 * $0 }
  }

  /// Draws rows around a center: normal ones divided by the root of a common chi-square.
  func draws(
    _ count: Int, _ factor: Cholesky, center: [Double], using random: inout RandomSource
  ) -> Matrix {
    let d = factor.factor.rows
    var result = Matrix(rows: count, columns: d)
    for i in 0..<count {
      let normals = random.normals(d)
      let scale = (nu / 2 / random.gamma(nu / 2)).squareRoot()
      for a in 0..<d {
        var value = 0.0
        for b in 0...a { value += factor.factor[a, b] * normals[b] }
        result[i, a] = center[a] + scale * value
      }
    }
    return result
  }

  /// The quantile of one dimension.
  func quantile(_ p: Double) -> Double {
    // The lower half alone: 1 - p loses no digits there.
    if p > 0.5 { return -quantile(1 - p) }
    if p == 0.5 { return 0 }
    _ = quietGSL
    let found = gsl_cdf_tdist_Pinv(p, nu)
    // GSL's iteration fails now and then below one degree of freedom.
    return found.isFinite ? found : bisected(p)
  }

  /// The quantile by halving an interval, for p < 1/2.
  private func bisected(_ p: Double) -> Double {
    var (low, high) = (-1.0, 0.0)
    while gsl_cdf_tdist_P(low, nu) > p { low *= 2 }
    for _ in 0..<100 {
      let middle = (low + high) / 2
      if gsl_cdf_tdist_P(middle, nu) > p { high = middle } else { low = middle }
    }
    return (low + high) / 2
  }
}

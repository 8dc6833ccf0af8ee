// SPDX-License-Identifier: MIT

/// Canonical correlation analysis: the pairs of directions u = x'a, v = y'b of unit variance with
/// the greatest correlation, each pair uncorrelated with those before it (Hotelling 1936,
/// doi:10.1093/biomet/28.3-4.321).
package struct CanonicalAnalysis: Sendable {
  /// The correlations of the fitted rows, greatest first.
  package let correlations: [Double]
  /// Columns of x x pairs.
  package let x: Matrix
  /// Columns of y x pairs.
  package let y: Matrix

  /// Fits centered rows.
  ///
  /// Directions without variance are left out, so the covariances may be singular; pairs of
  /// correlation below 1e-5 are left out too.
  package init(x a: Matrix, y b: Matrix) {
    let scale = 1 / Double(a.rows)
    let whiteX = Self.whitening(gram(a, scale: scale))
    let whiteY = Self.whitening(gram(b, scale: scale))
    let (u, v) = (multiply(a, whiteX), multiply(b, whiteY))
    // K, the correlations of the whitened sides; its singular values are the canonical ones.
    var k = multiply(u.transposed, v)
    for i in k.values.indices { k.values[i] *= scale }
    let isWide = k.rows <= k.columns
    let eigen = symmetricEigen(isWide ? multiply(k, transposed: k) : gram(k))
    let kept = eigen.values.indices.reversed().filter { eigen.values[$0] > 1e-10 }
    var known = Matrix(rows: min(k.rows, k.columns), columns: kept.count)
    for (index, column) in kept.enumerated() {
      for i in 0..<known.rows { known[i, index] = eigen.vectors[i, column] }
    }
    correlations = kept.map { min(eigen.values[$0].squareRoot(), 1) }
    var other = multiply(isWide ? k.transposed : k, known)
    for index in kept.indices {
      for i in 0..<other.rows { other[i, index] /= correlations[index] }
    }
    x = multiply(whiteX, isWide ? known : other)
    y = multiply(whiteY, isWide ? other : known)
  }

  /// W (d x k) with W' S W = 1, leaving out directions without variance.
  private static func whitening(_ covariance: Matrix) -> Matrix {
    let eigen = symmetricEigen(covariance)
    let greatest = eigen.values.last ?? 0
    let kept = eigen.values.indices.filter { eigen.values[$0] > 1e-8 * greatest }
    var result = Matrix(rows: covariance.rows, columns: kept.count)
    for (index, column) in kept.enumerated() {
      let factor = 1 / eigen.values[column].squareRoot()
      for i in 0..<covariance.rows { result[i, index] = factor * eigen.vectors[i, column] }
    }
    return result
  }
}

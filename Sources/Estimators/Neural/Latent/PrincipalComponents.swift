// SPDX-License-Identifier: MIT

/// The directions of greatest variance of the training rows.
package struct PrincipalComponents: Sendable {
  /// Columns x components.
  package let directions: Matrix
  /// The share of the variance that they have.
  package let share: Double

  /// Fits centered rows (n x d), keeping at most `count` components that have variance.
  ///
  /// Works on the smaller of the covariance (d x d) and the products of rows (n x n): O(n d min).
  package init(_ rows: Matrix, count: Int) {
    let isTall = rows.rows >= rows.columns
    let eigen = symmetricEigen(isTall ? gram(rows) : multiply(rows, transposed: rows))
    let greatest = eigen.values.last ?? 0
    let kept = eigen.values.indices.reversed()
      .filter { eigen.values[$0] > 1e-10 * greatest }.prefix(count)
    var vectors = Matrix(rows: eigen.vectors.rows, columns: kept.count)
    for (index, column) in kept.enumerated() {
      // An eigenvector w of R R' gives the direction R' w / sqrt(eigenvalue).
      let factor = isTall ? 1 : 1 / eigen.values[column].squareRoot()
      for i in 0..<vectors.rows { vectors[i, index] = factor * eigen.vectors[i, column] }
    }
    directions = isTall ? vectors : multiply(rows.transposed, vectors)
    let total = eigen.values.reduce(0) { $0 + max($1, 0) }
    share = kept.reduce(0) { $0 + eigen.values[$1] } / total
  }

  /// The rows in the directions: n x components.
  package func project(_ rows: Matrix) -> Matrix { multiply(rows, directions) }
}

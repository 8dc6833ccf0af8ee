// SPDX-License-Identifier: MIT

/// The directions of greatest variance of the training rows.
package struct PrincipalComponents: Sendable {
  /// Columns x components.
  package let directions: Matrix
  /// The share of the variance that they have.
  package let share: Double

  /// Fits centered rows (n x d), keeping at most `count` components that have variance.
  ///
  /// Works on the smaller of the covariance (d x d) and the products of rows (n x n), O(n d min),
  /// and by subspace iteration, O(n d count), where that is much less.
  package init(_ rows: Matrix, count: Int) {
    let small = min(rows.rows, rows.columns)
    if small > Self.directLimit, 4 * count < small {
      (directions, share) = Self.subspace(rows, count: count)
      return
    }
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

  /// Beyond it the eigenvalues of the whole matrix take more than a second.
  private static var directLimit: Int { 1200 }

  /// A random subspace a little larger than wanted, multiplied by R'R and orthogonalized.
  ///
  /// The algorithm is 4.4 of Halko, Martinsson and Tropp 2011 (doi:10.1137/090771806). Directions
  /// whose variances nearly tie may come out mixed, which no one who uses all of them notices.
  private static func subspace(_ rows: Matrix, count: Int) -> (Matrix, Double) {
    var random = RandomSource(seed: 0x5043)
    let width = min(count + 16, rows.columns, rows.rows)
    var basis = Matrix(
      rows: rows.columns, columns: width, values: random.normals(rows.columns * width))
    let transposed = rows.transposed
    for _ in 0..<6 {
      basis = qr(multiply(transposed, qr(multiply(rows, basis)).q)).q
    }
    let eigen = symmetricEigen(gram(multiply(rows, basis)))
    let greatest = eigen.values.last ?? 0
    let kept = eigen.values.indices.reversed()
      .filter { eigen.values[$0] > 1e-10 * greatest }.prefix(count)
    var vectors = Matrix(rows: width, columns: kept.count)
    for (index, column) in kept.enumerated() {
      for i in 0..<width { vectors[i, index] = eigen.vectors[i, column] }
    }
    let total = rows.values.reduce(0) { $0 + $1 * $1 }
    return (multiply(basis, vectors), kept.reduce(0) { $0 + eigen.values[$1] } / total)
  }

  /// The rows in the directions: n x components.
  package func project(_ rows: Matrix) -> Matrix { multiply(rows, directions) }
}

// SPDX-License-Identifier: MIT

/// A correlation matrix shrunk toward the identity: (1 - intensity) R + intensity 1.
///
/// The intensity is that of Ledoit and Wolf 2004 (doi:10.1016/S0047-259X(03)00096-4, lemmas 3.2 to
/// 3.5), estimated to minimize the expected squared Frobenius distance to the truth. On
/// standardized columns their target, the mean variance times the identity, is the identity.
package struct LedoitWolf: Sendable {
  /// The shrunk matrix.
  package let correlation: Matrix
  /// The weight of the identity, 0 to 1.
  package let intensity: Double

  /// Shrinks the correlation matrix of standardized columns, n x d.
  package init(_ columns: Matrix, correlation r: Matrix) {
    let (n, d) = (Double(columns.rows), Double(columns.columns))
    // Their moments divide by n, the package's by n - 1.
    let biased = (n - 1) / n
    var square = 0.0
    for value in r.values { square += value * value * biased * biased }
    // Of a row z z^T about the sample's matrix S: the mean of |z z^T - S|^2 is mean |z|^4 - |S|^2.
    var fourth = 0.0
    for i in 0..<columns.rows {
      var norm = 0.0
      for j in 0..<columns.columns { norm += columns[i, j] * columns[i, j] }
      fourth += norm * norm
    }
    let error = (fourth / n - square) / n
    let distance = square - d * biased * biased
    intensity = distance > 0 ? min(max(error, 0) / distance, 1) : 1
    var shrunk = r
    for i in 0..<r.rows {
      for j in 0..<r.columns { shrunk[i, j] = i == j ? 1 : (1 - intensity) * r[i, j] }
    }
    correlation = shrunk
  }
}

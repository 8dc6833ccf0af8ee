// SPDX-License-Identifier: MIT

package import EstimatorAPI
import Estimators

/// TransRate: the drop of the features' coding rate when the class is known, a cheap stand-in for
/// I(features; labels) (Huang, Huang, Rong, Yang, Wei 2022, arXiv 2106.09362).
///
///     TrR = R(Z) - 1/C sum_c R(Z_c),   R(Z) = 1/2 ln det(I + Z'Z / (n eps)),   eps = 1e-4,
///
/// with Z the centered features, Z_c its n_c rows of class c, and n the rows at hand. Classes count
/// equally, as in the paper. Higher is better; it depends on the scale of the features.
///
/// - Returns: the score; nil where a matrix is not positive definite. O(n d^2 + C d^3).
package func transRate(_ features: Samples, _ labels: Labels, epsilon: Double = 1e-4) -> Double? {
  let d = features.dimension
  let means = columnMeans(features)
  var centered = Matrix(rows: features.count, columns: d, values: features.values)
  for row in 0..<features.count {
    for j in 0..<d { centered[row, j] -= means[j] }
  }
  guard let whole = codingRate(centered, epsilon) else { return nil }
  let rows = Dictionary(grouping: labels.codes.indices) { labels.codes[$0] }
    .sorted { $0.key < $1.key }.map(\.value)
  var within = 0.0
  for members in rows {
    guard let rate = codingRate(centered.selecting(rows: members), epsilon) else { return nil }
    within += rate
  }
  let score = whole - within / Double(rows.count)
  return score.isFinite ? score : nil
}

private func codingRate(_ z: Matrix, _ epsilon: Double) -> Double? {
  var matrix = multiply(transposing: z, z)
  for i in matrix.values.indices { matrix.values[i] /= Double(z.rows) * epsilon }
  for j in 0..<z.columns { matrix[j, j] += 1 }
  return Cholesky(matrix).map { $0.logDeterminant / 2 }
}

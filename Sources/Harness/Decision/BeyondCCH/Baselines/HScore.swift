// SPDX-License-Identifier: MIT

package import EstimatorAPI
import Estimators

/// H-score: how much of the features' variance lies between the classes, whitened.
///
/// By Bao, Li, Huang, Zhang, Zheng, Zamir and Guibas 2019, doi:10.1109/ICIP.2019.8803726:
///
///     H = tr(cov(f)^-1 cov(E[f | y]))
///
/// From 0 to min(d, C - 1), higher is better.
///
/// - Returns: the score; nil where the features' covariance is singular. O(n d^2 + d^3).
package func hScore(_ features: Samples, _ labels: Labels) -> Double? {
  let d = features.dimension
  guard let factor = Cholesky(covariance(features)) else { return nil }
  var sums = Matrix(rows: labels.classCount, columns: d)
  for (row, code) in labels.codes.enumerated() {
    for j in 0..<d { sums[Int(code), j] += features.values[row * d + j] }
  }
  let sizes = labels.classSizes
  let grand = columnMeans(features)
  var between = Matrix(rows: d, columns: d)
  for code in sizes.indices where sizes[code] > 0 {
    let size = Double(sizes[code])
    let offset = (0..<d).map { sums[code, $0] / size - grand[$0] }
    for i in 0..<d {
      for j in 0..<d {
        between[i, j] += size * offset[i] * offset[j] / Double(features.count - 1)
      }
    }
  }
  let solved = factor.solve(between)
  let trace = (0..<d).reduce(0) { $0 + solved[$1, $1] }
  return trace.isFinite ? trace : nil
}

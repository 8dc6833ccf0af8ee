// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators

/// The first components of the correlation matrix, as coordinates of the rows, with the share of
/// the variance they hold.
///
/// Components come by falling variance. The sign of a component is fixed by making its largest
/// loading positive, so that the numbers do not depend on the LAPACK at hand more than they must.
/// Components without variance are left out: there may be fewer than `count`.
func leadingComponents(
  of samples: Samples, count limit: Int
) throws(EstimatorError) -> (samples: Samples, varianceShare: Double) {
  let (n, d) = (samples.count, samples.dimension)
  let means = columnMeans(samples)
  let deviations = covariance(samples)
  let scales = (0..<d).map { deviations[$0, $0].squareRoot() }
  var standardized = Matrix(rows: n, columns: d)
  for row in 0..<n {
    for column in 0..<d {
      let value = samples.values[row * d + column]
      standardized[row, column] = (value - means[column]) / scales[column]
    }
  }
  var correlation = deviations
  for i in 0..<d { for j in 0..<d { correlation[i, j] /= scales[i] * scales[j] } }
  let (values, vectors) = symmetricEigen(correlation)
  let count = min(limit, values.filter { $0 > 1e-10 * Double(d) }.count)
  var loadings = Matrix(rows: d, columns: count)
  for component in 0..<count {
    let source = d - 1 - component  // eigenvalues rise
    let column = (0..<d).map { vectors[$0, source] }
    let largest = column.max { abs($0) < abs($1) } ?? 1
    for row in 0..<d { loadings[row, component] = largest < 0 ? -column[row] : column[row] }
  }
  let coordinates = multiply(standardized, loadings)
  let kept = values.suffix(count).reduce(0, +) / values.reduce(0, +)
  return (
    try Samples(rowMajor: coordinates.values, count: n, dimension: count), kept
  )
}

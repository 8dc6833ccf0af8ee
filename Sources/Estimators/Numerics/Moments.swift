// SPDX-License-Identifier: MIT

import CKernels
package import EstimatorAPI

/// The mean of each column.
package func columnMeans(_ samples: Samples) -> [Double] {
  let (n, d) = (samples.count, samples.dimension)
  var means = [Double](repeating: 0, count: d)
  samples.withUnsafeValues { values in
    for i in 0..<n {
      for j in 0..<d { means[j] += values[i * d + j] }
    }
  }
  return means.map { $0 / Double(n) }
}

/// The covariance matrix of the columns, with n - 1 below; at least two rows.
package func covariance(_ samples: Samples) -> Matrix {
  precondition(samples.count >= 2, "a covariance of \(samples.count) rows")
  let means = columnMeans(samples)
  let d = samples.dimension
  var centered = Matrix(rows: samples.count, columns: d, values: samples.values)
  for i in 0..<samples.count {
    for j in 0..<d { centered[i, j] -= means[j] }
  }
  return gram(centered, scale: 1 / Double(samples.count - 1))
}

/// transpose(a) a times `scale`: symmetric, both triangles filled.
package func gram(_ a: Matrix, scale: Double = 1) -> Matrix {
  var result = Matrix(rows: a.columns, columns: a.columns)
  mi_gram(
    a.values, Int64(a.columns), &result.values, Int64(a.columns), Int64(a.rows), Int64(a.columns),
    scale)
  for i in 0..<a.columns {
    for j in 0..<i { result[j, i] = result[i, j] }
  }
  return result
}

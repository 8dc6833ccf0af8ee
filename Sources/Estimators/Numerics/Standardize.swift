// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// The columns, each shifted and scaled to mean 0 and standard deviation 1 (n - 1 below).
///
/// Finite whatever the columns' scales are: each is mapped to -1 ... 1 before anything is summed
/// or squared.
///
/// - Throws: `constantColumn`, naming the column by `side`, where all rows are equal.
package func standardized(_ samples: Samples, side: String) throws(EstimatorError) -> Matrix {
  try refuseConstantColumns(samples, side: side)
  let (n, d) = (samples.count, samples.dimension)
  var low = Array(samples.values.prefix(d))
  var high = low
  var sums = [Double](repeating: 0, count: d)
  var squares = sums
  var result = Matrix(rows: n, columns: d, values: samples.values)
  result.values.withUnsafeMutableBufferPointer { values in
    for i in 0..<n {
      for j in 0..<d {
        low[j] = min(low[j], values[i * d + j])
        high[j] = max(high[j], values[i * d + j])
      }
    }
    // Halves, because high - low may overflow.
    let centers = (0..<d).map { low[$0] / 2 + high[$0] / 2 }
    let spreads = (0..<d).map { high[$0] / 2 - low[$0] / 2 }
    for i in 0..<n {
      for j in 0..<d {
        let value = (values[i * d + j] - centers[j]) / spreads[j]
        values[i * d + j] = value
        sums[j] += value
      }
    }
    let means = sums.map { $0 / Double(n) }
    for i in 0..<n {
      for j in 0..<d {
        let value = values[i * d + j] - means[j]
        values[i * d + j] = value
        squares[j] += value * value
      }
    }
    let deviations = squares.map { ($0 / Double(n - 1)).squareRoot() }
    for i in 0..<n {
      for j in 0..<d { values[i * d + j] /= deviations[j] }
    }
  }
  return result
}

/// Refuses samples with a column whose rows are all equal.
///
/// - Throws: `constantColumn`, naming the column by `side`.
package func refuseConstantColumns(_ samples: Samples, side: String) throws(EstimatorError) {
  if let column = firstConstantColumn(samples) {
    throw .constantColumn(side: side, column: column, value: samples.values[column])
  }
}

/// The first column whose rows are all equal, if there is one.
package func firstConstantColumn(_ samples: Samples) -> Int? {
  let (n, d) = (samples.count, samples.dimension)
  return samples.withUnsafeValues { values in
    (0..<d).first { j in !(1..<max(n, 1)).contains { values[$0 * d + j] != values[j] } }
  }
}

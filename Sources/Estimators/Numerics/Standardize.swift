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
  var result = Matrix(rows: n, columns: d, values: samples.values)
  // One row of scratch each: least and largest value, sum, sum of squares.
  var scratch = [Double](repeating: 0, count: 4 * d)
  result.values.withUnsafeMutableBufferPointer { values in
    scratch.withUnsafeMutableBufferPointer { scratch in
      let (low, high, sum, square) = (0, d, 2 * d, 3 * d)
      for j in 0..<d { (scratch[low + j], scratch[high + j]) = (values[j], values[j]) }
      for i in 0..<n {
        for j in 0..<d {
          let value = values[i * d + j]
          if value < scratch[low + j] { scratch[low + j] = value }
          if value > scratch[high + j] { scratch[high + j] = value }
        }
      }
      for j in 0..<d {
        // Halves, because high - low may overflow.
        let halves = (scratch[low + j] / 2, scratch[high + j] / 2)
        (scratch[low + j], scratch[high + j]) = (halves.0 + halves.1, halves.1 - halves.0)
      }
      for i in 0..<n {
        for j in 0..<d {
          let value = (values[i * d + j] - scratch[low + j]) / scratch[high + j]
          values[i * d + j] = value
          scratch[sum + j] += value
        }
      }
      for j in 0..<d { scratch[sum + j] /= Double(n) }
      for i in 0..<n {
        for j in 0..<d {
          let value = values[i * d + j] - scratch[sum + j]
          values[i * d + j] = value
          scratch[square + j] += value * value
        }
      }
      for j in 0..<d { scratch[square + j] = (scratch[square + j] / Double(n - 1)).squareRoot() }
      for i in 0..<n {
        for j in 0..<d { values[i * d + j] /= scratch[square + j] }
      }
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

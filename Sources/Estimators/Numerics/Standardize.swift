// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// The columns, each shifted and scaled to mean 0 and standard deviation 1 (n - 1 below).
///
/// Finite whatever the columns' scales are: each is divided by its largest magnitude before
/// anything is squared.
///
/// - Throws: `constantColumn`, naming the column by `side`, where all rows are equal.
package func standardized(_ samples: Samples, side: String) throws(EstimatorError) -> Matrix {
  let (n, d) = (samples.count, samples.dimension)
  var result = Matrix(rows: n, columns: d, values: samples.values)
  for j in 0..<d {
    var column = samples.column(j)
    let first = column[0]
    guard column.contains(where: { $0 != first }) else {
      throw .constantColumn(side: side, column: j, value: first)
    }
    rescale(&column)
    let mean = column.reduce(0, +) / Double(n)
    for i in 0..<n { column[i] -= mean }
    // Once more: values of 1e9 + 1e-6 lose their scale in the centering, not before.
    rescale(&column)
    let variance = column.reduce(0) { $0 + $1 * $1 } / Double(n - 1)
    let deviation = variance.squareRoot()
    for i in 0..<n { result[i, j] = column[i] / deviation }
  }
  return result
}

/// Divides by the largest magnitude.
private func rescale(_ column: inout [Double]) {
  let largest = column.reduce(0) { max($0, abs($1)) }
  guard largest > 0 else { return }
  for i in column.indices { column[i] /= largest }
}

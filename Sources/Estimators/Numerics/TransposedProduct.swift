// SPDX-License-Identifier: MIT

import COpenBLAS

/// The product transpose(a) b.
package func multiply(transposing a: Matrix, _ b: Matrix) -> Matrix {
  precondition(a.rows == b.rows, "\(a.rows) x \(a.columns) transposed, \(b.rows) x \(b.columns)")
  _ = singleThreadedBLAS
  var result = Matrix(rows: a.columns, columns: b.columns)
  guard !result.values.isEmpty, a.rows > 0 else { return result }
  cblas_dgemm(
    CblasRowMajor, CblasTrans, CblasNoTrans, Int32(a.columns), Int32(b.columns), Int32(a.rows),
    1, a.values, Int32(a.columns), b.values, Int32(b.columns), 0, &result.values, Int32(b.columns))
  return result
}

extension Matrix {
  /// The rows at these indices, in that order.
  package func selecting(rows indices: [Int]) -> Matrix {
    var selected: [Double] = []
    selected.reserveCapacity(indices.count * columns)
    for row in indices {
      selected.append(contentsOf: values[row * columns..<(row + 1) * columns])
    }
    return Matrix(rows: indices.count, columns: columns, values: selected)
  }
}

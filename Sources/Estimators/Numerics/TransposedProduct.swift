// SPDX-License-Identifier: MIT

import CKernels

/// The product transpose(a) b.
package func multiply(transposing a: Matrix, _ b: Matrix) -> Matrix {
  precondition(a.rows == b.rows, "\(a.rows) x \(a.columns) transposed, \(b.rows) x \(b.columns)")
  var result = Matrix(rows: a.columns, columns: b.columns)
  mi_product_d(
    a.values, Int64(a.columns), true, b.values, Int64(b.columns), false, &result.values,
    Int64(b.columns), Int64(a.columns), Int64(b.columns), Int64(a.rows), 0)
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

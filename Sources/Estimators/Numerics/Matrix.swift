// SPDX-License-Identifier: MIT

import CKernels

/// A dense matrix of `rows` x `columns` numbers, row-major.
package struct Matrix: Sendable, Hashable {
  /// The number of rows.
  package let rows: Int
  /// The number of columns.
  package let columns: Int
  /// The numbers: row i is `values[i * columns ..< (i + 1) * columns]`.
  package var values: [Double]

  /// Creates a matrix from row-major numbers.
  package init(rows: Int, columns: Int, values: [Double]) {
    precondition(values.count == rows * columns, "\(values.count) numbers: \(rows) x \(columns)")
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  /// Creates a matrix of one number throughout.
  package init(rows: Int, columns: Int, repeating value: Double = 0) {
    self.init(
      rows: rows, columns: columns, values: [Double](repeating: value, count: rows * columns))
  }

  /// The identity of n x n.
  package static func identity(_ n: Int) -> Matrix { diagonal([Double](repeating: 1, count: n)) }

  /// The square matrix with these numbers on its diagonal.
  package static func diagonal(_ values: [Double]) -> Matrix {
    var matrix = Matrix(rows: values.count, columns: values.count)
    for (i, value) in values.enumerated() { matrix[i, i] = value }
    return matrix
  }

  /// The number in row i, column j.
  package subscript(i: Int, j: Int) -> Double {
    get { values[i * columns + j] }
    set { values[i * columns + j] = newValue }
  }

  /// The matrix with rows and columns exchanged.
  package var transposed: Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for i in 0..<rows {
      for j in 0..<columns { result[j, i] = self[i, j] }
    }
    return result
  }

  /// The rows and columns at these indices.
  package func block(rows rowRange: Range<Int>, columns columnRange: Range<Int>) -> Matrix {
    var result: [Double] = []
    result.reserveCapacity(rowRange.count * columnRange.count)
    for i in rowRange {
      result.append(
        contentsOf: values[
          i * columns + columnRange.lowerBound..<i * columns + columnRange.upperBound])
    }
    return Matrix(rows: rowRange.count, columns: columnRange.count, values: result)
  }
}

/// The product a b.
package func multiply(_ a: Matrix, _ b: Matrix) -> Matrix {
  precondition(a.columns == b.rows, "\(a.rows) x \(a.columns) times \(b.rows) x \(b.columns)")
  var result = Matrix(rows: a.rows, columns: b.columns)
  mi_product_d(
    a.values, Int64(a.columns), false, b.values, Int64(b.columns), false, &result.values,
    Int64(b.columns), Int64(a.rows), Int64(b.columns), Int64(a.columns), 0)
  return result
}

/// The product a transpose(b).
package func multiply(_ a: Matrix, transposed b: Matrix) -> Matrix {
  precondition(a.columns == b.columns, "\(a.rows) x \(a.columns), \(b.columns) x \(b.rows)")
  var result = Matrix(rows: a.rows, columns: b.rows)
  mi_product_d(
    a.values, Int64(a.columns), false, b.values, Int64(b.columns), true, &result.values,
    Int64(b.rows), Int64(a.rows), Int64(b.rows), Int64(a.columns), 0)
  return result
}

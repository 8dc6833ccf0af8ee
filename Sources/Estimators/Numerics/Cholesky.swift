// SPDX-License-Identifier: MIT

import CKernels

/// The Cholesky factorization m = L transpose(L) of a symmetric positive definite matrix.
///
/// Only the lower triangle of `m` is read. A matrix that is singular but for rounding may pass with
/// a tiny pivot: where that matters, look at the smallest of `factor`'s diagonal first.
package struct Cholesky: Sendable {
  /// L: lower triangular, zeros above the diagonal.
  package let factor: Matrix

  /// Factorizes; nil where `m` is not positive definite.
  package init?(_ m: Matrix) {
    precondition(m.rows == m.columns, "Cholesky of \(m.rows) x \(m.columns)")
    let n = m.rows
    var lower = m
    guard mi_cholesky(&lower.values, Int64(n), Int64(n)) else { return nil }
    for i in 0..<n {
      for j in i + 1..<max(n, i + 1) { lower[i, j] = 0 }
    }
    factor = lower
  }

  /// ln det m.
  package var logDeterminant: Double {
    2 * (0..<factor.rows).reduce(0) { $0 + naturalLogarithm(factor[$1, $1]) }
  }

  /// The solution of m x = b, for each column of b.
  package func solve(_ b: Matrix) -> Matrix {
    var x = solveLower(b)
    mi_solve_lower_transposed(
      factor.values, Int64(factor.columns), &x.values, Int64(x.columns), Int64(x.rows),
      Int64(x.columns))
    return x
  }

  /// The solution of L x = b, for each column of b.
  package func solveLower(_ b: Matrix) -> Matrix {
    precondition(b.rows == factor.rows, "\(b.rows) rows for a system of \(factor.rows)")
    var x = b
    mi_solve_lower(
      factor.values, Int64(factor.columns), &x.values, Int64(x.columns), Int64(x.rows),
      Int64(x.columns))
    return x
  }

  /// The solution of m x = b for one vector.
  package func solve(_ b: [Double]) -> [Double] {
    solve(Matrix(rows: b.count, columns: 1, values: b)).values
  }
}

/// The squared length of each column.
func squaredLengths(_ columns: Matrix) -> [Double] {
  let n = columns.columns
  var squares = [Double](repeating: 0, count: n)
  squares.withUnsafeMutableBufferPointer { squares in
    columns.values.withUnsafeBufferPointer { values in
      for j in 0..<columns.rows {
        for i in 0..<n { squares[i] += values[j * n + i] * values[j * n + i] }
      }
    }
  }
  return squares
}

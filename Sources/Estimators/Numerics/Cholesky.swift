// SPDX-License-Identifier: MIT

import CLAPACKE
import COpenBLAS

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
    _ = singleThreadedBLAS
    let n = m.rows
    var lower = m
    guard LAPACKE_dpotrf(LAPACK_ROW_MAJOR, lowerTriangle, Int32(n), &lower.values, Int32(n)) == 0
    else { return nil }
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
    substitute(substitute(b, CblasNoTrans), CblasTrans)
  }

  /// The solution of L x = b, for each column of b.
  package func solveLower(_ b: Matrix) -> Matrix { substitute(b, CblasNoTrans) }

  /// The solution of m x = b for one vector.
  package func solve(_ b: [Double]) -> [Double] {
    solve(Matrix(rows: b.count, columns: 1, values: b)).values
  }

  private func substitute(_ b: Matrix, _ transpose: CBLAS_TRANSPOSE) -> Matrix {
    precondition(b.rows == factor.rows, "\(b.rows) rows for a system of \(factor.rows)")
    var x = b
    cblas_dtrsm(
      CblasRowMajor, CblasLeft, CblasLower, transpose, CblasNonUnit, Int32(b.rows),
      Int32(b.columns), 1, factor.values, Int32(factor.columns), &x.values, Int32(b.columns))
    return x
  }
}

// SPDX-License-Identifier: MIT

import CLAPACKE

/// The eigenvalues of a symmetric matrix in ascending order, and the eigenvectors as columns.
///
/// Only the lower triangle is read.
package func symmetricEigen(_ m: Matrix) -> (values: [Double], vectors: Matrix) {
  precondition(m.rows == m.columns, "eigenvalues of \(m.rows) x \(m.columns)")
  _ = singleThreadedBLAS
  var vectors = m
  var values = [Double](repeating: 0, count: m.rows)
  let status = LAPACKE_dsyevd(
    LAPACK_ROW_MAJOR, Int8(UInt8(ascii: "V")), lowerTriangle, Int32(m.rows), &vectors.values,
    Int32(m.rows),
    &values)
  precondition(status == 0, "dsyevd: status \(status)")
  return (values, vectors)
}

/// The singular values of a matrix, largest first.
package func singularValues(_ m: Matrix) -> [Double] {
  _ = singleThreadedBLAS
  var scratch = m.values
  var values = [Double](repeating: 0, count: min(m.rows, m.columns))
  let status = LAPACKE_dgesdd(
    LAPACK_ROW_MAJOR, Int8(UInt8(ascii: "N")), Int32(m.rows), Int32(m.columns), &scratch,
    Int32(m.columns),
    &values, nil, Int32(m.rows), nil, Int32(m.columns))
  precondition(status == 0, "dgesdd: status \(status)")
  return values
}

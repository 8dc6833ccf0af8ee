// SPDX-License-Identifier: MIT

import CLAPACKE

/// The factorization m = q r of a matrix with at least as many rows as columns: q has orthonormal
/// columns, r is upper triangular with a diagonal that is not negative.
package func qr(_ m: Matrix) -> (q: Matrix, r: Matrix) {
  let (rows, columns) = (m.rows, m.columns)
  precondition(rows >= columns, "qr of \(rows) x \(columns)")
  _ = singleThreadedBLAS
  var q = m
  var reflectors = [Double](repeating: 0, count: columns)
  var status = LAPACKE_dgeqrf(
    LAPACK_ROW_MAJOR, Int32(rows), Int32(columns), &q.values, Int32(columns), &reflectors)
  precondition(status == 0, "dgeqrf: status \(status)")
  var r = Matrix(rows: columns, columns: columns)
  for i in 0..<columns {
    for j in i..<columns { r[i, j] = q[i, j] }
  }
  status = LAPACKE_dorgqr(
    LAPACK_ROW_MAJOR, Int32(rows), Int32(columns), Int32(columns), &q.values, Int32(columns),
    reflectors)
  precondition(status == 0, "dorgqr: status \(status)")
  for i in 0..<columns where r[i, i] < 0 {
    for j in i..<columns { r[i, j] = -r[i, j] }
    for k in 0..<rows { q[k, i] = -q[k, i] }
  }
  return (q, r)
}

/// A random orthogonal matrix of d x d, uniform over the orthogonal group (Haar).
///
/// The q of a Gaussian matrix is uniform only once r's diagonal is positive: Mezzadri 2007,
/// arXiv math-ph/0609050.
package func randomOrthogonal(_ d: Int, using random: inout RandomSource) -> Matrix {
  qr(Matrix(rows: d, columns: d, values: random.normals(d * d))).q
}

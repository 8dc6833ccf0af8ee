// SPDX-License-Identifier: MIT

/// Which region around a point Kraskov, Stoegbauer and Grassberger count in.
package enum KraskovAlgorithm: Sendable, Hashable {
  /// Algorithm 1: the square that reaches to the k-th joint neighbor; its border is left out.
  case square
  /// Algorithm 2: the rectangle spanned by the k nearest joint neighbors, side by side; its
  /// border is counted.
  ///
  /// Where several points tie for the k-th place the rectangle spans all of them, so that
  /// it does not depend on the order of the rows.
  case rectangle
}

/// For each k and each row, the number of other rows near it in x and in y.
package struct NeighborCounts: Sendable, Hashable {
  /// For each k in ascending order, the counts in x by row.
  package var x: [[Int32]]
  /// For each k in ascending order, the counts in y by row.
  package var y: [[Int32]]
  /// How many rows have another row at joint distance 0.
  package var duplicates: Int
  /// How many rows have another row with the same x, and with the same y.
  package var tiesX: Int
  package var tiesY: Int
}

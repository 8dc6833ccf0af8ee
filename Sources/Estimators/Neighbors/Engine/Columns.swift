// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// n points of d coordinates, one coordinate after the other: column c is
/// `values[c * count ..< (c + 1) * count]`.
///
/// Neighbor code reads one coordinate of many points at a time, the transpose of ``Samples``.
package struct Columns: Sendable {
  /// The number of points n.
  package let count: Int
  /// The number of coordinates d.
  package let dimension: Int
  /// The coordinates, column-major.
  package var values: [Double]

  package init(_ samples: Samples) {
    count = samples.count
    dimension = samples.dimension
    let (n, d) = (samples.count, samples.dimension)
    guard d > 1 else {
      values = samples.values
      return
    }
    values = samples.withUnsafeValues { rows in
      [Double](unsafeUninitializedCapacity: n * d) { columns, initialized in
        for i in 0..<n {
          for c in 0..<d { columns[c * n + i] = rows[i * d + c] }
        }
        initialized = n * d
      }
    }
  }

  package init(values: [Double], count: Int, dimension: Int) {
    precondition(values.count == count * dimension)
    self.values = values
    self.count = count
    self.dimension = dimension
  }

  /// The points at the given rows, in that order.
  package func selecting(_ rows: [Int32], threads: Int = 1) -> Columns {
    let chunk = 1 << 15
    let chunks = (rows.count + chunk - 1) / chunk
    let selected = [Double](unsafeUninitializedCapacity: rows.count * dimension) {
      selected, initialized in
      // Each chunk of a column has its own places.
      nonisolated(unsafe) let selected = selected
      parallelFor(chunks * dimension, threads: threads) { piece in
        let (c, first) = (piece / chunks, piece % chunks * chunk)
        values.withUnsafeBufferPointer { values in
          for i in first..<min(first + chunk, rows.count) {
            selected[c &* rows.count &+ i] = values[c &* count &+ Int(rows[i])]
          }
        }
      }
      initialized = rows.count * dimension
    }
    return Columns(values: selected, count: rows.count, dimension: dimension)
  }
}

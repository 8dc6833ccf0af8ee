// SPDX-License-Identifier: MIT

/// Counts by looking at every point: O(n d) a query.
package struct ScanCounter: Sendable {
  let points: Columns

  package init(_ points: Columns) { self.points = points }

  /// Writes for each query the number of points, itself included, closer than its radius.
  package func count(
    rows: UnsafeBufferPointer<Int32>, radii: UnsafePointer<Double>,
    into counts: UnsafeMutablePointer<Int32>
  ) {
    let n = points.count
    points.values.withUnsafeBufferPointer { values in
      for q in 0..<rows.count {
        let row = Int(rows[q])
        var found: Int32 = 0
        for j in 0..<n {
          var inside = true
          for c in 0..<points.dimension where inside {
            inside = abs(values[c &* n &+ j] - values[c &* n &+ row]) < radii[q]
          }
          if inside { found &+= 1 }
        }
        counts[q] = found
      }
    }
  }
}

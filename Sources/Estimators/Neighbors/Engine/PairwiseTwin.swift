// SPDX-License-Identifier: MIT

/// The definition of the neighbor counts as a loop over all pairs, O(n^2 (d + log n)).
///
/// Kept for reading and for the tests: the engine must return the same integers. Distances are the
/// max-norm within x, within y, and of the two together.
package func pairwiseNeighborCounts(
  x: Columns, y: Columns, ks: [Int], algorithm: KraskovAlgorithm
) -> NeighborCounts {
  let n = x.count
  precondition(y.count == n && ks == ks.sorted() && ks.allSatisfy { (1..<n).contains($0) })
  var counts = NeighborCounts(
    x: ks.map { _ in [Int32](repeating: 0, count: n) },
    y: ks.map { _ in [Int32](repeating: 0, count: n) }, duplicates: 0,
    tiesX: 0, tiesY: 0)
  for i in 0..<n {
    let others = (0..<n).filter { $0 != i }
    let distanceX = others.map { maximumNorm(x, i, $0) }
    let distanceY = others.map { maximumNorm(y, i, $0) }
    let joint = zip(distanceX, distanceY).map { max($0, $1) }
    let sorted = joint.sorted()
    if sorted[0] == 0 { counts.duplicates += 1 }
    if distanceX.contains(0) { counts.tiesX += 1 }
    if distanceY.contains(0) { counts.tiesY += 1 }
    for (slot, k) in ks.enumerated() {
      let radius = sorted[k - 1]
      switch algorithm {
      case .square:
        counts.x[slot][i] = Int32(distanceX.count { $0 < radius })
        counts.y[slot][i] = Int32(distanceY.count { $0 < radius })
      case .rectangle:
        let neighbors = joint.indices.filter { joint[$0] <= radius }
        let sideX = neighbors.map { distanceX[$0] }.max() ?? 0
        let sideY = neighbors.map { distanceY[$0] }.max() ?? 0
        counts.x[slot][i] = Int32(distanceX.count { $0 <= sideX })
        counts.y[slot][i] = Int32(distanceY.count { $0 <= sideY })
      }
    }
  }
  return counts
}

/// The largest coordinate difference of two points.
package func maximumNorm(_ points: Columns, _ i: Int, _ j: Int) -> Double {
  var norm = 0.0
  for c in 0..<points.dimension {
    let start = c * points.count
    norm = max(norm, abs(points.values[start + i] - points.values[start + j]))
  }
  return norm
}

// SPDX-License-Identifier: MIT

/// The terms of Ross's estimator where rows at most `window` rows apart are no neighbors.
///
/// By all pairs, O(n^2 d). A row without another row of its class outside its window has none, as has
/// class -1.
func theilerRossTerms(
  _ points: Columns, classes: [Int32], ks: [Int], window: Int, threads: Int
) -> [Double?] {
  let n = points.count
  let psi = DigammaTable(upTo: n + 1)
  return parallelMap(n, threads: threads) { row -> Double? in
    guard classes[row] >= 0 else { return nil }
    var distances = [Double](repeating: 0, count: n)
    for c in 0..<points.dimension {
      let center = points.values[c * n + row]
      for j in 0..<n {
        distances[j] = max(distances[j], abs(points.values[c * n + j] - center))
      }
    }
    let outside = (0..<n).filter { abs($0 - row) > window && classes[$0] >= 0 }
    let own = outside.filter { classes[$0] == classes[row] }.map { distances[$0] }.sorted()
    guard !own.isEmpty else { return nil }
    var sum = 0.0
    for k in ks {
      let used = min(k, own.count)
      let inside = outside.count { distances[$0] < own[used - 1] }
      sum += psi[outside.count + 1] + psi[used] - psi[own.count + 1] - psi[inside + 1]
    }
    return sum / Double(ks.count)
  }
}

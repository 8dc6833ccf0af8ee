// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// What `mixed-ksg` counts around each row, for one k; every count includes the row itself.
package struct AtomCounts: Sendable, Hashable {
  /// Rows near in x.
  package var x: [Int]
  /// Rows near in y.
  package var y: [Int]
  /// k, or where the k-th neighbor is at distance 0, the rows that coincide with this one.
  package var joint: [Int]
  /// Rows whose k-th neighbor is at distance 0.
  package var atoms: Int
}

/// The counts of `mixed-ksg` by a k-d tree and the marginal counters; see
/// ``pairwiseAtomCounts(x:y:k:closed:)`` for the definition.
///
/// - Throws: `cancelled`.
package func atomCounts(
  x: Columns, y: Columns, ks: [Int], closed: Bool, threads: Int = 1,
  progress: @escaping @Sendable (Double) -> Void = { _ in },
  isCancelled: @escaping @Sendable () -> Bool = { false }
) throws(EstimatorError) -> [AtomCounts] {
  let found = try Neighborhoods(
    joint: (x, y), ks: ks, closed: closed, threads: threads, progress: progress,
    isCancelled: isCancelled)
  let sizes = coincidenceSizes([x, y])
  return ks.enumerated().map { s, k in
    let isAtom = found.isAtom[s]
    return AtomCounts(
      x: found.near[s][0], y: found.near[s][1],
      joint: isAtom.enumerated().map { $1 ? sizes[$0] : k }, atoms: isAtom.count { $0 })
  }
}

/// The definition of the counts of `mixed-ksg` as a loop over all pairs, O(n^2 (d + log n)).
///
/// rho is the max-norm distance in (x, y) to the k-th other row. Near are the rows closer than rho,
/// or with `closed` at most as far; where rho is 0, the rows at distance 0.
package func pairwiseAtomCounts(x: Columns, y: Columns, k: Int, closed: Bool) -> AtomCounts {
  let n = x.count
  var counts = AtomCounts(x: [], y: [], joint: [], atoms: 0)
  for i in 0..<n {
    let distanceX = (0..<n).map { maximumNorm(x, i, $0) }
    let distanceY = (0..<n).map { maximumNorm(y, i, $0) }
    let joint = zip(distanceX, distanceY).map { max($0, $1) }
    // Place 0 is the row itself.
    let rho = joint.sorted()[k]
    let near: (Double) -> Bool = closed || rho == 0 ? { $0 <= rho } : { $0 < rho }
    counts.x.append(distanceX.count(where: near))
    counts.y.append(distanceY.count(where: near))
    counts.joint.append(rho == 0 ? joint.count { $0 == 0 } : k)
    if rho == 0 { counts.atoms += 1 }
  }
  return counts
}

// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// What is counted around each row for I(x; y | z), for one k; every count includes the row itself.
package struct ConditionalCounts: Sendable, Hashable {
  /// Rows near in (x, z).
  package var xz: [Int]
  /// Rows near in (y, z).
  package var yz: [Int]
  /// Rows near in z.
  package var z: [Int]
  /// Rows near in (x, y, z): with open neighborhoods k, or where the k-th neighbor is at distance 0
  /// the rows that coincide; with closed ones the rows at most as far as the k-th neighbor.
  package var joint: [Int]
  /// Rows whose k-th neighbor is at distance 0.
  package var atoms: Int
}

/// The counts by a k-d tree and counters of the subspaces; see
/// ``pairwiseConditionalCounts(x:y:z:k:closed:)`` for the definition.
///
/// - Throws: `cancelled`.
package func conditionalCounts(
  x: Columns, y: Columns, z: Columns, ks: [Int], closed: Bool, threads: Int = 1,
  progress: @escaping @Sendable (Double) -> Void = { _ in },
  isCancelled: @escaping @Sendable () -> Bool = { false }
) throws(EstimatorError) -> [ConditionalCounts] {
  let (xz, yz) = (Columns(x, z), Columns(y, z))
  let joint = Columns(xz, y)
  let found = try Neighborhoods(
    joint: (xz, y), subspaces: [xz, yz, z] + (closed ? [joint] : []), ks: ks, closed: closed,
    threads: threads, progress: progress, isCancelled: isCancelled)
  let coincident = closed ? [] : coincidenceSizes([joint])
  return ks.enumerated().map { s, k in
    let near = found.near[s]
    let isAtom = found.isAtom[s]
    return ConditionalCounts(
      xz: near[0], yz: near[1], z: near[2],
      joint: closed ? near[3] : isAtom.enumerated().map { $1 ? coincident[$0] : k },
      atoms: isAtom.count { $0 })
  }
}

/// The definition of the counts as a loop over all pairs, O(n^2 (d + log n)).
///
/// rho is the max-norm distance in (x, y, z) to the k-th other row. Near are the rows closer than
/// rho, or with `closed` at most as far; where rho is 0, the rows at distance 0.
package func pairwiseConditionalCounts(
  x: Columns, y: Columns, z: Columns, k: Int, closed: Bool
) -> ConditionalCounts {
  let n = x.count
  var counts = ConditionalCounts(xz: [], yz: [], z: [], joint: [], atoms: 0)
  for i in 0..<n {
    let distances = [x, y, z].map { side in (0..<n).map { maximumNorm(side, i, $0) } }
    let xz = zip(distances[0], distances[2]).map { max($0, $1) }
    let yz = zip(distances[1], distances[2]).map { max($0, $1) }
    let joint = zip(xz, yz).map { max($0, $1) }
    // Place 0 is the row itself.
    let rho = joint.sorted()[k]
    let near: (Double) -> Bool = closed || rho == 0 ? { $0 <= rho } : { $0 < rho }
    counts.xz.append(xz.count(where: near))
    counts.yz.append(yz.count(where: near))
    counts.z.append(distances[2].count(where: near))
    counts.joint.append(closed || rho == 0 ? joint.count(where: near) : k)
    if rho == 0 { counts.atoms += 1 }
  }
  return counts
}

extension Columns {
  /// The columns of both.
  init(_ first: Columns, _ second: Columns) {
    self.init(
      values: first.values + second.values, count: first.count,
      dimension: first.dimension + second.dimension)
  }
}

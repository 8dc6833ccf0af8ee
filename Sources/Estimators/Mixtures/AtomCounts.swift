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
/// Queries run in chunks of fixed size that write only to their own rows, so the counts are the same
/// at any number of threads.
///
/// - Throws: `cancelled`.
package func atomCounts(
  x: Columns, y: Columns, ks: [Int], closed: Bool, threads: Int = 1,
  progress: @escaping @Sendable (Double) -> Void = { _ in },
  isCancelled: @escaping @Sendable () -> Bool = { false }
) throws(EstimatorError) -> [AtomCounts] {
  let n = x.count
  precondition(y.count == n && ks == ks.sorted() && ks.allSatisfy { (1..<n).contains($0) })
  // From here on points are numbered by their place in the tree: near in number, near in space.
  let tree = KDTree([x, y], threads: threads)
  let order = tree.order
  let ordered = parallelMap(2, threads: threads) { [x, y][$0].selecting(order) }
  let search = JointSearch(
    .fastest(count: n, dimension: x.dimension + y.dimension), tree, x: ordered[0], y: ordered[1],
    threads: threads)
  let sides =
    search.counters ?? parallelMap(2, threads: threads) { MarginalCounter(ordered[$0]) }
  let chunkSize = 512
  let chunks = (n + chunkSize - 1) / chunkSize
  // Slots 2 s and 2 s + 1 for x and y, 2 ks.count + s for whether the radius is 0.
  let results = CountSlots(rows: n, slots: 2 * ks.count)
  let state = ChunkProgress(chunks: chunks, progress: progress, isCancelled: isCancelled)
  parallelFor(chunks, threads: threads) { chunk in
    guard state.mayStart() else { return }
    let positions = chunk * chunkSize..<min((chunk + 1) * chunkSize, n)
    let stride = positions.count
    let radii = UnsafeMutablePointer<Double>.allocate(capacity: (2 * ks.count + 1) * stride)
    let counts = UnsafeMutablePointer<Int32>.allocate(capacity: stride)
    defer {
      radii.deallocate()
      counts.deallocate()
    }
    search.radii(
      of: positions, ks: ks, algorithm: .square, into: radii, stride: stride,
      nearest: radii + 2 * ks.count * stride)
    for slot in 0..<2 * ks.count {
      let radii = radii + slot * stride
      for (q, position) in positions.enumerated() {
        if slot % 2 == 0 {
          results[2 * ks.count + slot / 2, Int(order[position])] = radii[q] == 0 ? 1 : 0
        }
        // The counters take what is closer than the radius; the next number after it lets in what
        // is just as far, and after 0, equal values.
        if closed || radii[q] == 0 { radii[q] = radii[q].nextUp }
      }
      sides[slot % 2].count(rows: positions, radii: radii, into: counts)
      for (q, position) in positions.enumerated() {
        results[slot, Int(order[position])] = counts[q]
      }
    }
    state.finishedOne()
  }
  if state.wasCancelled { throw .cancelled }
  let sizes = coincidenceSizes([x, y])
  return ks.indices.map { s in
    let isAtom = (0..<n).map { results[2 * ks.count + s, $0] == 1 }
    return AtomCounts(
      x: (0..<n).map { Int(results[2 * s, $0]) }, y: (0..<n).map { Int(results[2 * s + 1, $0]) },
      joint: (0..<n).map { isAtom[$0] ? sizes[$0] : ks[s] }, atoms: isAtom.count { $0 })
  }
}

/// For each row the number of rows, itself included, that equal it in every coordinate; O(n d).
package func coincidenceSizes(_ sides: [Columns]) -> [Int] {
  struct Key: Hashable {
    let group: Int32
    let bits: UInt64
  }
  let n = sides[0].count
  var groups = [Int32](repeating: 0, count: n)
  for side in sides {
    for c in 0..<side.dimension {
      var next: [Key: Int32] = [:]
      for i in 0..<n {
        // Adding 0 turns -0 into 0.
        let key = Key(group: groups[i], bits: (side.values[c * n + i] + 0).bitPattern)
        let fresh = Int32(next.count)
        groups[i] = next[key, default: fresh]
        if groups[i] == fresh { next[key] = fresh }
      }
    }
  }
  var sizes = [Int](repeating: 0, count: n)
  for group in groups { sizes[Int(group)] += 1 }
  return groups.map { sizes[Int($0)] }
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

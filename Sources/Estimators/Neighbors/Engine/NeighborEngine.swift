// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// The neighbor counts of Kraskov's algorithms: a joint search for the regions, then a count on
/// each side.
///
/// Queries run in chunks of a fixed size, in the tree's order; each writes only to its own rows, so
/// the counts are the same at any number of threads.
///
/// - Throws: `cancelled`.
package func neighborCounts(
  x: Columns, y: Columns, ks: [Int], algorithm: KraskovAlgorithm, threads: Int = 1,
  progress: @escaping @Sendable (Double) -> Void = { _ in },
  isCancelled: @escaping @Sendable () -> Bool = { false }
) throws(EstimatorError) -> NeighborCounts {
  let n = x.count
  precondition(y.count == n && ks == ks.sorted() && ks.allSatisfy { (1..<n).contains($0) })
  let tree = KDTree([x, y])
  let sides = parallelMap(2, threads: threads) { MarginalCounter($0 == 0 ? x : y) }
  let chunkSize = 512
  let chunks = (n + chunkSize - 1) / chunkSize
  let results = CountSlots(rows: n, slots: ks.count)
  let state = ChunkProgress(chunks: chunks, progress: progress, isCancelled: isCancelled)
  parallelFor(chunks, threads: threads) { chunk in
    guard state.mayStart() else { return }
    let positions = chunk * chunkSize..<min((chunk + 1) * chunkSize, n)
    tree.withSearch { search in
      let radii = UnsafeMutablePointer<Double>.allocate(
        capacity: (2 * ks.count + 1) * positions.count)
      let counts = UnsafeMutablePointer<Int32>.allocate(capacity: positions.count)
      defer {
        radii.deallocate()
        counts.deallocate()
      }
      let stride = positions.count
      let nearest = radii + 2 * ks.count * stride
      search.radii(
        of: positions, ks: ks, algorithm: algorithm, into: radii, stride: stride,
        nearest: nearest)
      results.addDuplicates((0..<stride).count { nearest[$0] == 0 })
      tree.order.withUnsafeBufferPointer { order in
        let rows = UnsafeBufferPointer(rebasing: order[positions])
        for slot in 0..<2 * ks.count {
          let radii = UnsafePointer(radii + slot * stride)
          sides[slot % 2].count(rows: rows, radii: radii, into: counts)
          for q in 0..<stride {
            // The point itself is counted wherever the radius is not 0.
            results[slot, Int(rows[q])] = max(counts[q] - 1, 0)
          }
        }
      }
    }
    state.finishedOne()
  }
  if state.wasCancelled { throw .cancelled }
  return results.counts
}

// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// The neighbor counts of Kraskov's algorithms: a joint search for the regions, then a count on
/// each side.
///
/// Queries run in chunks of a fixed size, in the tree's order; each writes only to its own rows, so
/// the counts are the same at any number of threads.
///
/// `method` is the joint search to use instead of the fastest; the counts are the same. `sorted` has
/// a side's numbers in ascending order, where it has one column and they are known.
///
/// - Throws: `cancelled`.
package func neighborCounts(
  x: Columns, y: Columns, sorted: (x: [Double]?, y: [Double]?) = (nil, nil), ks: [Int],
  algorithm: KraskovAlgorithm,
  method: JointMethod? = nil, threads: Int = 1,
  progress: @escaping @Sendable (Double) -> Void = { _ in },
  isCancelled: @escaping @Sendable () -> Bool = { false }
) throws(EstimatorError) -> NeighborCounts {
  let n = x.count
  precondition(y.count == n && ks == ks.sorted() && ks.allSatisfy { (1..<n).contains($0) })
  // From here on points are numbered by their place in the tree: near in number, near in space.
  let tree = KDTree(
    [x, y], threads: threads, progress: { progress($0 / 4) },
    isCancelled: isCancelled)
  if !tree.isComplete { throw .cancelled }
  let order = tree.order
  let ordered = [x, y].map { $0.selecting(order, threads: threads) }
  let method = method ?? .fastest(count: n, dimension: x.dimension + y.dimension)
  let search = JointSearch(method, tree, x: ordered[0], y: ordered[1], threads: threads)
  let sides =
    search.counters
    ?? parallelMap(2, threads: threads) {
      MarginalCounter(ordered[$0], sorted: [sorted.x, sorted.y][$0])
    }
  if isCancelled() { throw .cancelled }
  // A chunk is well below a second, the time in which a caller may want to cancel.
  let chunkSize = n * (x.dimension + y.dimension) > 4_000_000 ? 64 : 512
  let chunks = (n + chunkSize - 1) / chunkSize
  let results = CountSlots(rows: n, slots: ks.count)
  let state = ChunkProgress(
    chunks: chunks, progress: { progress((1 + 3 * $0) / 4) }, isCancelled: isCancelled)
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
    let nearest = radii + 2 * ks.count * stride
    search.radii(
      of: positions, ks: ks, algorithm: algorithm, into: radii, stride: stride, nearest: nearest)
    results.addDuplicates((0..<stride).count { nearest[$0] == 0 })
    for slot in 0..<2 * ks.count {
      sides[slot % 2].count(rows: positions, radii: radii + slot * stride, into: counts)
      for (q, position) in positions.enumerated() {
        // The point itself is counted wherever the radius is not 0.
        results[slot, Int(order[position])] = max(counts[q] - 1, 0)
      }
    }
    state.finishedOne()
  }
  if state.wasCancelled { throw .cancelled }
  let ties = parallelMap(2, threads: threads) { sides[$0].tiedRows(of: ordered[$0]) }
  return NeighborCounts(
    x: ks.indices.map { results.column(2 * $0) }, y: ks.indices.map { results.column(2 * $0 + 1) },
    duplicates: results.duplicateCount, tiesX: ties[0], tiesY: ties[1])
}

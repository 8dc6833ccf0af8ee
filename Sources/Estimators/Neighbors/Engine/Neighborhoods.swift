// SPDX-License-Identifier: MIT

import EstimatorAPI

/// How many rows lie in each row's neighborhood, as seen in several subspaces.
///
/// A neighborhood is the max-norm ball around a row that reaches to its k-th neighbor in the joint
/// space. Every count includes the row itself.
struct Neighborhoods: Sendable {
  /// Counts by place of k, by subspace, by row.
  let near: [[[Int]]]
  /// By place of k: whether a row's k-th neighbor is at distance 0.
  let isAtom: [[Bool]]

  /// Searches in the joint space of two sides and counts in `subspaces`, by default the sides.
  ///
  /// Counted are the rows closer than the k-th neighbor, or with `closed` at most as far; where
  /// that neighbor is at distance 0, the rows at distance 0. Queries run in chunks of fixed size
  /// that write only to their own rows, so the counts are the same at any number of threads.
  ///
  /// - Throws: `cancelled`.
  init(
    joint: (Columns, Columns), subspaces: [Columns]? = nil, ks: [Int], closed: Bool, threads: Int,
    progress: @escaping @Sendable (Double) -> Void, isCancelled: @escaping @Sendable () -> Bool
  ) throws(EstimatorError) {
    let (x, y) = joint
    let n = x.count
    precondition(y.count == n && ks == ks.sorted() && ks.allSatisfy { (1..<n).contains($0) })
    // From here on points are numbered by their place in the tree: near in number, near in space.
    let tree = KDTree(
      [x, y], threads: threads, progress: { progress($0 / 4) },
      isCancelled: isCancelled)
    if !tree.isComplete { throw .cancelled }
    let order = tree.order
    let ordered = [x, y].map { $0.selecting(order, threads: threads) }
    let search = JointSearch(
      .fastest(count: n, dimension: x.dimension + y.dimension), tree, x: ordered[0], y: ordered[1],
      threads: threads)
    let counters: [MarginalCounter]
    if let subspaces {
      counters = parallelMap(subspaces.count, threads: threads) {
        MarginalCounter(subspaces[$0].selecting(order))
      }
    } else {
      counters =
        search.counters ?? parallelMap(2, threads: threads) { MarginalCounter(ordered[$0]) }
    }
    if isCancelled() { throw .cancelled }
    let chunkSize = 512
    let chunks = (n + chunkSize - 1) / chunkSize
    // A slot for each subspace and then one for atoms, for each k.
    let perK = counters.count + 1
    let results = CountSlots(rows: n, slots: (ks.count * perK + 1) / 2)
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
      search.radii(
        of: positions, ks: ks, algorithm: .square, into: radii, stride: stride,
        nearest: radii + 2 * ks.count * stride)
      for s in ks.indices {
        // The square has one radius for both sides, which the search writes twice.
        let radii = radii + 2 * s * stride
        for (q, position) in positions.enumerated() {
          results[s * perK + counters.count, Int(order[position])] = radii[q] == 0 ? 1 : 0
          // The counters take what is closer than the radius; the next number after it lets in
          // what is just as far, and after 0, equal values.
          if closed || radii[q] == 0 { radii[q] = radii[q].nextUp }
        }
        for (m, counter) in counters.enumerated() {
          counter.count(rows: positions, radii: radii, into: counts)
          for (q, position) in positions.enumerated() {
            results[s * perK + m, Int(order[position])] = counts[q]
          }
        }
      }
      state.finishedOne()
    }
    if state.wasCancelled { throw .cancelled }
    near = ks.indices.map { s in
      counters.indices.map { m in results.column(s * perK + m).map { Int($0) } }
    }
    isAtom = ks.indices.map { s in results.column(s * perK + counters.count).map { $0 == 1 } }
  }
}

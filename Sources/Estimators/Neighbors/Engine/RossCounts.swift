// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// For each k and each row, how many rows lie strictly closer than the k-th neighbor of its class.
package struct RossCounts: Sendable, Hashable {
  /// For each k, by row; the row itself is counted, so each is at least 1.
  package var inside: [[Int32]]
  /// Rows with another row of their class at distance 0.
  package var duplicates: Int
}

/// Searches within each class, then counts over all points.
///
/// `classes` has the rows of each class, two or more in each and every row once.
///
/// - Throws: `cancelled`.
package func rossCounts(
  _ points: Columns, classes: [[Int32]], ks: [Int], threads: Int = 1,
  progress: @escaping @Sendable (Double) -> Void = { _ in },
  isCancelled: @escaping @Sendable () -> Bool = { false }
) throws(EstimatorError) -> RossCounts {
  let chunkSize = 512
  let trees = parallelMap(classes.count, threads: threads) {
    KDTree([points.selecting(classes[$0])], threads: 1)
  }
  // Points are numbered class by class, within a class by their place in its tree.
  var order: [Int32] = []
  var pieces: [(class: Int, first: Int, positions: Range<Int>)] = []
  for (index, rows) in classes.enumerated() {
    for start in stride(from: 0, to: rows.count, by: chunkSize) {
      pieces.append((index, order.count, start..<min(start + chunkSize, rows.count)))
    }
    order += trees[index].order.map { rows[Int($0)] }
  }
  let rows = order
  let counter = MarginalCounter(points.selecting(rows))
  let work = pieces
  let results = CountSlots(rows: points.count, slots: ks.count)
  let state = ChunkProgress(chunks: work.count, progress: progress, isCancelled: isCancelled)
  parallelFor(work.count, threads: threads) { piece in
    guard state.mayStart() else { return }
    let (index, first, positions) = work[piece]
    let size = classes[index].count
    let stride = positions.count
    // Within a small class several k may come to the same neighbor.
    let reachable = Array(Set(ks.map { min($0, size - 1) })).sorted()
    let radii = UnsafeMutablePointer<Double>.allocate(
      capacity: (2 * reachable.count + 1) * stride)
    let counts = UnsafeMutablePointer<Int32>.allocate(capacity: stride)
    defer {
      radii.deallocate()
      counts.deallocate()
    }
    let nearest = radii + 2 * reachable.count * stride
    trees[index].withSearch {
      $0.radii(
        of: positions, ks: reachable, algorithm: .square, into: radii, stride: stride,
        nearest: nearest)
    }
    results.addDuplicates((0..<stride).count { nearest[$0] == 0 })
    let numbers = first + positions.lowerBound..<first + positions.upperBound
    for (slot, k) in ks.enumerated() {
      let place = reachable.firstIndex(of: min(k, size - 1)) ?? 0
      counter.count(rows: numbers, radii: radii + 2 * place * stride, into: counts)
      for (q, number) in numbers.enumerated() {
        results[2 * slot, Int(rows[number])] = max(counts[q], 1)
      }
    }
    state.finishedOne()
  }
  if state.wasCancelled { throw .cancelled }
  return RossCounts(
    inside: ks.indices.map { results.column(2 * $0) }, duplicates: results.duplicateCount)
}

/// The same by a loop over all pairs; kept for reading and for the tests.
package func pairwiseRossCounts(_ points: Columns, classes: [[Int32]], ks: [Int]) -> RossCounts {
  var result = RossCounts(
    inside: ks.map { _ in [Int32](repeating: 0, count: points.count) }, duplicates: 0)
  for rows in classes {
    for row in rows {
      let i = Int(row)
      let within = rows.filter { $0 != row }.map { maximumNorm(points, i, Int($0)) }.sorted()
      if within[0] == 0 { result.duplicates += 1 }
      for (slot, k) in ks.enumerated() {
        let radius = within[min(k, within.count) - 1]
        let others = (0..<points.count).count { $0 != i && maximumNorm(points, i, $0) < radius }
        result.inside[slot][i] = Int32(others) + 1
      }
    }
  }
  return result
}

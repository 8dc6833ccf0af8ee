// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// ``rossCounts(_:classes:ks:threads:progress:isCancelled:)`` for points on a line.
///
/// The line is sorted once. Read in that order, each class is sorted too, so the k nearest of a
/// class lie around a point's own place in it and are found by k steps to either side, without a
/// tree: O(n (log n + k)). Distances are the same rounded differences, so the counts are the same.
///
/// `order` is the line, sorted.
///
/// - Throws: `cancelled`.
package func lineRossCounts(
  _ order: RadixOrder, classes: [[Int32]], ks: [Int], threads: Int = 1,
  progress: @escaping @Sendable (Double) -> Void = { _ in },
  isCancelled: @escaping @Sendable () -> Bool = { false }
) throws(EstimatorError) -> RossCounts {
  let n = order.rows.count
  // Points are numbered class by class, ascending within a class.
  var classOf = [Int32](repeating: 0, count: n)
  var next: [Int] = []
  var first = 0
  for (index, rows) in classes.enumerated() {
    for row in rows { classOf[Int(row)] = Int32(index) }
    next.append(first)
    first += rows.count
  }
  let starts = next
  var rows = [Int32](repeating: 0, count: n)
  var values = [Double](repeating: 0, count: n)
  for (value, row) in zip(order.values, order.rows) {
    let index = Int(classOf[Int(row)])
    rows[next[index]] = row
    values[next[index]] = value
    next[index] += 1
  }
  let (numbered, points) = (rows, values)

  let counter = LineCounter(points, sorted: order.values)
  let chunkSize = 512
  var pieces: [(class: Int, numbers: Range<Int>)] = []
  for (index, rows) in classes.enumerated() {
    let end = starts[index] + rows.count
    for start in stride(from: starts[index], to: end, by: chunkSize) {
      pieces.append((index, start..<min(start + chunkSize, end)))
    }
  }
  let work = pieces
  let results = CountSlots(rows: n, slots: ks.count)
  let state = ChunkProgress(chunks: work.count, progress: progress, isCancelled: isCancelled)
  parallelFor(work.count, threads: threads) { piece in
    guard state.mayStart() else { return }
    let (index, numbers) = work[piece]
    let range = starts[index]..<starts[index] + classes[index].count
    let stride = numbers.count
    let radii = UnsafeMutablePointer<Double>.allocate(capacity: ks.count * stride)
    let counts = UnsafeMutablePointer<Int32>.allocate(capacity: stride)
    defer {
      radii.deallocate()
      counts.deallocate()
    }
    let duplicates = points.withUnsafeBufferPointer {
      lineRadii($0, numbers, within: range, ks: ks, into: radii)
    }
    results.addDuplicates(duplicates)
    for slot in ks.indices {
      counter.count(rows: numbers, radii: radii + slot * stride, into: counts)
      for (q, number) in numbers.enumerated() {
        results[2 * slot, Int(numbered[number])] = max(counts[q], 1)
      }
    }
    state.finishedOne()
  }
  if state.wasCancelled { throw .cancelled }
  return RossCounts(
    inside: ks.indices.map { results.column(2 * $0) }, duplicates: results.duplicateCount)
}

/// Writes, for slot s of `ks` and query q, the distance to the k-th neighbor in `range`, or to the
/// last where there are fewer, at s * numbers.count + q.
///
/// - Returns: the number of queries with a neighbor at distance 0.
private func lineRadii(
  _ points: UnsafeBufferPointer<Double>, _ numbers: Range<Int>, within range: Range<Int>,
  ks: [Int], into radii: UnsafeMutablePointer<Double>
) -> Int {
  var duplicates = 0
  let reach = range.count - 1
  for (q, number) in numbers.enumerated() {
    let here = points[number]
    var (left, right) = (number - 1, number + 1)
    var gapLeft = left >= range.lowerBound ? here - points[left] : .infinity
    var gapRight = right < range.upperBound ? points[right] - here : .infinity
    var taken = 0
    var radius = 0.0
    for (slot, k) in ks.enumerated() {
      while taken < min(k, reach) {
        if gapLeft <= gapRight {
          radius = gapLeft
          left &-= 1
          gapLeft = left >= range.lowerBound ? here - points[left] : .infinity
        } else {
          radius = gapRight
          right &+= 1
          gapRight = right < range.upperBound ? points[right] - here : .infinity
        }
        if taken == 0, radius == 0 { duplicates &+= 1 }
        taken &+= 1
      }
      radii[slot &* numbers.count &+ q] = radius
    }
  }
  return duplicates
}

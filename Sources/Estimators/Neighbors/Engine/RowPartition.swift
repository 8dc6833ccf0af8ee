// SPDX-License-Identifier: MIT

/// Parts many rows around one of them by threads, where ``selectRow(_:_:_:_:)`` would use one.
///
/// A sample gives two pivots that enclose the wanted row but for bad luck. Chunks of rows are
/// counted, then written to their places: the rows below the pivots, those between, those above. Of
/// these, only the few between are left to select among. Chunks have a fixed size, so the order of
/// the rows does not depend on the number of threads.
///
/// Unchecked: each chunk writes only to its own places.
final class RowPartition: @unchecked Sendable {
  /// From how many rows on this is worth its overhead.
  static let fewest = 1 << 15
  private static let chunk = 1 << 13

  private let column: UnsafePointer<Double>
  private let order: UnsafeMutablePointer<Int32>
  private let count: Int
  private let memory: LargeBuffer<Int32>
  private var parted: UnsafeMutableBufferPointer<Int32> { memory.values }
  private let ends: UnsafeMutableBufferPointer<SIMD4<Int>>

  /// For `count` rows of a column, in `order`.
  init(_ column: UnsafePointer<Double>, _ order: UnsafeMutablePointer<Int32>, count: Int) {
    self.column = column
    self.order = order
    self.count = count
    memory = LargeBuffer(Int32.self, capacity: count)
    ends = .allocate(capacity: (count + Self.chunk - 1) / Self.chunk)
  }

  deinit { ends.deallocate() }

  /// Reorders the rows such that no value before `middle` exceeds the one there, and none after is
  /// less; nil, and nothing is done, where the pivots do not enclose it.
  ///
  /// Returns the largest value before `middle` and the value there.
  func part(at middle: Int, threads: Int) -> (below: Double, middle: Double)? {
    let (low, high) = pivots(around: middle)
    parallelFor(ends.count, threads: threads) { [self] in ends[$0] = counts($0, low, high) }
    let total = ends.reduce(SIMD4<Int>()) { $0 &+ $1 }
    guard total[0] < middle, middle < total[0] + total[1] else { return nil }
    var next = SIMD4(0, total[0], total[0] + total[1], 0)
    for chunk in ends.indices { (ends[chunk], next) = (next, next &+ ends[chunk]) }
    parallelFor(ends.count, threads: threads) { [self] in scatter($0, low, high) }
    let between = total[0]..<total[0] + total[1]
    let keys = UnsafeMutablePointer<KeyedRow>.allocate(capacity: between.count)
    defer { keys.deallocate() }
    for (i, place) in between.enumerated() {
      keys[i] = KeyedRow(key: column[Int(parted[place])], row: parted[place])
    }
    selectRow(keys, 0, between.count, middle - between.lowerBound)
    for (i, place) in between.enumerated() { parted[place] = keys[i].row }
    parallelFor(ends.count, threads: threads) { [self] in
      let rows = rows($0)
      (order + rows.lowerBound).update(
        from: parted.baseAddress.unsafelyUnwrapped + rows.lowerBound, count: rows.count)
    }
    var below = keys[0].key
    for i in 0..<middle - between.lowerBound { below = max(below, keys[i].key) }
    return (below, keys[middle - between.lowerBound].key)
  }

  /// Two values of the column; of a sample of 1024 rows about 6 % lie between.
  private func pivots(around middle: Int) -> (low: Double, high: Double) {
    let size = 1024
    let sample = (0..<size).map { column[Int(order[$0 * count / size])] }.sorted()
    let wanted = middle * size / count
    return (sample[max(wanted - 32, 0)], sample[min(wanted + 32, size - 1)])
  }

  private func rows(_ chunk: Int) -> Range<Int> {
    chunk * Self.chunk..<min((chunk + 1) * Self.chunk, count)
  }

  /// How many rows of a chunk lie below the pivots, between them and above.
  private func counts(_ chunk: Int, _ low: Double, _ high: Double) -> SIMD4<Int> {
    let rows = rows(chunk)
    var (below, above) = (0, 0)
    for i in rows {
      let value = column[Int(order[i])]
      below &+= value < low ? 1 : 0
      above &+= value > high ? 1 : 0
    }
    return SIMD4(below, rows.count - below - above, above, 0)
  }

  private func scatter(_ chunk: Int, _ low: Double, _ high: Double) {
    withUnsafeTemporaryAllocation(of: Int.self, capacity: 3) { next in
      for part in 0..<3 { next[part] = ends[chunk][part] }
      for i in rows(chunk) {
        let row = order[i]
        let value = column[Int(row)]
        let part = (value < low ? 0 : 1) &+ (value > high ? 1 : 0)
        parted[next[part]] = row
        next[part] &+= 1
      }
    }
  }
}

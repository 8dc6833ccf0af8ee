// SPDX-License-Identifier: MIT

/// Where the pieces of ``BitSlices`` are built, one block and coordinate at a time.
///
/// Unchecked: each block and coordinate has its own part of the memory, and the memory is read
/// after all parts are filled.
final class SliceStorage: @unchecked Sendable {
  let sorted: UnsafeMutableBufferPointer<Double>
  let ranked: UnsafeMutableBufferPointer<UInt16>
  let heads: UnsafeMutableBufferPointer<Double>
  let bitmaps: UnsafeMutableBufferPointer<UInt64>

  init(numbers: Int, heads headCount: Int, words: Int) {
    sorted = .allocate(capacity: numbers)
    ranked = .allocate(capacity: numbers)
    heads = .allocate(capacity: headCount)
    bitmaps = .allocate(capacity: words)
    sorted.initialize(repeating: 0)
    ranked.initialize(repeating: 0)
    heads.initialize(repeating: 0)
    bitmaps.initialize(repeating: 0)
  }

  deinit {
    sorted.deallocate()
    ranked.deallocate()
    heads.deallocate()
    bitmaps.deallocate()
  }

  func fill(
    _ block: BitSlices.Block, coordinate c: Int, _ points: Columns, _ order: [Int32]?
  ) {
    let column = (0..<block.count).map {
      let position = block.start + $0
      return points.values[c * points.count + (order.map { Int($0[position]) } ?? position)]
    }
    let ordered = column.withUnsafeBufferPointer { RadixOrder($0) }
    let start = block.firstNumber + c * block.count
    let first = block.firstWord + c * (block.buckets + 1) * block.words
    for rank in 0..<block.count {
      let point = Int(ordered.rows[rank])
      sorted[start + rank] = ordered.values[rank]
      ranked[start + rank] = UInt16(truncatingIfNeeded: point)
      let row = first + ((rank >> block.shift) + 1) * block.words
      bitmaps[row + (point >> 6)] |= 1 << UInt64(point & 63)
    }
    // Each bitmap so far has its own bucket; add those below.
    for row in 1..<block.buckets + 1 {
      let at = first + row * block.words
      for word in at..<at + block.words { bitmaps[word] |= bitmaps[word - block.words] }
    }
    let head = block.firstHead + c * (block.buckets + 1)
    for bucket in 0..<block.buckets {
      heads[head + bucket] = sorted[start + (bucket << block.shift)]
    }
    heads[head + block.buckets] = sorted[start + block.count - 1]
  }
}

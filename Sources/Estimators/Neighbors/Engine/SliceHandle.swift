// SPDX-License-Identifier: MIT

import CKernels

/// The memory of ``BitSlices``, for as long as it is lent.
struct SliceHandle {
  let dimension: Int
  let blocks: UnsafeBufferPointer<BitSlices.Block>
  let points: UnsafePointer<Double>
  let sorted: UnsafePointer<Double>
  let ranked: UnsafePointer<UInt16>
  let heads: UnsafePointer<Double>
  let bitmaps: UnsafePointer<UInt64>

  /// Which points of a block are in the cube.
  enum Overlap {
    /// None of them; the bits are not written.
    case none
    /// Each of them; the bits are not written.
    case all
    /// Those whose bits are set.
    case some
  }

  /// Sets the bits of the points in the buckets that the cube of `radius` > 0 around `query`
  /// touches: all points closer than `radius` in every coordinate, and a few more.
  @inline(__always)
  func cover(
    _ block: BitSlices.Block, _ query: UnsafePointer<Double>, _ radius: Double,
    _ scratch: SliceScratch
  ) -> Overlap {
    let heads = heads + block.firstHead
    let pitch = block.buckets &+ 1
    mi_bucket_bounds(
      heads, Int64(block.buckets), Int64(pitch), query, radius, Int64(dimension), scratch.below,
      scratch.within)
    var pairs = 0
    for c in 0..<dimension {
      let below = Int(scratch.below[c])
      let within = Int(scratch.within[c])
      let last = heads[c &* pitch &+ block.buckets]
      // Every head is too far above, or even the last value is too far below.
      if within == 0 || !(query[c] - last < radius) { return .none }
      if below == 0 && last - query[c] < radius { continue }
      scratch.coordinate[pairs] = Int32(truncatingIfNeeded: c)
      let first = block.firstWord &+ c &* pitch &* block.words
      scratch.lowerRow[pairs] = Int64(first &+ max(below &- 1, 0) &* block.words)
      scratch.upperRow[pairs] = Int64(first &+ within &* block.words)
      pairs &+= 1
    }
    scratch.pairs.pointee = pairs
    if pairs == 0 { return .all }
    mi_intersect(
      scratch.bits, bitmaps, scratch.upperRow, scratch.lowerRow, Int64(pairs),
      Int64(block.words))
    return .some
  }

  /// Sets the bits of exactly the points closer than `radius` > 0 to `query` in every coordinate.
  @inline(__always)
  func intersect(
    _ block: BitSlices.Block, _ query: UnsafePointer<Double>, _ radius: Double,
    _ scratch: SliceScratch
  ) -> Overlap {
    let overlap = cover(block, query, radius, scratch)
    guard overlap == .some else { return overlap }
    for pair in 0..<scratch.pairs.pointee {
      let c = Int(scratch.coordinate[pair])
      let values = sorted + (block.firstNumber &+ c &* block.count)
      let ranked = ranked + (block.firstNumber &+ c &* block.count)
      let center = query[c]
      // The first bucket from its start, the last from its end, each up to the first point inside.
      var rank = max(Int(scratch.below[c]) &- 1, 0) &<< block.shift
      while rank < block.count, !(center - values[rank] < radius) {
        clear(ranked[rank], scratch.bits)
        rank &+= 1
      }
      rank = min(Int(scratch.within[c]) &<< block.shift, block.count) &- 1
      while rank >= 0, !(values[rank] - center < radius) {
        clear(ranked[rank], scratch.bits)
        rank &-= 1
      }
    }
    return .some
  }

  @inline(__always)
  private func clear(_ point: UInt16, _ bits: UnsafeMutablePointer<UInt64>) {
    bits[Int(point &>> 6)] &= ~(1 &<< (UInt64(point) & 63))
  }
}

/// Memory for one intersection at a time.
struct SliceScratch {
  /// A bit a point of the block.
  let bits: UnsafeMutablePointer<UInt64>
  /// By coordinate, the heads of buckets that are too far below, and those not too far above.
  let below: UnsafeMutablePointer<Int64>
  let within: UnsafeMutablePointer<Int64>
  /// How many coordinates cut the block, which, and between which bitmaps.
  let pairs: UnsafeMutablePointer<Int>
  let coordinate: UnsafeMutablePointer<Int32>
  let lowerRow: UnsafeMutablePointer<Int64>
  let upperRow: UnsafeMutablePointer<Int64>

  init(dimension: Int) {
    bits = .allocate(capacity: BitSlices.blockCapacity / 64)
    bits.initialize(repeating: 0, count: BitSlices.blockCapacity / 64)
    below = .allocate(capacity: dimension)
    within = .allocate(capacity: dimension)
    pairs = .allocate(capacity: 1)
    coordinate = .allocate(capacity: dimension)
    lowerRow = .allocate(capacity: dimension)
    upperRow = .allocate(capacity: dimension)
  }

  func deallocate() {
    bits.deallocate()
    below.deallocate()
    within.deallocate()
    pairs.deallocate()
    coordinate.deallocate()
    lowerRow.deallocate()
    upperRow.deallocate()
  }
}

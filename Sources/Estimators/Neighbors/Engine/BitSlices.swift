// SPDX-License-Identifier: MIT

import CKernels

/// Range search in many coordinates by bitmaps: the set of points in a cube, as bits.
///
/// The points are cut into blocks of up to 16,384. Within a block each coordinate is sorted and cut
/// into buckets of consecutive ranks; for each bucket there is a bitmap of the points below it. The points
/// between two buckets are then one bitmap and not the other, and a cube is the AND over
/// the coordinates: two memory reads for 256 points, where comparing numbers needs 64. The points
/// of the two buckets that the interval cuts are few; those outside are cleared one by one, so that
/// the bits are exact.
///
/// With 8 points of one coordinate and buckets of 2 ranks:
///
///     value    .3  .1  .9  .7  .2  .8  .4  .6     point 0 ... 7
///     rank      2   0   7   5   1   6   3   4
///     row 0    no bit                             below rank 0
///     row 1    1, 4                               below rank 2
///     row 2    0, 1, 4, 6                         below rank 4
///     row 3    0, 1, 3, 4, 6, 7                   below rank 6
///     row 4    all
///
/// Closer than .25 to .5 are ranks 2 ..< 6: row 3 and not row 1.
///
/// A block also knows its bounding box: one outside the cube is skipped, and a
/// coordinate in which the block lies inside the interval takes no part. So the points should come
/// in an order in which neighbors are close, such as that of a ``KDTree``.
///
/// Memory: 8 bytes a number for the points twice, 2 for the ranks, and a bit a bucket for the bitmaps: up to
/// 32 bytes; in all about 50 bytes for each point and coordinate.
package struct BitSlices: Sendable {
  /// The number of points n.
  package let count: Int
  /// The number of coordinates d.
  package let dimension: Int
  /// Point-major by row: coordinate c of a row at row * dimension + c.
  let points: [Double]
  let blocks: [Block]
  /// By block and coordinate, from ``Block/firstNumber`` on: the values in ascending order.
  let sorted: [Double]
  /// Beside ``sorted``: which point of the block has the rank.
  let ranked: [UInt16]
  /// By block and coordinate, from ``Block/firstHead`` on: the first value of each bucket, and the
  /// last value of all.
  let heads: [Double]
  /// By block, coordinate and row, from ``Block/firstWord`` on.
  let bitmaps: [UInt64]

  static let blockCapacity = 16_384

  /// A block of consecutive positions.
  struct Block: BitwiseCopyable {
    /// Its first position and its number of points.
    var start: Int
    var count: Int
    /// 64-bit words of a bitmap, a multiple of 16.
    var words: Int
    /// A bucket has 2^shift ranks; a coordinate has `buckets` + 1 bitmaps.
    var shift: Int
    var buckets: Int
    var firstNumber: Int
    var firstHead: Int
    var firstWord: Int
  }

  /// Slices `points`, put into blocks in the given order of rows, or as they are.
  package init(_ points: Columns, order: [Int32]? = nil, threads: Int = 1) {
    let (n, d) = (points.count, points.dimension)
    (count, dimension) = (n, d)
    self.points = [Double](unsafeUninitializedCapacity: n * d) { rows, initialized in
      points.values.withUnsafeBufferPointer { values in
        for c in 0..<d {
          for i in 0..<n { rows[i &* d &+ c] = values[c &* n &+ i] }
        }
      }
      initialized = n * d
    }
    let blockCount = (n + Self.blockCapacity - 1) / Self.blockCapacity
    var blocks: [Block] = []
    var (word, head) = (0, 0)
    for b in 0..<blockCount {
      let (start, end) = (b * n / blockCount, (b + 1) * n / blockCount)
      let shift = Self.bucketShift(blocks: blockCount)
      let block = Block(
        start: start, count: end - start, words: (end - start + 1023) / 1024 * 16, shift: shift,
        buckets: (end - start + (1 << shift) - 1) >> shift, firstNumber: start * d,
        firstHead: head, firstWord: word)
      blocks.append(block)
      head += d * (block.buckets + 1)
      word += d * (block.buckets + 1) * block.words
    }
    self.blocks = blocks
    let storage = SliceStorage(numbers: n * d, heads: head, words: word)
    parallelFor(blockCount * d, threads: threads) { [blocks] piece in
      let (block, c) = (blocks[piece / d], piece % d)
      storage.fill(block, coordinate: c, points, order)
    }
    (sorted, ranked) = (Array(storage.sorted), Array(storage.ranked))
    (heads, bitmaps) = (Array(storage.heads), Array(storage.bitmaps))
  }

  /// Buckets of 32 ranks where the bitmaps of a single block stay in the cache, else of 64: smaller
  /// buckets cost memory traffic, larger ones more points to clear one by one.
  private static func bucketShift(blocks: Int) -> Int { blocks == 1 ? 5 : 6 }

  /// Writes for each of the rows the number of points, itself included, closer than its radius.
  package func count(
    rows: Range<Int>, radii: UnsafePointer<Double>, into counts: UnsafeMutablePointer<Int32>
  ) {
    counts.update(repeating: 0, count: rows.count)
    let scratch = SliceScratch(dimension: dimension)
    defer { scratch.deallocate() }
    withHandle { slices in
      // Block by block, so that a block's bitmaps stay in the cache for all queries.
      for block in slices.blocks {
        for (q, row) in rows.enumerated() where radii[q] > 0 {
          let query = slices.points + row &* slices.dimension
          switch slices.intersect(block, query, radii[q], scratch) {
          case .none: break
          case .all: counts[q] &+= Int32(truncatingIfNeeded: block.count)
          case .some:
            counts[q] &+= Int32(
              truncatingIfNeeded: mi_count_bits(scratch.bits, Int64(block.words)))
          }
        }
      }
    }
  }

  /// Lends the memory.
  func withHandle(_ body: (SliceHandle) -> Void) {
    points.withUnsafeBufferPointer { points in
      sorted.withUnsafeBufferPointer { sorted in
        ranked.withUnsafeBufferPointer { ranked in
          heads.withUnsafeBufferPointer { heads in
            bitmaps.withUnsafeBufferPointer { bitmaps in
              blocks.withUnsafeBufferPointer { blocks in
                guard let points = points.baseAddress, let sorted = sorted.baseAddress,
                  let ranked = ranked.baseAddress, let heads = heads.baseAddress,
                  let bitmaps = bitmaps.baseAddress
                else { return }
                body(
                  SliceHandle(
                    dimension: dimension, blocks: blocks, points: points, sorted: sorted,
                    ranked: ranked, heads: heads, bitmaps: bitmaps))
              }
            }
          }
        }
      }
    }
  }
}

// SPDX-License-Identifier: MIT

import CKernels

/// The joint search where a tree no longer prunes: by bitmaps of x and of y in one order.
///
/// A query first measures a window of points that are near it in the order; the k-th distance
/// among them bounds the true one. The points within the bound are then one intersection of
/// bitmaps over all coordinates, a few hundred at most, and are measured exactly. As the
/// candidates come from the same comparisons `|a - b| < r` as the distances, none is missed.
package struct SliceSearch: Sendable {
  package let x: BitSlices
  package let y: BitSlices

  /// How many points a query measures for its bound.
  static let window = 128

  /// Slices points whose neighbors in memory are near one another.
  package init(x: Columns, y: Columns, threads: Int) {
    self.x = BitSlices(x, threads: threads)
    self.y = BitSlices(y, threads: threads)
  }

  /// As ``KDTreeSearch/radii(of:ks:algorithm:into:stride:nearest:)``.
  func radii(
    of rows: Range<Int>, ks: [Int], algorithm: KraskovAlgorithm,
    into radii: UnsafeMutablePointer<Double>, stride: Int,
    nearest: UnsafeMutablePointer<Double>
  ) {
    guard let largest = ks.last else { return }
    let storage = UnsafeMutablePointer<Double>.allocate(
      capacity: 3 * largest + 2 * Self.window)
    let count = x.count
    let scratchX = SliceScratch(dimension: x.dimension)
    let scratchY = SliceScratch(dimension: y.dimension)
    defer {
      storage.deallocate()
      scratchX.deallocate()
      scratchY.deallocate()
    }
    x.withHandle { x in
      y.withHandle { y in
        let pair = SlicePair(
          x: x, y: y, count: count, scratchX: scratchX, scratchY: scratchY,
          measuredX: storage + 3 * largest, measuredY: storage + 3 * largest + Self.window)
        for (q, row) in rows.enumerated() {
          let regions = RegionWriter(
            radii: radii + q, stride: stride, nearest: nearest + q, ks: ks)
          switch algorithm {
          case .square:
            var best = NearestDistances(k: largest, storage: storage)
            pair.search(row, &best)
            regions.write(best)
          case .rectangle:
            var best = NearestRectangles(k: largest, storage: storage)
            pair.search(row, &best)
            regions.write(best)
          }
        }
      }
    }
  }
}

/// The bitmaps of both sides, for as long as they are lent.
private struct SlicePair {
  let x: SliceHandle
  let y: SliceHandle
  let count: Int
  let scratchX: SliceScratch
  let scratchY: SliceScratch
  let measuredX: UnsafeMutablePointer<Double>
  let measuredY: UnsafeMutablePointer<Double>

  @inline(__always)
  func search<Best: NearestPoints>(_ row: Int, _ best: inout Best) {
    let queryX = x.points + row &* x.dimension
    let queryY = y.points + row &* y.dimension
    let start = max(0, min(row &- SliceSearch.window / 2, count &- SliceSearch.window))
    let window = start..<min(start &+ SliceSearch.window, count)
    mi_distances(
      x.points + start &* x.dimension, Int64(window.count), queryX, Int64(x.dimension), measuredX)
    mi_distances(
      y.points + start &* y.dimension, Int64(window.count), queryY, Int64(y.dimension), measuredY)
    for i in 0..<window.count where start &+ i != row {
      best.insert(max(measuredX[i], measuredY[i]), measuredX[i], measuredY[i])
    }
    for index in x.blocks.indices {
      let radius = best.openBound
      guard radius > 0 else { continue }
      let block = x.blocks[index]
      let inX = x.cover(block, queryX, radius, scratchX)
      if inX == .none { continue }
      let inY = y.cover(y.blocks[index], queryY, radius, scratchY)
      if inY == .none { continue }
      let bits = inX == .some ? scratchX.bits : scratchY.bits
      if inX == .some && inY == .some {
        if mi_and(bits, scratchY.bits, Int64(block.words)) == 0 { continue }
      } else if inX == .all && inY == .all {
        for other in block.start..<block.start &+ block.count where !window.contains(other) {
          measure(other, queryX, queryY, &best)
        }
        continue
      }
      for word in 0..<block.words {
        var left = bits[word]
        while left != 0 {
          let other = block.start &+ word &* 64 &+ left.trailingZeroBitCount
          left &= left &- 1
          // The window has been measured, and the point itself lies in it.
          if !window.contains(other) { measure(other, queryX, queryY, &best) }
        }
      }
    }
  }

  @inline(__always)
  private func measure<Best: NearestPoints>(
    _ row: Int, _ queryX: UnsafePointer<Double>, _ queryY: UnsafePointer<Double>,
    _ best: inout Best
  ) {
    let dx = mi_distance(x.points + row &* x.dimension, queryX, Int64(x.dimension))
    guard best.reaches(dx) else { return }
    let dy = mi_distance(y.points + row &* y.dimension, queryY, Int64(y.dimension))
    best.insert(max(dx, dy), dx, dy)
  }
}

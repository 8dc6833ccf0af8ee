// SPDX-License-Identifier: MIT

/// Where a search leaves what it found for one query: the open radii in which to count, for slot
/// s of the k's x at `2 s * stride` and y `stride` later, and the nearest distance.
struct RegionWriter {
  let radii: UnsafeMutablePointer<Double>
  let stride: Int
  let nearest: UnsafeMutablePointer<Double>
  let ks: [Int]

  @inline(__always)
  func write<Best: NearestPoints>(_ best: Best) {
    for (s, k) in ks.enumerated() {
      let sides = best.openSides(k)
      radii[2 &* s &* stride] = sides.x
      radii[(2 &* s &+ 1) &* stride] = sides.y
    }
    nearest.pointee = best.distance(1)
  }
}

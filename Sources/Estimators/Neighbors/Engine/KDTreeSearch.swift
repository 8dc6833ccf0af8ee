// SPDX-License-Identifier: MIT

import CKernels

/// The k nearest distances of a range of a tree's own points, for as long as the tree is lent.
///
/// A query starts in its own leaf, whose points give a bound at once, and climbs towards the root;
/// at each node it looks into the other child where the gap between the children is less than the
/// k-th distance so far. Under the max-norm the distance to a cell is the largest gap on the
/// way, so no per-coordinate state is kept.
struct KDTreeSearch {
  let dimensionX: Int
  let dimension: Int
  let count: Int
  let blocks: UnsafePointer<Double>
  let nodes: UnsafePointer<KDTree.Node>
  let leafParents: UnsafePointer<Int32>

  typealias Lanes = SIMD4<Double>

  /// Finds for the points at `positions` the region of each k and writes the open radii in which
  /// to count: for slot s of `ks` and query q, x at `(2 * s) * stride + q` and y `stride` later.
  ///
  /// `nearest` takes the nearest distance of each query.
  func radii(
    of positions: Range<Int>, ks: [Int], algorithm: KraskovAlgorithm,
    into radii: UnsafeMutablePointer<Double>, stride: Int,
    nearest: UnsafeMutablePointer<Double>, usesKernel: Bool = true
  ) {
    guard let largest = ks.last else { return }
    let storage = UnsafeMutablePointer<Double>.allocate(capacity: 3 * largest + dimension)
    let stack = UnsafeMutablePointer<Pending>.allocate(capacity: 128)
    defer {
      storage.deallocate()
      stack.deallocate()
    }
    if usesKernel && algorithm == .square && dimension <= MI_TREE_SEARCH_DIMENSION {
      squares(of: positions, ks: ks, into: radii, stride: stride, nearest: nearest)
      return
    }
    let query = storage + 3 * largest
    for (q, position) in positions.enumerated() {
      let leaf = position / KDTree.leafCapacity
      let slot = position % KDTree.leafCapacity
      for c in 0..<dimension {
        query[c] = blocks[(leaf &* dimension &+ c) &* KDTree.leafCapacity &+ slot]
      }
      let regions = RegionWriter(radii: radii + q, stride: stride, nearest: nearest + q, ks: ks)
      switch algorithm {
      case .square:
        var best = NearestDistances(k: largest, storage: storage)
        search(query, leaf, slot, stack, &best)
        regions.write(best)
      case .rectangle:
        var best = NearestRectangles(k: largest, storage: storage)
        search(query, leaf, slot, stack, &best)
        regions.write(best)
      }
    }
  }

  /// The first algorithm by the kernel.
  private func squares(
    of positions: Range<Int>, ks: [Int], into radii: UnsafeMutablePointer<Double>, stride: Int,
    nearest: UnsafeMutablePointer<Double>
  ) {
    guard let largest = ks.last else { return }
    let found = UnsafeMutablePointer<Double>.allocate(capacity: positions.count * largest)
    defer { found.deallocate() }
    mi_tree_nearest(
      blocks, nodes, leafParents, Int64(dimension), Int64(positions.lowerBound),
      Int64(positions.count), Int64(largest), found)
    for q in 0..<positions.count {
      for (s, k) in ks.enumerated() {
        let radius = found[q &* largest &+ k &- 1]
        radii[2 &* s &* stride &+ q] = radius
        radii[(2 &* s &+ 1) &* stride &+ q] = radius
      }
      nearest[q] = found[q &* largest]
    }
  }

  struct Pending: BitwiseCopyable {
    var reference: Int32
    var bound: Double
  }

  @inline(__always)
  private func search<Best: NearestPoints>(
    _ query: UnsafePointer<Double>, _ ownLeaf: Int, _ ownSlot: Int,
    _ stack: UnsafeMutablePointer<Pending>, _ best: inout Best
  ) {
    scan(ownLeaf, query, skipping: ownSlot, &best)
    var up = leafParents[ownLeaf]
    while up >= 0 {
      let node = nodes[Int(up &>> 1)]
      let here = query[Int(node.coordinate)]
      let isRight = up & 1 == 1
      let gap = isRight ? here - node.low_maximum : node.high_minimum - here
      if best.reaches(gap) {
        descend(isRight ? node.left : node.right, gap, query, stack, &best)
      }
      up = node.parent
    }
  }

  @inline(__always)
  private func descend<Best: NearestPoints>(
    _ start: Int32, _ bound: Double, _ query: UnsafePointer<Double>,
    _ stack: UnsafeMutablePointer<Pending>, _ best: inout Best
  ) {
    var depth = 1
    stack[0] = Pending(reference: start, bound: bound)
    while depth > 0 {
      depth &-= 1
      var (reference, bound) = (stack[depth].reference, stack[depth].bound)
      guard best.reaches(bound) else { continue }
      while reference >= 0 {
        let node = nodes[Int(reference)]
        let here = query[Int(node.coordinate)]
        let (left, right) = (here - node.low_maximum, node.high_minimum - here)
        let leftFirst = left < right
        let far = leftFirst ? right : left
        let farBound = far > bound ? far : bound
        if best.reaches(farBound) {
          stack[depth] = Pending(
            reference: leftFirst ? node.right : node.left, bound: farBound)
          depth &+= 1
        }
        let near = leftFirst ? left : right
        bound = near > bound ? near : bound
        reference = leftFirst ? node.left : node.right
      }
      if best.reaches(bound) { scan(Int(~reference), query, skipping: -1, &best) }
    }
  }

  @inline(__always)
  private func scan<Best: NearestPoints>(
    _ leaf: Int, _ query: UnsafePointer<Double>, skipping own: Int, _ best: inout Best
  ) {
    let block = blocks + leaf &* dimension &* KDTree.leafCapacity
    var slot = 0
    while slot < KDTree.leafCapacity {
      var x = Lanes(repeating: 0)
      var y = Lanes(repeating: 0)
      for c in 0..<dimensionX { x = larger(x, gap(block, c, slot, query)) }
      for c in dimensionX..<dimension { y = larger(y, gap(block, c, slot, query)) }
      let joint = larger(x, y)
      if any(best.admits(joint)) {
        for lane in 0..<4 where slot &+ lane != own {
          best.insert(joint[lane], x[lane], y[lane])
        }
      }
      slot &+= 4
    }
  }

  @inline(__always)
  private func gap(
    _ block: UnsafePointer<Double>, _ c: Int, _ slot: Int, _ query: UnsafePointer<Double>
  ) -> Lanes {
    let at = UnsafeRawPointer(block + (c &* KDTree.leafCapacity &+ slot))
    let difference = at.loadUnaligned(as: Lanes.self) - Lanes(repeating: query[c])
    let magnitude = unsafeBitCast(difference, to: SIMD4<UInt64>.self) & (UInt64.max &>> 1)
    return unsafeBitCast(magnitude, to: Lanes.self)
  }

  @inline(__always)
  private func larger(_ a: Lanes, _ b: Lanes) -> Lanes { a.replacing(with: b, where: b .> a) }
}

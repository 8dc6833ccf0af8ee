// SPDX-License-Identifier: MIT

import CKernels

/// Splits points at the median leaf of the widest coordinate until leaves remain.
///
/// Nodes are numbered in preorder: a subtree of m leaves has m - 1 nodes in a row, so that subtrees
/// can be built at the same time, each in its own part of the memory, and the tree does not depend
/// on the number of threads. A subtree of few points works on a copy of their coordinates, which
/// stays in the cache for all its levels.
///
/// Unchecked: a subtree writes only to its own nodes, leaves and positions.
final class KDTreeBuilder: @unchecked Sendable {
  private let order: UnsafeMutableBufferPointer<Int32>
  private let nodes: UnsafeMutableBufferPointer<KDTree.Node>
  private let leafParents: UnsafeMutableBufferPointer<Int32>
  private let blocks: UnsafeMutableBufferPointer<Double>
  private let dimension: Int
  private let coordinateMemory: LargeBuffer<Double>
  private let keyMemory: LargeBuffer<KeyedRow>
  private var coordinates: UnsafeMutableBufferPointer<Double> { coordinateMemory.values }
  private var keys: UnsafeMutableBufferPointer<KeyedRow> { keyMemory.values }

  /// A subtree to build: its leaves, its first node, its parent as in ``KDTree/Node``.
  private struct Subtree: Sendable {
    var leaves: Range<Int>
    var node: Int
    var parent: Int32
    /// The cell between the splits above: the low ends by coordinate, then the high ends.
    var cell: [Double]
  }

  /// Points that are being ordered, as indices into columns of `pitch` numbers each.
  private struct Points {
    var coordinates: UnsafePointer<Double>
    var pitch: Int
    /// The indices, and room for as many keys; the first belongs to the point at `start`.
    var order: UnsafeMutablePointer<Int32>
    var keys: UnsafeMutablePointer<KeyedRow>
    var start: Int
  }

  /// A subtree of at most as many points copies them.
  private static let copiedPoints = 4096

  /// Builds into `memory`, which must outlive the builder.
  init(_ sides: [Columns], _ memory: KDTreeMemory, threads: Int) {
    (order, nodes, leafParents, blocks) = (
      memory.order, memory.nodes, memory.leafParents, memory.blocks
    )
    let count = sides[0].count
    dimension = sides.reduce(0) { $0 + $1.dimension }
    coordinateMemory = LargeBuffer(Double.self, capacity: count * dimension)
    keyMemory = LargeBuffer(KeyedRow.self, capacity: count)
    parallelFor(sides.count, threads: threads) { [self] side in
      let first = sides[..<side].reduce(0) { $0 + $1.values.count }
      _ = self.coordinates[first...].initialize(fromContentsOf: sides[side].values)
      if side == sides.count - 1 {
        for i in 0..<count { order[i] = Int32(truncatingIfNeeded: i) }
      }
    }
  }

  /// Builds all of the tree; returns false where the caller cancelled.
  func build(
    threads: Int, progress: @escaping @Sendable (Double) -> Void,
    isCancelled: @escaping @Sendable () -> Bool
  ) -> Bool {
    let count = order.count
    let ends = parallelMap(dimension, threads: threads) { [self] c in
      var (low, high) = (Double.infinity, -Double.infinity)
      for i in c * count..<(c + 1) * count {
        low = coordinates[i] < low ? coordinates[i] : low
        high = coordinates[i] > high ? coordinates[i] : high
      }
      return (low: low, high: high)
    }
    var pending = [
      Subtree(
        leaves: 0..<leafParents.count, node: 0, parent: -1,
        cell: ends.map(\.low) + ends.map(\.high))
    ]
    while pending.count < pieces(threads), pending.allSatisfy({ $0.leaves.count > 64 }) {
      if isCancelled() { return false }
      pending =
        pending.count < threads
        ? pending.flatMap { split($0, threads: threads) }
        : parallelMap(pending.count, threads: threads) { [pending] in self.split(pending[$0]) }
          .flatMap { $0 }
    }
    let state = ChunkProgress(
      chunks: pending.count, progress: progress, isCancelled: isCancelled)
    parallelFor(pending.count, threads: threads) { [pending] in
      guard state.mayStart() else { return }
      self.build(pending[$0])
      state.finishedOne()
    }
    return !state.wasCancelled
  }

  /// Enough subtrees for the threads, and each is built in less than a second, the time in which a
  /// caller may want to cancel.
  private func pieces(_ threads: Int) -> Int {
    max(threads, order.count * dimension / 2_000_000)
  }

  private func build(_ subtree: Subtree) {
    let leaves = subtree.leaves
    let capacity = KDTree.leafCapacity
    if leaves.count * capacity > Self.copiedPoints {
      for child in split(subtree) { build(child) }
      return
    }
    let start = leaves.lowerBound * capacity
    let count = min(leaves.upperBound * capacity, order.count) - start
    let copy = UnsafeMutablePointer<Double>.allocate(capacity: count * dimension)
    let local = UnsafeMutablePointer<Int32>.allocate(capacity: 2 * count)
    var cell = subtree.cell
    for c in 0..<dimension {
      for i in 0..<count {
        copy[c &* count &+ i] = coordinates[c &* order.count &+ Int(order[start &+ i])]
      }
    }
    let rows = local + count
    for i in 0..<count {
      local[i] = Int32(truncatingIfNeeded: i)
      rows[i] = order[start &+ i]
    }
    guard let keys = keys.baseAddress else { return }
    let points = Points(
      coordinates: copy, pitch: count, order: local, keys: keys + start, start: start)
    cell.withUnsafeMutableBufferPointer {
      order(points, leaves, subtree.node, subtree.parent, $0)
    }
    for i in 0..<count { order[start &+ i] = rows[Int(local[i])] }
    copy.deallocate()
    local.deallocate()
  }

  /// Builds the subtree of copied points, down to the leaves' blocks.
  private func order(
    _ points: Points, _ leaves: Range<Int>, _ node: Int, _ parent: Int32,
    _ cell: UnsafeMutableBufferPointer<Double>
  ) {
    if leaves.count == 1 {
      fill(leaves.lowerBound, parent, points)
      return
    }
    let made = split(points, leaves, node, parent, cell)
    let (low, high) = (cell[made.coordinate], cell[dimension + made.coordinate])
    cell[dimension + made.coordinate] = made.lowMaximum
    order(points, leaves.lowerBound..<made.leaf, node + 1, Int32(2 * node), cell)
    cell[dimension + made.coordinate] = high
    cell[made.coordinate] = made.highMinimum
    order(
      points, made.leaf..<leaves.upperBound, node + (made.leaf - leaves.lowerBound),
      Int32(2 * node + 1), cell)
    cell[made.coordinate] = low
  }

  private func fill(_ leaf: Int, _ parent: Int32, _ points: Points) {
    leafParents[leaf] = parent
    let capacity = KDTree.leafCapacity
    let first = leaf &* capacity &- points.start
    let filled = min(capacity, order.count &- leaf &* capacity)
    for c in 0..<dimension {
      let target = (leaf &* dimension &+ c) &* capacity
      for slot in 0..<filled {
        blocks[target &+ slot] =
          points.coordinates[c &* points.pitch &+ Int(points.order[first &+ slot])]
      }
      for slot in filled..<capacity { blocks[target &+ slot] = .infinity }
    }
  }

  /// Makes the subtree's node and parts its points between the two children.
  private func split(_ subtree: Subtree, threads: Int = 1) -> [Subtree] {
    guard let coordinates = coordinates.baseAddress, let order = order.baseAddress,
      let keys = keys.baseAddress
    else { return [] }
    let points = Points(
      coordinates: coordinates, pitch: self.order.count, order: order, keys: keys, start: 0)
    var (left, right) = (subtree, subtree)
    let made = left.cell.withUnsafeMutableBufferPointer {
      split(points, subtree.leaves, subtree.node, subtree.parent, $0, threads: threads)
    }
    left.leaves = subtree.leaves.lowerBound..<made.leaf
    left.node = subtree.node + 1
    left.parent = Int32(2 * subtree.node)
    left.cell[dimension + made.coordinate] = made.lowMaximum
    right.leaves = made.leaf..<subtree.leaves.upperBound
    right.node = subtree.node + left.leaves.count
    right.parent = Int32(2 * subtree.node + 1)
    right.cell[made.coordinate] = made.highMinimum
    return [left, right]
  }

  private func split(
    _ points: Points, _ leaves: Range<Int>, _ node: Int, _ parent: Int32,
    _ cell: UnsafeMutableBufferPointer<Double>, threads: Int = 1
  ) -> (leaf: Int, coordinate: Int, lowMaximum: Double, highMinimum: Double) {
    let capacity = KDTree.leafCapacity
    let leaf = leaves.lowerBound + leaves.count / 2
    let start = leaves.lowerBound * capacity - points.start
    let end = min(leaves.upperBound * capacity, order.count) - points.start
    let middle = leaf * capacity - points.start
    var widest = 0
    for c in 1..<max(dimension, 1)
    where cell[dimension + c] - cell[c] > cell[dimension + widest] - cell[widest] {
      widest = c
    }
    let column = points.coordinates + widest &* points.pitch
    let (low, high) = part(points, column, start..<end, at: middle, threads: threads)
    nodes[node] = KDTree.Node(
      low_maximum: low, high_minimum: high, coordinate: Int32(widest),
      left: leaf - leaves.lowerBound == 1 ? ~Int32(leaves.lowerBound) : Int32(node + 1),
      right: leaves.upperBound - leaf == 1
        ? ~Int32(leaf) : Int32(node + (leaf - leaves.lowerBound)),
      parent: parent)
    return (leaf, widest, low, high)
  }

  /// Orders the points around the one at `middle`; returns the largest value before it and its own.
  private func part(
    _ points: Points, _ column: UnsafePointer<Double>, _ range: Range<Int>, at middle: Int,
    threads: Int
  ) -> (low: Double, high: Double) {
    let (order, keys) = (points.order, points.keys)
    if threads > 1, range.count >= RowPartition.fewest,
      let made = RowPartition(column, order + range.lowerBound, count: range.count).part(
        at: middle - range.lowerBound, threads: threads)
    {
      return (made.below, made.middle)
    }
    for p in range { keys[p] = KeyedRow(key: column[Int(order[p])], row: order[p]) }
    selectRow(keys, range.lowerBound, range.upperBound, middle)
    var low = keys[range.lowerBound].key
    for p in range.lowerBound..<middle { low = keys[p].key > low ? keys[p].key : low }
    for p in range { order[p] = keys[p].row }
    return (low, keys[middle].key)
  }
}

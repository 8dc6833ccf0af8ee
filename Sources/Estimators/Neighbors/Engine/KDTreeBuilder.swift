// SPDX-License-Identifier: MIT

import CKernels

/// Splits points at the median leaf of the widest coordinate until leaves remain.
///
/// Nodes are numbered in preorder: a subtree of m leaves has m - 1 nodes in a row, so that subtrees
/// can be built at the same time, each in its own part of the memory, and the tree does not depend on the
/// number of threads.
///
/// Unchecked: a subtree writes only to its own nodes, leaves and positions.
final class KDTreeBuilder: @unchecked Sendable {
  /// The row at each position.
  let order: UnsafeMutableBufferPointer<Int32>
  let nodes: UnsafeMutableBufferPointer<KDTree.Node>
  let leafParents: UnsafeMutableBufferPointer<Int32>
  private let keys: UnsafeMutableBufferPointer<KeyedRow>
  private let columns: [Column]

  /// One coordinate of the points.
  typealias Column = (points: Columns, start: Int)

  private struct KeyedRow: BitwiseCopyable {
    var key: Double
    var row: Int32
  }

  /// A subtree to build: its leaves, its first node, its parent as in ``KDTree/Node``, and the cell
  /// between the splits above it.
  private struct Subtree: Sendable {
    var leaves: Range<Int>
    var node: Int
    var parent: Int32
    var lows: [Double]
    var highs: [Double]
  }

  init(columns: [Column], count: Int, leaves: Int) {
    self.columns = columns
    order = .allocate(capacity: count)
    for i in 0..<count { order[i] = Int32(truncatingIfNeeded: i) }
    nodes = .allocate(capacity: max(leaves - 1, 1))
    nodes.initialize(repeating: KDTree.Node())
    leafParents = .allocate(capacity: leaves)
    leafParents.initialize(repeating: -1)
    keys = .allocate(capacity: count)
    keys.initialize(repeating: KeyedRow(key: 0, row: 0))
  }

  deinit {
    order.deallocate()
    nodes.deallocate()
    leafParents.deallocate()
    keys.deallocate()
  }

  func build(threads: Int) {
    let ranges = columns.map { column in
      column.points.values.withUnsafeBufferPointer { values in
        var (low, high) = (Double.infinity, -Double.infinity)
        for value in values[column.start..<column.start + order.count] {
          low = value < low ? value : low
          high = value > high ? value : high
        }
        return (low, high)
      }
    }
    var pending = [
      Subtree(
        leaves: 0..<leafParents.count, node: 0, parent: -1, lows: ranges.map(\.0),
        highs: ranges.map(\.1))
    ]
    while pending.count < threads, pending.allSatisfy({ $0.leaves.count > 64 }) {
      pending = parallelMap(pending.count, threads: threads) { [pending] in
        self.split(pending[$0])
      }.flatMap { $0 }
    }
    parallelFor(pending.count, threads: threads) { [pending] in self.build(pending[$0]) }
  }

  private func build(_ subtree: Subtree) {
    if subtree.leaves.count == 1 {
      leafParents[subtree.leaves.lowerBound] = subtree.parent
      return
    }
    for child in split(subtree) { build(child) }
  }

  /// Makes the subtree's node and parts its points between the two children.
  private func split(_ subtree: Subtree) -> [Subtree] {
    let capacity = KDTree.leafCapacity
    let (first, last) = (subtree.leaves.lowerBound, subtree.leaves.upperBound)
    let middleLeaf = first + subtree.leaves.count / 2
    let (start, end) = (first * capacity, min(last * capacity, order.count))
    let middle = middleLeaf * capacity
    var widest = 0
    for c in columns.indices
    where subtree.highs[c] - subtree.lows[c] > subtree.highs[widest] - subtree.lows[widest] {
      widest = c
    }
    let column = columns[widest]
    column.points.values.withUnsafeBufferPointer { values in
      for p in start..<end {
        keys[p] = KeyedRow(key: values[column.start &+ Int(order[p])], row: order[p])
      }
    }
    select(start, end, middle)
    var low = keys[start].key
    for p in start..<middle { low = keys[p].key > low ? keys[p].key : low }
    for p in start..<end { order[p] = keys[p].row }

    let leftNode = subtree.node + 1
    let rightNode = subtree.node + (middleLeaf - first)
    nodes[subtree.node] = KDTree.Node(
      low_maximum: low, high_minimum: keys[middle].key, coordinate: Int32(widest),
      left: middleLeaf - first == 1 ? ~Int32(first) : Int32(leftNode),
      right: last - middleLeaf == 1 ? ~Int32(middleLeaf) : Int32(rightNode),
      parent: subtree.parent)
    var left = subtree
    left.leaves = first..<middleLeaf
    left.node = leftNode
    left.parent = Int32(2 * subtree.node)
    left.highs[widest] = low
    var right = subtree
    right.leaves = middleLeaf..<last
    right.node = rightNode
    right.parent = Int32(2 * subtree.node + 1)
    right.lows[widest] = keys[middle].key
    return [left, right]
  }

  /// Selection by partition: afterwards no key before `middle` exceeds the key there, none after is
  /// less.
  private func select(_ first: Int, _ last: Int, _ middle: Int) {
    var (start, end) = (first, last)
    while end - start > 1 {
      let pivot = pivot(start, end, middle)
      let border = partition(start, end) { $0 < pivot }
      if middle < border {
        end = border
      } else if border > start {
        start = border
      } else {
        // The pivot is the least: set aside all that equal it.
        let equal = partition(start, end) { $0 <= pivot }
        if middle < equal { return }
        start = equal
      }
    }
  }

  /// Moves the keys for which `holds` to the front and returns their end; without branches, for on
  /// random keys every other one would be mispredicted.
  @inline(__always)
  private func partition(_ start: Int, _ end: Int, _ holds: (Double) -> Bool) -> Int {
    let keys = keys
    var border = start
    for i in start..<end {
      let item = keys[i]
      keys[i] = keys[border]
      keys[border] = item
      border &+= holds(item.key) ? 1 : 0
    }
    return border
  }

  /// A key near the wanted one, a little beyond it as seen from the nearer end, so that the next
  /// partition leaves few (after Floyd and Rivest 1975, doi:10.1145/360680.360691).
  private func pivot(_ start: Int, _ end: Int, _ middle: Int) -> Double {
    let count = end - start
    if count < 64 {
      let (a, b, c) = (keys[start].key, keys[start + count / 2].key, keys[end - 1].key)
      return max(min(a, b), min(max(a, b), c))
    }
    let size = count < 1024 ? 15 : 63
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: size) { sample in
      for i in 0..<size {
        let key = keys[start + (2 * i + 1) * count / (2 * size)].key
        var place = i
        while place > 0, sample[place &- 1] > key {
          sample[place] = sample[place &- 1]
          place &-= 1
        }
        sample[place] = key
      }
      let wanted = (middle - start) * size / count
      let margin = size / 15
      return 2 * wanted < size ? sample[wanted + margin] : sample[max(wanted - margin, 0)]
    }
  }
}

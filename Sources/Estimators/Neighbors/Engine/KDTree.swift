// SPDX-License-Identifier: MIT

import CKernels

/// A k-d tree (Bentley 1975, doi:10.1145/361002.361007) over the joint points (x, y).
///
/// The points are reordered so that each leaf holds ``leafCapacity`` of them, the last leaf the
/// rest: position p lies in leaf p / leafCapacity at slot p % leafCapacity. A leaf is stored
/// coordinate by coordinate, so that one vector instruction reads one coordinate of several points.
///
/// With 3 points a leaf and 7 points in two dimensions:
///
///     order   4 1 6 | 0 3 5 | 2 . .              rows, by position
///     blocks  [x4 x1 x6  y4 y1 y6] [x0 x3 x5  y0 y3 y5] [x2 inf inf  y2 inf inf]
///     nodes   0: left = node 1, right = leaf 2;  1: left = leaf 0, right = leaf 1
///
/// An empty slot holds infinity, whose distance to any point is infinite.
package struct KDTree: Sendable {
  /// The number of points n.
  package let count: Int
  /// Coordinates of x; the first of the joint point.
  package let dimensionX: Int
  /// Coordinates of x and y.
  package let dimension: Int
  /// The row at each position.
  package private(set) var order: [Int32]
  /// The leaves' coordinates: leaf l, coordinate c, slot s at (l * dimension + c) * capacity + s.
  private(set) var blocks: [Double]
  private(set) var nodes: [Node]
  /// The parent of each leaf, as in ``Node/parent``.
  private(set) var leafParents: [Int32]

  /// How many points a leaf holds; a multiple of the vector width 4.
  package static let leafCapacity = 8

  /// An inner node; its fields are explained in CKernels.h.
  typealias Node = mi_node

  package var leafCount: Int { leafParents.count }

  /// Builds a tree over `points` of which the first `dimensionX` coordinates are x.
  package init(_ points: [Columns]) {
    count = points[0].count
    dimensionX = points[0].dimension
    dimension = points.reduce(0) { $0 + $1.dimension }
    let capacity = Self.leafCapacity
    let leaves = (count + capacity - 1) / capacity
    order = (0..<Int32(count)).map { $0 }
    nodes = []
    nodes.reserveCapacity(max(0, leaves - 1))
    leafParents = [Int32](repeating: -1, count: leaves)
    blocks = []
    let columns = points.flatMap { side in
      (0..<side.dimension).map { (side, $0 * side.count) }
    }
    var builder = KDTreeBuilder(columns: columns, count: count)
    builder.build(leaves: 0..<leaves, parent: -1, &order, &nodes, &leafParents)
    blocks = [Double](repeating: .infinity, count: leaves * dimension * capacity)
    for (c, (side, start)) in columns.enumerated() {
      for position in 0..<count {
        let at = (position / capacity * dimension + c) * capacity + position % capacity
        blocks[at] = side.values[start + Int(order[position])]
      }
    }
  }
}

extension KDTree {
  /// Lends the tree's memory for searches.
  func withSearch<Result>(_ body: (KDTreeSearch) -> Result) -> Result? {
    blocks.withUnsafeBufferPointer { blocks in
      nodes.withUnsafeBufferPointer { nodes in
        leafParents.withUnsafeBufferPointer { parents in
          guard let blocks = blocks.baseAddress, let parents = parents.baseAddress else {
            return nil
          }
          // A tree of one leaf has no nodes and its leaf no parent: the pointer is not read.
          let root = nodes.baseAddress ?? UnsafePointer(bitPattern: MemoryLayout<Node>.alignment)
          guard let root else { return nil }
          return body(
            KDTreeSearch(
              dimensionX: dimensionX, dimension: dimension, count: count, blocks: blocks,
              nodes: root, leafParents: parents))
        }
      }
    }
  }
}

/// Splits the points at the median leaf of the widest coordinate, until leaves remain.
private struct KDTreeBuilder {
  let columns: [(Columns, Int)]
  var keys: [KeyedRow]
  /// The cell at hand.
  var lows: [Double]
  var highs: [Double]

  struct KeyedRow: BitwiseCopyable {
    var key: Double
    var row: Int32
  }

  init(columns: [(Columns, Int)], count: Int) {
    self.columns = columns
    lows = columns.map { column, start in
      column.values[start..<start + count].reduce(.infinity) { $1 < $0 ? $1 : $0 }
    }
    highs = columns.map { column, start in
      column.values[start..<start + count].reduce(-.infinity) { $1 > $0 ? $1 : $0 }
    }
    keys = [KeyedRow](repeating: KeyedRow(key: 0, row: 0), count: count)
  }

  /// Orders the points of `leaves` and returns the reference of their subtree.
  @discardableResult
  mutating func build(
    leaves: Range<Int>, parent: Int32, _ order: inout [Int32], _ nodes: inout [KDTree.Node],
    _ leafParents: inout [Int32]
  ) -> Int32 {
    if leaves.count == 1 {
      leafParents[leaves.lowerBound] = parent
      return ~Int32(leaves.lowerBound)
    }
    let capacity = KDTree.leafCapacity
    let middleLeaf = leaves.lowerBound + leaves.count / 2
    let start = leaves.lowerBound * capacity
    let end = min(leaves.upperBound * capacity, order.count)
    let middle = middleLeaf * capacity
    let coordinate = widestCoordinate()
    let (column, offset) = columns[coordinate]
    column.values.withUnsafeBufferPointer { values in
      for p in start..<end {
        keys[p] = KeyedRow(key: values[offset + Int(order[p])], row: order[p])
      }
    }
    var node = KDTree.Node()
    node.coordinate = Int32(coordinate)
    node.parent = parent
    keys.withUnsafeMutableBufferPointer { keys in
      Self.select(keys, start, end, middle)
      node.high_minimum = keys[middle].key
      var low = keys[start].key
      for p in start..<middle { low = keys[p].key > low ? keys[p].key : low }
      node.low_maximum = low
      for p in start..<end { order[p] = keys[p].row }
    }
    let index = nodes.count
    nodes.append(node)
    let (low, high) = (lows[coordinate], highs[coordinate])
    highs[coordinate] = node.low_maximum
    nodes[index].left = build(
      leaves: leaves.lowerBound..<middleLeaf, parent: Int32(2 * index), &order, &nodes,
      &leafParents)
    highs[coordinate] = high
    lows[coordinate] = node.high_minimum
    nodes[index].right = build(
      leaves: middleLeaf..<leaves.upperBound, parent: Int32(2 * index + 1), &order, &nodes,
      &leafParents)
    lows[coordinate] = low
    return Int32(index)
  }

  /// The coordinate in which the cell, between the splits above it, is widest.
  private func widestCoordinate() -> Int {
    var widest = 0
    for c in 1..<max(1, lows.count) where highs[c] - lows[c] > highs[widest] - lows[widest] {
      widest = c
    }
    return widest
  }

  /// Selection by partition: afterwards no key before `middle` exceeds the key there, none after is
  /// less.
  private static func select(
    _ keys: UnsafeMutableBufferPointer<KeyedRow>, _ first: Int, _ last: Int, _ middle: Int
  ) {
    var (start, end) = (first, last)
    while end - start > 1 {
      let pivot = pivot(keys, start, end, middle)
      let border = partition(keys, start, end) { $0 < pivot }
      if middle < border {
        end = border
      } else if border > start {
        start = border
      } else {
        // The pivot is the least: set aside all that equal it.
        let equal = partition(keys, start, end) { $0 <= pivot }
        if middle < equal { return }
        start = equal
      }
    }
  }

  /// Moves the keys for which `holds` to the front and returns their end; without branches, for on
  /// random keys every other one would be mispredicted.
  @inline(__always)
  private static func partition(
    _ keys: UnsafeMutableBufferPointer<KeyedRow>, _ start: Int, _ end: Int,
    _ holds: (Double) -> Bool
  ) -> Int {
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
  private static func pivot(
    _ keys: UnsafeMutableBufferPointer<KeyedRow>, _ start: Int, _ end: Int, _ middle: Int
  ) -> Double {
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

// SPDX-License-Identifier: MIT

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

  /// An inner node.
  struct Node: BitwiseCopyable {
    /// The largest coordinate on the left, the smallest on the right: the gap between is empty.
    var lowMaximum = 0.0
    var highMinimum = 0.0
    /// The coordinate that is split.
    var coordinate: Int32 = 0
    /// Children: a node's index, or ~leaf.
    var left: Int32 = 0
    var right: Int32 = 0
    /// 2 * node + (1 where this is a right child); -1 at the root.
    var parent: Int32 = -1
  }

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

  struct KeyedRow: BitwiseCopyable {
    var key: Double
    var row: Int32
  }

  init(columns: [(Columns, Int)], count: Int) {
    self.columns = columns
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
    let coordinate = widestCoordinate(order, start, end)
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
      node.highMinimum = keys[middle].key
      node.lowMaximum = keys[start].key
      for p in start..<middle where keys[p].key > node.lowMaximum {
        node.lowMaximum = keys[p].key
      }
      for p in start..<end { order[p] = keys[p].row }
    }
    let index = nodes.count
    nodes.append(node)
    nodes[index].left = build(
      leaves: leaves.lowerBound..<middleLeaf, parent: Int32(2 * index), &order, &nodes,
      &leafParents)
    nodes[index].right = build(
      leaves: middleLeaf..<leaves.upperBound, parent: Int32(2 * index + 1), &order, &nodes,
      &leafParents)
    return Int32(index)
  }

  private func widestCoordinate(_ order: [Int32], _ start: Int, _ end: Int) -> Int {
    var widest = 0
    var width = -1.0
    for (c, (column, offset)) in columns.enumerated() {
      column.values.withUnsafeBufferPointer { values in
        var low = Double.infinity
        var high = -Double.infinity
        for p in start..<end {
          let value = values[offset + Int(order[p])]
          low = value < low ? value : low
          high = value > high ? value : high
        }
        if high - low > width { (widest, width) = (c, high - low) }
      }
    }
    return widest
  }

  /// Hoare's selection: afterwards no key before `middle` exceeds the key there, none after is less.
  private static func select(
    _ keys: UnsafeMutableBufferPointer<KeyedRow>, _ start: Int, _ end: Int, _ middle: Int
  ) {
    var low = start
    var high = end - 1
    while low < high {
      let pivot = medianOfThree(
        keys[low].key, keys[low + (high - low) / 2].key, keys[high].key)
      var i = low
      var j = high
      while i <= j {
        while keys[i].key < pivot { i &+= 1 }
        while keys[j].key > pivot { j &-= 1 }
        if i <= j {
          keys.swapAt(i, j)
          i &+= 1
          j &-= 1
        }
      }
      if middle <= j {
        high = j
      } else if middle >= i {
        low = i
      } else {
        return
      }
    }
  }

  private static func medianOfThree(_ a: Double, _ b: Double, _ c: Double) -> Double {
    max(min(a, b), min(max(a, b), c))
  }
}

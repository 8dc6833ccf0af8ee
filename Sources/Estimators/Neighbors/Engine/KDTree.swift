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
  package let order: [Int32]
  /// The leaves' coordinates: leaf l, coordinate c, slot s at (l * dimension + c) * capacity + s.
  let blocks: [Double]
  let nodes: [Node]
  /// The parent of each leaf, as in ``Node/parent``.
  let leafParents: [Int32]

  /// How many points a leaf holds; a multiple of the vector width 4.
  package static let leafCapacity = 8

  /// An inner node; its fields are explained in CKernels.h.
  typealias Node = mi_node

  package var leafCount: Int { leafParents.count }

  /// Builds a tree over the joint points of the sides; the first side is x.
  package init(_ sides: [Columns], threads: Int = 1) {
    count = sides[0].count
    dimensionX = sides[0].dimension
    dimension = sides.reduce(0) { $0 + $1.dimension }
    let builder = KDTreeBuilder(sides)
    builder.build(threads: threads)
    order = Array(builder.order)
    nodes = Array(builder.nodes)
    leafParents = Array(builder.leafParents)
    blocks = Array(builder.blocks)
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

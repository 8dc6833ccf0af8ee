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
  /// False where the caller cancelled: then the tree may not be searched.
  let isComplete: Bool
  private let memory: KDTreeMemory

  /// How many points a leaf holds; a multiple of the vector width 4.
  package static let leafCapacity = 8

  /// An inner node; its fields are explained in CKernels.h.
  typealias Node = mi_node

  package var leafCount: Int { memory.leafParents.count }

  /// Builds a tree over the joint points of the sides; the first side is x.
  package init(
    _ sides: [Columns], threads: Int = 1, progress: @escaping @Sendable (Double) -> Void = { _ in },
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    count = sides[0].count
    dimensionX = sides[0].dimension
    dimension = sides.reduce(0) { $0 + $1.dimension }
    memory = KDTreeMemory(count: count, dimension: dimension)
    isComplete = KDTreeBuilder(sides, memory, threads: threads).build(
      threads: threads, progress: progress, isCancelled: isCancelled)
    order = Array(memory.order)
  }
}

extension KDTree {
  /// Lends the tree's memory for searches; nil where the tree has no points.
  func withSearch<Result>(_ body: (KDTreeSearch) -> Result) -> Result? {
    withExtendedLifetime(memory) {
      guard let blocks = memory.blocks.baseAddress, let parents = memory.leafParents.baseAddress,
        let nodes = memory.nodes.baseAddress
      else { return nil }
      return body(
        KDTreeSearch(
          dimensionX: dimensionX, dimension: dimension, count: count, blocks: blocks,
          nodes: nodes, leafParents: parents))
    }
  }
}

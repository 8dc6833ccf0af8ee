// SPDX-License-Identifier: MIT

/// The memory of a ``KDTree``: filled by ``KDTreeBuilder``, read ever after.
///
/// Unchecked: while the tree is built each subtree has its own part of the memory.
final class KDTreeMemory: @unchecked Sendable {
  /// The row at each position.
  let order: UnsafeMutableBufferPointer<Int32>
  let nodes: UnsafeMutableBufferPointer<KDTree.Node>
  /// The parent of each leaf, as in ``KDTree/Node``.
  let leafParents: UnsafeMutableBufferPointer<Int32>
  /// The leaves' coordinates: leaf l, coordinate c, slot s at (l * dimension + c) * capacity + s.
  let blocks: UnsafeMutableBufferPointer<Double>

  init(count: Int, dimension: Int) {
    let leaves = (count + KDTree.leafCapacity - 1) / KDTree.leafCapacity
    order = .allocate(capacity: count)
    nodes = .allocate(capacity: max(leaves - 1, 0))
    leafParents = .allocate(capacity: leaves)
    leafParents.initialize(repeating: -1)
    blocks = .allocate(capacity: leaves * dimension * KDTree.leafCapacity)
  }

  deinit {
    order.deallocate()
    nodes.deallocate()
    leafParents.deallocate()
    blocks.deallocate()
  }
}

// SPDX-License-Identifier: MIT

/// The memory of a ``KDTree``: filled by ``KDTreeBuilder``, read ever after.
///
/// Unchecked: while the tree is built each subtree has its own part of the memory.
final class KDTreeMemory: @unchecked Sendable {
  /// The row at each position.
  var order: UnsafeMutableBufferPointer<Int32> { orderMemory.values }
  var nodes: UnsafeMutableBufferPointer<KDTree.Node> { nodeMemory.values }
  /// The parent of each leaf, as in ``KDTree/Node``.
  let leafParents: UnsafeMutableBufferPointer<Int32>
  /// The leaves' coordinates: leaf l, coordinate c, slot s at (l * dimension + c) * capacity + s.
  var blocks: UnsafeMutableBufferPointer<Double> { blockMemory.values }

  private let orderMemory: LargeBuffer<Int32>
  private let nodeMemory: LargeBuffer<KDTree.Node>
  private let blockMemory: LargeBuffer<Double>

  init(count: Int, dimension: Int) {
    let leaves = (count + KDTree.leafCapacity - 1) / KDTree.leafCapacity
    orderMemory = LargeBuffer(Int32.self, capacity: count)
    nodeMemory = LargeBuffer(KDTree.Node.self, capacity: max(leaves - 1, 0))
    leafParents = .allocate(capacity: leaves)
    leafParents.initialize(repeating: -1)
    blockMemory = LargeBuffer(
      Double.self, capacity: leaves * dimension * KDTree.leafCapacity)
  }

  deinit {
    leafParents.deallocate()
  }
}

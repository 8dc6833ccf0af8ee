// SPDX-License-Identifier: MIT

/// Finds each point's region in the joint space, by one of two ways.
enum JointSearch: Sendable {
  case tree(KDTree)
  case slices(SliceSearch)

  /// Takes points in the order of `tree`, their tree.
  init(_ tree: KDTree, x: Columns, y: Columns, threads: Int) {
    if Self.prefersSlices(count: x.count, dimension: x.dimension + y.dimension) {
      self = .slices(SliceSearch(x: x, y: y, threads: threads))
    } else {
      self = .tree(tree)
    }
  }

  /// Whether bitmaps beat the tree for n points of d coordinates in all.
  static func prefersSlices(count: Int, dimension: Int) -> Bool {
    dimension >= slicesFrom
  }
  nonisolated(unsafe) static var slicesFrom = 12

  /// The counters of x and y that the search has anyway.
  var counters: [MarginalCounter]? {
    switch self {
    case .tree: nil
    case .slices(let slices): [.slices(slices.x), .slices(slices.y)]
    }
  }

  /// Writes the regions of the points at the given positions; see ``RegionWriter``.
  func radii(
    of positions: Range<Int>, ks: [Int], algorithm: KraskovAlgorithm,
    into radii: UnsafeMutablePointer<Double>, stride: Int,
    nearest: UnsafeMutablePointer<Double>
  ) {
    switch self {
    case .tree(let tree):
      tree.withSearch {
        $0.radii(
          of: positions, ks: ks, algorithm: algorithm, into: radii, stride: stride,
          nearest: nearest)
      }
    case .slices(let slices):
      slices.radii(
        of: positions, ks: ks, algorithm: algorithm, into: radii, stride: stride,
        nearest: nearest)
    }
  }
}

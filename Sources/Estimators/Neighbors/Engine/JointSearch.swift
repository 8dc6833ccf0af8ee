// SPDX-License-Identifier: MIT

/// A way to search in the joint space.
package enum JointMethod: Sendable, Hashable, CaseIterable {
  /// A ``KDTree``, by the kernel where there is one.
  case tree
  /// A ``KDTree`` without kernels; their twin.
  case portableTree
  /// ``SliceSearch``.
  case bitmaps

  /// The fastest for n points of d coordinates in all, as measured: bitmaps from 8 coordinates on
  /// between 2,000 and 20,000 points, where their bitmaps stay in the cache, else from 12 on.
  package static func fastest(count: Int, dimension: Int) -> JointMethod {
    dimension >= ((2_000...20_000).contains(count) ? 8 : 12) ? .bitmaps : .tree
  }
}

/// Finds each point's region in the joint space.
enum JointSearch: Sendable {
  case tree(KDTree, usesKernel: Bool)
  case slices(SliceSearch)

  /// Takes points in the order of `tree`, their tree.
  init(_ method: JointMethod, _ tree: KDTree, x: Columns, y: Columns, threads: Int) {
    switch method {
    case .tree: self = .tree(tree, usesKernel: true)
    case .portableTree: self = .tree(tree, usesKernel: false)
    case .bitmaps: self = .slices(SliceSearch(x: x, y: y, threads: threads))
    }
  }

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
    case .tree(let tree, let usesKernel):
      tree.withSearch {
        $0.radii(
          of: positions, ks: ks, algorithm: algorithm, into: radii, stride: stride,
          nearest: nearest, usesKernel: usesKernel)
      }
    case .slices(let slices):
      slices.radii(
        of: positions, ks: ks, algorithm: algorithm, into: radii, stride: stride,
        nearest: nearest)
    }
  }
}

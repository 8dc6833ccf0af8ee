// SPDX-License-Identifier: MIT

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Where the class means of a ``GaussianMixtureTruth`` stand before scaling: neighbors at distance 1.
///
/// On a line for q = 1; for q = 2 the points of the hexagonal lattice, the densest packing of the
/// plane, that lie nearest to a center. Three classes make an equilateral triangle, seven a hexagon
/// and its middle.
struct ClassMeans {
  /// The number of dimensions that the means span: 1 or 2.
  let q: Int
  /// The q coordinates of each mean, with their weighted center at 0.
  let points: [[Double]]

  /// The means of `weights.count` classes, seen in at most `dimension` dimensions.
  init(weights: [Double], dimension: Int) {
    let count = weights.count
    q = max(1, min(dimension, count - 1, 2))
    let raw = q == 1 ? (0..<count).map { [Double($0)] } : hexagonalPatch(count)
    let center = (0..<q).map { axis in
      zip(raw, weights).reduce(0.0) { $0 + $1.0[axis] * $1.1 }
    }
    points = raw.map { point in zip(point, center).map { $0 - $1 } }
  }
}

/// The `count` points of a hexagonal lattice nearest to a center, for that one of the three kinds
/// of center (a point, the middle of an edge, of a triangle) which gives the tightest patch.
private func hexagonalPatch(_ count: Int) -> [[Double]] {
  let height = 3.0.squareRoot() / 2
  let reach = Int(Double(count).squareRoot()) + 3
  var best: (spread: Double, points: [[Double]]) = (.infinity, [])
  for center in [[0.0, 0.0], [0.5, 0.0], [0.5, height / 3]] {
    var candidates: [(distance: Double, angle: Double, point: [Double])] = []
    for row in -reach...reach {
      for column in -2 * reach...2 * reach {
        let x = Double(column) + (row.isMultiple(of: 2) ? 0 : 0.5) - center[0]
        let y = Double(row) * height - center[1]
        // Rounded, so that ties in exact arithmetic are ties here and the angle decides.
        let distance = ((x * x + y * y) * 1e9).rounded()
        candidates.append((distance, (atan2(y, x) * 1e9).rounded(), [x, y]))
      }
    }
    candidates.sort { ($0.distance, $0.angle) < ($1.distance, $1.angle) }
    let patch = candidates.prefix(count)
    let spread = patch.reduce(0) { $0 + $1.distance }
    if spread < best.spread { best = (spread, patch.map(\.point)) }
  }
  return best.points
}

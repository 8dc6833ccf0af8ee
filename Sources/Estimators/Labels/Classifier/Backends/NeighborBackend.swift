// SPDX-License-Identifier: MIT

import Synchronization

/// The shares of the classes among the k nearest training rows (Euclidean, standardized columns),
/// together with one row's worth of the classes' overall shares.
///
/// - Complexity: O(rows x training rows x d), by matrix products.
struct NeighborBackend: ClassifierBackend {
  static let ks = [100, 50, 25, 12, 6, 3]

  var name: String { "knn" }

  func path(_ rows: LabeledRows) -> any ClassifierPath { NeighborPath(rows: rows) }
}

private struct NeighborPath: ClassifierPath {
  let settings = NeighborBackend.ks.map { "k \($0)" }
  let patience = 2
  let rows: LabeledRows
  private let search = NeighborSearch()

  func fit(_ setting: Int, from start: (any ClassifierModel)?) -> any ClassifierModel {
    NeighborModel(rows: rows, k: min(NeighborBackend.ks[setting], rows.count), search: search)
  }
}

/// The neighbors that were found last: all settings of a path ask for those of the same rows, each for
/// fewer than the one before.
private final class NeighborSearch: Sendable {
  private let found = Mutex<(x: Matrix, k: Int, neighbors: [[Int]])?>(nil)

  /// For each row of `x` its k nearest rows or more, the nearest first.
  func neighbors(of x: Matrix, k: Int, find: () -> [[Int]]) -> [[Int]] {
    let known = found.withLock { known in
      known.flatMap { $0.k >= k && $0.x.values == x.values ? $0.neighbors : nil }
    }
    if let known { return known }
    let neighbors = find()
    found.withLock { $0 = (x, k, neighbors) }
    return neighbors
  }
}

private struct NeighborModel: ClassifierModel {
  let rows: LabeledRows
  let k: Int
  let search: NeighborSearch
  var converged: Bool { true }

  func logits(_ x: Matrix) -> Matrix {
    let shares = rows.shares
    var result = Matrix(rows: x.rows, columns: rows.classCount)
    for (row, neighbors) in search.neighbors(of: x, k: k, find: { neighbors(x) }).enumerated() {
      var counts = [Double](repeating: 0, count: rows.classCount)
      for neighbor in neighbors.prefix(k) { counts[rows.classes[neighbor]] += 1 }
      for j in counts.indices {
        result[row, j] = naturalLogarithm((counts[j] + shares[j]) / Double(k + 1))
      }
    }
    return result
  }

  private func neighbors(_ x: Matrix) -> [[Int]] {
    let squares = (0..<rows.count).map { i in
      (0..<x.columns).reduce(0) { $0 + rows.x[i, $1] * rows.x[i, $1] }
    }
    let block = 256
    return stride(from: 0, to: x.rows, by: block).flatMap { start in
      let part = x.block(rows: start..<min(start + block, x.rows), columns: 0..<x.columns)
      let products = multiply(part, transposed: rows.x)
      return (0..<part.rows).map { nearest(products, $0, squares) }
    }
  }

  /// The k training rows nearest to row i; of equally near ones, the first.
  ///
  /// |a - b|^2 without |a|^2, which is the same for all b.
  private func nearest(_ products: Matrix, _ i: Int, _ squares: [Double]) -> [Int] {
    var found: [(distance: Double, row: Int)] = []
    for row in squares.indices {
      let distance = squares[row] - 2 * products[i, row]
      if found.count == k, distance >= found[k - 1].distance { continue }
      if found.count == k { found.removeLast() }
      var low = 0
      var high = found.count
      while low < high {
        let middle = (low + high) / 2
        if found[middle].distance <= distance { low = middle + 1 } else { high = middle }
      }
      found.insert((distance, row), at: low)
    }
    return found.map(\.row)
  }
}

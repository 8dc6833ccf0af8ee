// SPDX-License-Identifier: MIT

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

  func fit(_ setting: Int, from start: (any ClassifierModel)?) -> any ClassifierModel {
    NeighborModel(rows: rows, k: min(NeighborBackend.ks[setting], rows.count))
  }
}

private struct NeighborModel: ClassifierModel {
  let rows: LabeledRows
  let k: Int
  var converged: Bool { true }

  func logits(_ x: Matrix) -> Matrix {
    let shares = rows.shares
    let squares = (0..<rows.count).map { i in
      (0..<x.columns).reduce(0) { $0 + rows.x[i, $1] * rows.x[i, $1] }
    }
    var result = Matrix(rows: x.rows, columns: rows.classCount)
    let block = 256
    for start in stride(from: 0, to: x.rows, by: block) {
      let part = x.block(rows: start..<min(start + block, x.rows), columns: 0..<x.columns)
      let products = multiply(part, transposed: rows.x)
      for i in 0..<part.rows {
        var counts = [Double](repeating: 0, count: rows.classCount)
        for neighbor in nearest(products, i, squares) { counts[rows.classes[neighbor]] += 1 }
        for j in counts.indices {
          result[start + i, j] = naturalLogarithm((counts[j] + shares[j]) / Double(k + 1))
        }
      }
    }
    return result
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

// SPDX-License-Identifier: MIT

/// The numbers of the k rows nearest to each row in the max-norm, nearest first: k for each row.
///
/// Candidates are met in the order of their distance along the first column, to both sides, until that
/// alone exceeds the k-th distance: few in few columns, all in many. Of rows at the same distance those met
/// first are kept. O(n k) in one column, O(n^2 d) at worst.
///
/// - Parameters:
///   - points: the rows; more than k of them.
///   - k: how many, at least 1.
///   - queries: the rows to look around; nil: all.
///   - includesOwn: whether a row is its own first neighbor.
///   - window: rows at most this many rows away are no neighbors; 0 for the row itself alone.
///   - threads: how many may work at once.
/// - Returns: for each query k row numbers, -1 where the window leaves fewer.
package func nearestRows(
  _ points: Columns, k: Int, queries: [Int]? = nil, includesOwn: Bool, window: Int = 0,
  threads: Int = 1
) -> [Int32] {
  precondition(k >= 1 && points.count > k)
  let sweep = LineSweep(points, k: k, includesOwn: includesOwn, window: window)
  let rows = queries ?? Array(0..<points.count)
  let chunk = 256
  return parallelMap((rows.count + chunk - 1) / chunk, threads: threads) { piece in
    rows[piece * chunk..<min((piece + 1) * chunk, rows.count)].flatMap { sweep.nearest(to: $0) }
  }.flatMap(\.self)
}

/// The rows in the order of their first column.
private struct LineSweep: Sendable {
  private let points: Columns
  private let k: Int
  private let includesOwn: Bool
  private let window: Int
  private let order: [Int]
  private let placeOf: [Int]

  init(_ points: Columns, k: Int, includesOwn: Bool, window: Int) {
    self.points = points
    self.k = k
    self.includesOwn = includesOwn
    self.window = window
    order = sortedOrder(Array(points.values[0..<points.count]))
    var placeOf = [Int](repeating: 0, count: points.count)
    for (place, row) in order.enumerated() { placeOf[row] = place }
    self.placeOf = placeOf
  }

  func nearest(to row: Int) -> [Int32] {
    points.values.withUnsafeBufferPointer { values in
      var best = Best(k: k)
      if includesOwn { best.offer(Int32(row), 0) }
      var (left, right) = (placeOf[row] - 1, placeOf[row] + 1)
      while left >= 0 || right < order.count {
        let toLeft = left >= 0 ? values[row] - values[order[left]] : .infinity
        let toRight = right < order.count ? values[order[right]] - values[row] : .infinity
        guard min(toLeft, toRight) < best.worst else { break }
        let other = toLeft <= toRight ? order[left] : order[right]
        if toLeft <= toRight { left -= 1 } else { right += 1 }
        guard abs(other - row) > window else { continue }
        best.offer(Int32(other), distance(values, row, other, below: best.worst))
      }
      return best.rows
    }
  }

  /// The max-norm, or any number from the bound on where it is not below it.
  private func distance(
    _ values: UnsafeBufferPointer<Double>, _ row: Int, _ other: Int, below bound: Double
  ) -> Double {
    let n = points.count
    var distance = 0.0
    for column in 0..<points.dimension {
      let gap = abs(values[column * n + other] - values[column * n + row])
      if gap > distance { distance = gap }
      if distance >= bound { break }
    }
    return distance
  }
}

/// The k nearest rows so far.
private struct Best {
  private(set) var rows: [Int32]
  private var distances: [Double]

  init(k: Int) {
    rows = [Int32](repeating: -1, count: k)
    distances = [Double](repeating: .infinity, count: k)
  }

  var worst: Double { distances[distances.count - 1] }

  mutating func offer(_ row: Int32, _ distance: Double) {
    var place = rows.count - 1
    guard distance < distances[place] else { return }
    while place > 0, distances[place - 1] > distance {
      (distances[place], rows[place]) = (distances[place - 1], rows[place - 1])
      place -= 1
    }
    (distances[place], rows[place]) = (distance, row)
  }
}

// SPDX-License-Identifier: MIT

/// The m Euclidean neighbors of a row, nearest first, among rows sorted by one coordinate.
///
/// From the row's own place the search walks outward on both sides until the sorted coordinate alone is
/// farther than the m-th neighbor: exact, about O(n^(1 - 1/d) m) a row.
struct NearestRows: Sendable {
  /// The rows, in the order of their first coordinate: n x d.
  private let sorted: Matrix
  /// The original row at each place.
  let order: [Int]

  init(_ rows: Matrix) {
    order = sortedOrder((0..<rows.rows).map { rows[$0, 0] })
    sorted = rows.selecting(rows: order)
  }

  /// The squared distances and offsets (m x d) of the m rows nearest to that at `place`.
  func nearest(_ m: Int, to place: Int) -> (squares: [Double], offsets: [Double]) {
    let (n, d) = (sorted.rows, sorted.columns)
    var squares = [Double](repeating: .infinity, count: m)
    var found = [Int](repeating: -1, count: m)
    sorted.values.withUnsafeBufferPointer { values in
      let own = place * d
      var (low, high) = (place - 1, place + 1)
      while low >= 0 || high < n {
        // The side whose next row is nearer by the sorted coordinate.
        let below = low >= 0 ? values[own] - values[low * d] : Double.infinity
        let above = high < n ? values[high * d] - values[own] : Double.infinity
        let gap = min(below, above)
        guard gap * gap <= squares[m - 1] else { break }
        let next = below <= above ? low : high
        if below <= above { low -= 1 } else { high += 1 }
        var square = 0.0
        for j in 0..<d {
          let difference = values[next * d + j] - values[own + j]
          square += difference * difference
        }
        guard square < squares[m - 1] else { continue }
        var slot = m - 1
        while slot > 0, squares[slot - 1] > square {
          (squares[slot], found[slot]) = (squares[slot - 1], found[slot - 1])
          slot -= 1
        }
        (squares[slot], found[slot]) = (square, next)
      }
    }
    var offsets: [Double] = []
    offsets.reserveCapacity(m * d)
    for next in found {
      for j in 0..<d { offsets.append(sorted[next, j] - sorted[place, j]) }
    }
    return (squares, offsets)
  }
}

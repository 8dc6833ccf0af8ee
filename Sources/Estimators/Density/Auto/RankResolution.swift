// SPDX-License-Identifier: MIT

/// What the ranks of n rows can show, and what they cannot.
///
/// Ranks move in steps. Where y given x varies by less than a step, rows have the same rank in x and in y,
/// and a density fitted to ranks finds a ridge that is as narrow as it likes: the information has no limit,
/// and held-out rows, ranked together with the others, agree. Two things follow.
///
/// - **Spread ranks.** Each score is moved at random within its own step, to the middles of the ways to its
///   neighbors. A ridge is then as wide as a step, on the rows that fit and on those that judge. It depends
///   on the order of the values alone, as ranks do.
/// - **Slopes.** A density of the columns themselves has no steps. To compare it with one of normal scores, it
///   is carried over by the slope dz / dx, a difference over about sqrt(n) ranks.
package struct RankResolution: Sendable {
  /// The normal scores, each spread over its step.
  package let spread: Matrix
  private let scores: Matrix

  /// The information, in nats, from which on steps of ranks matter: ln n - 2.
  ///
  /// A bivariate Gaussian's y given x has the standard deviation e^-I of normal scores, and a step
  /// sqrt(2 pi) / n in the middle: at ln n - 2 there are three of these steps to a standard deviation.
  package static func limit(rows: Int) -> Double { naturalLogarithm(Double(rows)) - 2 }

  /// The resolution of a matrix of normal scores.
  package init(_ scores: Matrix) {
    self.scores = scores
    var spread = scores
    for column in 0..<scores.columns {
      // A stream for each column, in the order of its values: the order of the rows does not matter.
      var random = RandomSource(seed: 0x5354_4550, UInt64(column))
      let order = Self.order(scores, column)
      let sorted = order.map { scores[$0, column] }
      var start = 0
      while start < order.count {
        var end = start + 1
        while end < order.count, sorted[end] == sorted[start] { end += 1 }
        let below = start > 0 ? (sorted[start] - sorted[start - 1]) / 2 : nil
        let above = end < order.count ? (sorted[end] - sorted[start]) / 2 : nil
        let (left, right) = (below ?? above ?? 0, above ?? below ?? 0)
        for place in start..<end {
          spread[order[place], column] += random.uniform() * (left + right) - left
        }
        start = end
      }
    }
    self.spread = spread
  }

  /// The sum over columns of ln dz / dx at each row.
  ///
  /// - Parameter columns: the columns that the scores are of, in the same order.
  /// - Returns: a number for each row.
  package func logSlopes(of columns: Matrix) -> [Double] {
    let n = columns.rows
    let half = max(Int(Double(n).squareRoot() / 2), 1)
    var sums = [Double](repeating: 0, count: n)
    for column in 0..<columns.columns {
      let order = Self.order(columns, column)
      for (place, row) in order.enumerated() {
        var (low, high) = (max(place - half, 0), min(place + half, n - 1))
        func width() -> Double { columns[order[high], column] - columns[order[low], column] }
        // Ties: wider, until values differ.
        while width() <= 0, low > 0 || high < n - 1 {
          (low, high) = (max(low - 1, 0), min(high + 1, n - 1))
        }
        let rise = scores[order[high], column] - scores[order[low], column]
        sums[row] += naturalLogarithm(rise / width())
      }
    }
    return sums
  }

  private static func order(_ rows: Matrix, _ column: Int) -> [Int] {
    sortedOrder((0..<rows.rows).map { rows[$0, column] })
  }
}

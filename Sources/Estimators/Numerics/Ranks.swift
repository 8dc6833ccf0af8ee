// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// Ranks from 1 to n; equal values share the average of their ranks.
package struct AverageRanks: Sendable, Hashable {
  /// The rank of each value, in the values' order.
  package let ranks: [Double]
  /// How many values equal another one.
  package let tied: Int

  /// Ranks the values; none may be NaN.
  package init(_ values: [Double]) {
    let order = sortedOrder(values)
    var ranks = [Double](repeating: 0, count: values.count)
    var tied = 0
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      let rank = Double(start + 1 + end) / 2
      for position in start..<end { ranks[order[position]] = rank }
      if end - start > 1 { tied += end - start }
      start = end
    }
    self.ranks = ranks
    self.tied = tied
  }
}

/// Ranks from 1 to n; equal values share the average of their ranks.
package func averageRanks(_ values: [Double]) -> [Double] { AverageRanks(values).ranks }

/// Each column's normal scores: the normal quantiles of rank / (n + 1).
///
/// They depend on the order of the values alone, so a strictly increasing map of a column leaves
/// them as they are, to the bit.
package struct NormalScores: Sendable {
  /// The scores, in the shape of the samples.
  package let samples: Samples
  /// How many values of each column equal another one of that column.
  package let tied: [Int]

  /// Scores the columns, on up to `threads` threads.
  package init(_ original: Samples, threads: Int = 1) throws(EstimatorError) {
    let (n, d) = (original.count, original.dimension)
    let quantiles = (1...n).map { normalQuantile(Double($0) / Double(n + 1)) }
    let rankings = parallelMap(d, threads: threads) { AverageRanks(original.column($0)) }
    var scores = [Double](repeating: 0, count: n * d)
    for (j, ranking) in rankings.enumerated() {
      for (i, rank) in ranking.ranks.enumerated() {
        // Half ranks come from ties only.
        scores[i * d + j] =
          rank == rank.rounded()
          ? quantiles[Int(rank) - 1] : normalQuantile(rank / Double(n + 1))
      }
    }
    samples = try Samples(rowMajor: scores, count: n, dimension: d)
    tied = rankings.map(\.tied)
  }
}

/// Each column's normal scores: the normal quantiles of rank / (n + 1), ties by average rank.
package func normalScores(_ samples: Samples) throws(EstimatorError) -> Samples {
  try NormalScores(samples).samples
}

// SPDX-License-Identifier: MIT

package import EstimatorAPI
package import Estimators

/// How the rows of y are rearranged for a test of independence.
///
/// A test by rearrangement is valid where every rearrangement is as likely as the data if x and y are
/// independent. Shuffled rows are that where the rows are exchangeable. Rows in time are not: each series
/// resembles its own past, two independent ones agree by chance for as long as they remember, and a
/// shuffle destroys that.
package enum Surrogates: String, Sendable, Hashable, Codable, CaseIterable {
  /// All rows in random order; for rows that are independent of one another.
  case shuffle
  /// All rows moved by the same random lag, the end joined to the start: each series keeps its own
  /// structure, but for one seam. For stationary series (Quian Quiroga et al. 2002,
  /// doi:10.1103/PhysRevE.65.041903; Theiler et al. 1992, doi:10.1016/0167-2789(92)90102-S).
  case shift
  /// Blocks of consecutive rows in random order, each several times as long as the memory of the rows.
  case block
  /// Rows near in what is given trade places (``LocalPermutation``): the test given a third variable.
  case local

  /// The ways that need nothing given.
  package static let unconditional: [Surrogates] = [.shuffle, .shift, .block]

  /// Reads the name of a way.
  ///
  /// - Throws: `invalidOption`.
  package init(option: String) throws(EstimatorError) {
    guard let way = Surrogates(rawValue: option) else {
      throw EstimatorError(
        .invalidOption,
        "surrogates is \"\(option)\"; it needs "
          + Surrogates.allCases.map(\.rawValue).joined(separator: ", ") + ".")
    }
    self = way
  }

  /// The rows of y for one rearrangement; within each group of consecutive rows where there are groups.
  ///
  /// - Parameters:
  ///   - count: the number of rows.
  ///   - groups: the group of each row, nil where rows are one series.
  ///   - memory: the rows that a row resembles, from ``RowMemory``; at least 1.
  ///   - random: the stream that the rearrangement is drawn from.
  /// - Returns: a permutation of 0 ..< count.
  package func rows(
    _ count: Int, groups: [Int]?, memory: Double, random: inout RandomSource
  ) -> [Int] {
    guard let groups else { return rearranged(0..<count, memory: memory, random: &random) }
    var rows: [Int] = []
    var start = 0
    for end in 1...count where end == count || groups[end] != groups[start] {
      rows += rearranged(start..<end, memory: memory, random: &random)
      start = end
    }
    return rows
  }

  private func rearranged(
    _ range: Range<Int>, memory: Double, random: inout RandomSource
  ) -> [Int] {
    let n = range.count
    switch self {
    case .local: preconditionFailure("local permutations are drawn by LocalPermutation")
    case .shuffle: return random.permutation(n).map { range.lowerBound + $0 }
    case .shift:
      // All lags alike: leaving out short ones would reject 9 % of independent series at level 0.05.
      let lag = n > 1 ? 1 + random.below(n - 1) : 0
      return (0..<n).map { range.lowerBound + ($0 + lag) % n }
    case .block:
      let length = min(max(Int((3 * memory).rounded(.up)), 2), max(n / 4, 1))
      let blocks = (n + length - 1) / length
      return random.permutation(blocks).flatMap { block in
        (block * length..<min((block + 1) * length, n)).map { range.lowerBound + $0 }
      }
    }
  }
}

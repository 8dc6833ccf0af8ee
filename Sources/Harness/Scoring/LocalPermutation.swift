// SPDX-License-Identifier: MIT

package import EstimatorAPI
package import Estimators

/// Rows trade places only with rows near them in z: what a test of x independent of y given z draws from.
///
/// Shuffling all rows of x would break its tie to z, too. Within neighborhoods of z that tie stays as it is,
/// and whatever x and y share beyond z goes (Runge 2018, "Conditional independence testing based on a
/// nearest-neighbor estimator of conditional mutual information", AISTATS, arXiv:1709.01447, algorithm 1).
/// Each place takes x from one of the ``neighbors`` nearest rows of z in the max-norm of the columns' ranks, itself
/// among them: rows in random order, each the first of its shuffled neighbors that none has taken yet,
/// or the last of them. Rows equal in z are near in random order. Of labels z, all rows of a class
/// trade places.
///
/// The null hypothesis is approximate for continuous z: x keeps its tie to z up to the width of a
/// neighborhood. O(n^2) at worst to find the neighbors, near n log n in one column.
package struct LocalPermutation: Sendable {
  /// Rows in each neighborhood, the row itself among them.
  package static let neighbors = 5

  private enum Neighborhoods: Sendable {
    case classes([[Int]])
    case near([Int32], size: Int)
  }

  private let neighborhoods: Neighborhoods
  private let count: Int

  /// Finds the neighborhoods.
  ///
  /// - Throws: `tooFewSamples` where no row has another one to trade places with.
  package init(given: Variable, seed: UInt64, threads: Int = 1) throws(EstimatorError) {
    count = given.count
    switch given {
    case .labels(let labels):
      let classes = Dictionary(grouping: labels.codes.indices) { labels.codes[$0] }
        .values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
      guard !classes.isEmpty else {
        throw EstimatorError(
          .tooFewSamples,
          "Every one of the \(count) rows has a label of its own in what is given; a conditional test needs "
            + "classes of two rows or more.")
      }
      neighborhoods = .classes(classes)
    case .samples(let samples):
      let size = Self.neighbors
      guard count > size else {
        throw EstimatorError(
          .tooFewSamples,
          "A conditional test trades places among \(size) rows near in what is given; it needs more "
            + "than \(size) rows, and there are \(count).")
      }
      var ranks = Columns(samples)
      for column in 0..<samples.dimension {
        var random = RandomSource(seed: seed, fnv1a("local"), UInt64(column))
        for (row, rank) in averageRanks(samples.column(column)).enumerated() {
          // Less than half a rank: it orders rows that are equal, and no others.
          ranks.values[column * count + row] = rank + 0.49 * (2 * random.uniform() - 1)
        }
      }
      neighborhoods = .near(
        nearestRows(ranks, k: size, includesOwn: true, threads: threads), size: size)
    }
  }

  /// The row that comes into each place.
  package func rows(using random: inout RandomSource) -> [Int] {
    var rows = Array(0..<count)
    switch neighborhoods {
    case .classes(let classes):
      for members in classes {
        for (place, pick) in random.permutation(members.count).enumerated() {
          rows[members[place]] = members[pick]
        }
      }
    case .near(let near, let size):
      var isTaken = [Bool](repeating: false, count: count)
      for row in random.permutation(count) {
        var chosen = row
        for pick in random.permutation(size) {
          chosen = Int(near[row * size + pick])
          if !isTaken[chosen] { break }
        }
        isTaken[chosen] = true
        rows[row] = chosen
      }
    }
    return rows
  }
}

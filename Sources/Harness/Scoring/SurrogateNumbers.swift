// SPDX-License-Identifier: MIT

import EstimatorAPI

/// A statistic on rearranged data, as often as asked for or until the answer is clear.
///
/// The p-value is (1 + number that reach the real one) / (1 + number made), valid at any number (Phipson
/// and Smyth 2010, doi:10.2202/1544-6115.1585). Where `enough` have reached it, it stops, and the p-value is
/// enough / made (Besag and Clifford 1991, doi:10.1093/biomet/78.2.301).
package struct SurrogateNumbers: Sendable, Hashable {
  /// The statistic of each rearrangement, in the order of their streams.
  package let values: [Double]
  /// How many of them reach the real one.
  package let reached: Int
  /// Whether it stopped before all were made.
  package let stoppedEarly: Bool

  /// Makes them, in batches of a fixed size, so that where it stops does not depend on the threads.
  ///
  /// - Parameters:
  ///   - permutations: how many at most, at least 1.
  ///   - enough: how many may reach the real statistic before it stops.
  ///   - real: the statistic of the data.
  ///   - progress: told the share made.
  ///   - isCancelled: asked before each batch.
  ///   - statistics: the numbers of some rearrangements, by their indices.
  /// - Throws: `cancelled`, or what `statistics` throws.
  init(
    _ permutations: Int, enough: Int, real: Double, progress: (Double) -> Void,
    isCancelled: () -> Bool,
    statistics: (Range<Int>) throws(EstimatorError) -> [Double]
  ) throws(EstimatorError) {
    var (made, reached) = ([Double](), 0)
    while made.count < permutations, reached < enough {
      if isCancelled() { throw .cancelled }
      let batch = made.count..<min(made.count + Self.batch, permutations)
      for value in try statistics(batch) where reached < enough {
        made.append(value)
        if value >= real { reached += 1 }
      }
      progress(Double(made.count) / Double(permutations))
    }
    values = made
    self.reached = reached
    stoppedEarly = reached == enough && made.count < permutations
  }

  private static let batch = 20

  /// The p-value of the real statistic.
  package var pValue: Double { pValue(reached: reached) }

  /// The p-value of another number against the same distribution; no smaller than the real one's where
  /// the number is no larger than the real statistic.
  package func pValue(of number: Double) -> Double {
    pValue(reached: values.count { $0 >= number })
  }

  private func pValue(reached: Int) -> Double {
    stoppedEarly
      ? Double(reached) / Double(values.count) : Double(1 + reached) / Double(1 + values.count)
  }

  /// The number that a share of the distribution lies below; nil of fewer than 19.
  package func quantile(_ share: Double) -> Double? {
    guard values.count >= 19 else { return nil }
    let place = (share * Double(values.count + 1)).rounded(.up) - 1
    return values.sorted()[min(max(Int(place), 0), values.count - 1)]
  }

  /// Mean and standard deviation; nil where it stopped early, as what was made then depends on the real
  /// number, and of one.
  package var moments: (mean: Double, deviation: Double)? {
    guard !stoppedEarly, values.count > 1 else { return nil }
    return (values.reduce(0, +) / Double(values.count), standardDeviation(values))
  }
}

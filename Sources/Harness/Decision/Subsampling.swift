// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators

/// Draws of half the rows without replacement, the same for every pair of a check.
///
/// Two sides that are estimated on the same rows err together, and only a spread taken on shared
/// rows sees it. Rows are not drawn with replacement: a duplicated row looks like infinite
/// dependence to a neighbor estimator.
///
/// A statistic with variance v/m on m of n rows, drawn without replacement, varies over the draws
/// by v (1/m - 1/n). So its variance on all n rows is that of the draws times (m/n) / (1 - m/n),
/// which for half the rows is the variance of the draws itself (Politis, Romano and Wolf 1999,
/// Subsampling, section 2; the finite-population factor is Cochran's).
///
/// Rows that come in groups, such as all recordings of a speaker, are drawn by whole groups: half of
/// the groups, whose number then takes the place of n.
public struct Subsampling: Sendable {
  /// The rows of each draw, in rising order.
  public let draws: [[Int]]
  /// Variance on all rows over variance over the draws.
  public let varianceScale: Double

  private let seed: UInt64
  private let groups: [Int]?

  /// Draws rows, or whole groups of rows where `groups` has the group of each row.
  public init(count: Int, draws: Int, seed: UInt64, groups: [Int]? = nil) {
    let units = groups.map { groups in
      Dictionary(grouping: groups.indices) { groups[$0] }
        .sorted { $0.value[0] < $1.value[0] }.map(\.value)
    }
    let unitCount = units?.count ?? count
    let size = unitCount / 2
    self.draws = (0..<draws).map { draw in
      var source = RandomSource(seed: seed, fnv1a("subsample"), UInt64(draw))
      let chosen = source.subset(size, of: unitCount)
      return (units.map { units in chosen.flatMap { units[$0] } } ?? chosen).sorted()
    }
    let share = Double(size) / Double(unitCount)
    varianceScale = share / (1 - share)
    self.seed = seed
    self.groups = groups
  }

  /// An estimator's numbers on every draw; `parameters` and `data` are for the cache.
  ///
  /// - Throws: the first error, with the draw's size, where the estimator fails on a draw: then its
  ///   spread is not known.
  func estimates(
    _ estimator: any MutualInformationEstimator, _ runner: DataRunner, x: Variable, y: Variable,
    threads: Int, isCancelled: @escaping @Sendable () -> Bool
  ) throws(EstimatorError) -> [Double] {
    let outcomes = runner.outcomes(
      draws.count, .subsamples, threads: threads, isCancelled: isCancelled
    ) { index throws(EstimatorError) in
      let rows = draws[index]
      let request = try EstimationRequest(
        x: x, y: y, groups: groups, seed: seed &+ UInt64(index), isCancelled: isCancelled)
      return try estimator.finiteEstimate(request.selecting(rows: rows))
    }
    var values: [Double] = []
    for outcome in outcomes {
      switch outcome {
      case .estimate(let estimate): values.append(estimate.information.nats)
      case .failure(let error):
        if error.code == .cancelled { throw error }
        throw EstimatorError(error.code, "On half of the rows: \(error.description)")
      }
    }
    return values
  }
}

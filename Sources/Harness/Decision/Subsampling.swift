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
public struct Subsampling: Sendable {
  /// The rows of each draw, in rising order.
  public let draws: [[Int]]
  /// Variance on all rows over variance over the draws.
  public let varianceScale: Double

  /// Draws rows.
  public init(count: Int, draws: Int, seed: UInt64) {
    let size = count / 2
    self.draws = (0..<draws).map { draw in
      var source = RandomSource(seed: seed, fnv1a("subsample"), UInt64(draw))
      return source.subset(size, of: count).sorted()
    }
    let share = Double(size) / Double(count)
    varianceScale = share / (1 - share)
  }

  /// An estimator's numbers on every draw.
  ///
  /// - Throws: the first error, with the draw's size, where the estimator fails on a draw: then its
  ///   spread is not known.
  func estimates(
    _ estimator: any MutualInformationEstimator, x: Variable, y: Variable, seed: UInt64,
    threads: Int, isCancelled: @escaping @Sendable () -> Bool
  ) throws(EstimatorError) -> [Double] {
    let outcomes = parallelMap(draws.count, threads: threads) {
      index -> Result<Double, EstimatorError> in
      do throws(EstimatorError) {
        let rows = draws[index]
        let request = try EstimationRequest(
          x: x.selecting(rows: rows), y: y.selecting(rows: rows), seed: seed &+ UInt64(index),
          isCancelled: isCancelled)
        return .success(try estimator.checkedEstimate(request).information.nats)
      } catch {
        return .failure(error)
      }
    }
    var values: [Double] = []
    for outcome in outcomes {
      do {
        values.append(try outcome.get())
      } catch  where error.code == .cancelled {
        throw error
      } catch {
        throw EstimatorError(error.code, "On half of the rows: \(error.description)")
      }
    }
    return values
  }
}

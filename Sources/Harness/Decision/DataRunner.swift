// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators

/// Runs one estimator on draws of the rows of one pair of variables, and keeps what it said.
struct DataRunner: Sendable {
  private let cache: TrialCache?
  private let count: WorkCount?
  private let work: @Sendable (DataDraw) -> TrialCache.Work?

  /// `data` is all that the draws depend on; nil without a cache.
  init(
    _ estimator: EstimatorDescriptor, _ parameters: ParameterValues, regime: Regime, data: DataKey?,
    cache: TrialCache?, count: WorkCount? = nil
  ) {
    self.cache = cache
    self.count = count
    work = { draw in
      data.map { data in
        TrialCache.Work(
          estimator: estimator, parameters: parameters, source: .rows(data, draw), n: regime.n,
          pair: (regime.kind, regime.dx, regime.dy, 0, .greatestFiniteMagnitude))
      }
    }
  }

  /// The outcomes of draws 0 ..< draws, each from the cache or made now.
  func outcomes(
    _ draws: Int, _ draw: DataDraw, threads: Int, isCancelled: @Sendable () -> Bool,
    make: @Sendable (Int) throws(EstimatorError) -> Estimate
  ) -> [Trial.Outcome] {
    cache.outcomes(
      draws, of: cache == nil ? nil : work(draw), threads: threads, isCancelled: isCancelled
    ) { index in
      let clock = ContinuousClock()
      let start = clock.now
      let outcome: Trial.Outcome
      do throws(EstimatorError) {
        outcome = .estimate(try make(index).withoutPointwise)
      } catch {
        outcome = .failure(error)
      }
      if !isCancelled() { count?.add() }
      return (outcome, (clock.now - start) / .seconds(1))
    }.map(\.outcome)
  }
}

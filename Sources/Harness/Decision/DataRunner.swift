// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators

/// Runs one estimator on draws of the rows of one pair of variables, and keeps what it said.
struct DataRunner: Sendable {
  private let cache: TrialCache?
  private let count: WorkCount?
  private let work: @Sendable (String) -> TrialCache.Work

  /// `data` is the hash of the rows with all else that the draws depend on; without a cache it is not
  /// looked at.
  init(
    _ estimator: EstimatorDescriptor, _ parameters: ParameterValues, regime: Regime, data: String,
    cache: TrialCache?, count: WorkCount? = nil
  ) {
    self.cache = cache
    self.count = count
    work = { name in
      TrialCache.Work(
        estimator: estimator, parameters: parameters,
        task: .data("\(data) \(name)", kind: regime.kind, dx: regime.dx, dy: regime.dy),
        n: regime.n)
    }
  }

  /// The outcomes of draws 0 ..< draws, each from the cache or made now.
  func outcomes(
    _ draws: Int, _ name: String, threads: Int, isCancelled: @Sendable () -> Bool,
    make: @Sendable (Int) throws(EstimatorError) -> Estimate
  ) -> [Trial.Outcome] {
    cache.outcomes(
      draws, of: cache == nil ? nil : work(name), threads: threads, isCancelled: isCancelled
    ) { index in
      let clock = ContinuousClock()
      let start = clock.now
      let outcome: Trial.Outcome
      do throws(EstimatorError) {
        outcome = .estimate(try make(index))
      } catch {
        outcome = .failure(error)
      }
      if !isCancelled() { count?.add() }
      return (outcome, (clock.now - start) / .seconds(1))
    }.map(\.outcome)
  }
}

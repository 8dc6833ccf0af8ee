// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators

/// The same estimate at many lags: of x at row t and y at row t + lag, for the same rows t at all lags, so that
/// their numbers can be compared.
struct LagScan: Sendable {
  let estimator: any MutualInformationEstimator
  let request: EstimationRequest
  let lags: [Int]
  let trials: Trials
  /// The rows of x.
  let rows: [Int]

  /// - Throws: `tooFewSamples` where no trial is long enough.
  init(
    _ estimator: any MutualInformationEstimator, _ request: EstimationRequest,
    lags: ClosedRange<Int>, trials: Trials
  ) throws(EstimatorError) {
    let (before, after) = (max(-lags.lowerBound, 0), max(lags.upperBound, 0))
    try trials.check(before: before, after: after)
    self.estimator = estimator
    self.request = request
    self.lags = Array(lags)
    self.trials = trials
    rows = trials.rows(before: before, after: after)
  }

  /// The estimate at each lag.
  ///
  /// - Throws: what the estimator throws, with the lag.
  func estimates(progress: @Sendable (Double) -> Void) throws(EstimatorError) -> [Estimate] {
    let x = request.x.selecting(rows: rows)
    return try parallelResults(lags.indices, threads: request.threads) {
      place throws(EstimatorError) in
      try request.checkCancellation()
      let found = try atLag(lags[place]) { () throws(EstimatorError) in
        try estimator.finiteEstimate(pair(x, rows.map { $0 + lags[place] }))
      }
      progress(Double(place + 1) / Double(lags.count))
      return found
    }
  }

  /// The largest number over the lags, in each of some rearrangements of y.
  ///
  /// Of one series that is shifted, a number depends on the lag and the shift together, modulo its length:
  /// `known` keeps those made.
  func maxima(
    _ batch: Range<Int>, _ rearrangement: Rearrangement, _ surrogates: Surrogates,
    known: inout [Int: Double]
  ) throws(EstimatorError) -> [Double] {
    let x = request.x.selecting(rows: rows)
    guard surrogates == .shift, trials.ranges.count == 1 else {
      let size = lags.count
      let rearranged = batch.map { rearrangement.rows($0) }
      let numbers = try parallelResults(0..<batch.count * size, threads: request.threads) {
        work throws(EstimatorError) in
        let order = rearranged[work / size]
        return try number(x, rows.map { order[$0 + lags[work % size]] })
      }
      return (0..<batch.count).map { place in
        numbers[place * size..<(place + 1) * size].reduce(-.infinity, max)
      }
    }
    let n = request.count
    let turns = batch.map { rearrangement.rows($0)[0] }
    let needed = Set(turns.flatMap { turn in lags.map { (($0 + turn) % n + n) % n } })
      .subtracting(known.keys).sorted()
    let made = try parallelResults(needed.indices, threads: request.threads) {
      place throws(EstimatorError) in
      try number(x, rows.map { ($0 + needed[place]) % n })
    }
    for (turn, number) in zip(needed, made) { known[turn] = number }
    return turns.map { turn in
      lags.map { known[(($0 + turn) % n + n) % n] ?? -.infinity }.reduce(-.infinity, max)
    }
  }

  private func number(_ x: Variable, _ y: [Int]) throws(EstimatorError) -> Double {
    try request.checkCancellation()
    return try estimator.finiteEstimate(pair(x, y)).information.nats
  }

  private func pair(_ x: Variable, _ y: [Int]) throws(EstimatorError) -> EstimationRequest {
    try EstimationRequest(
      x: x, y: request.y.selecting(rows: y), seed: request.seed,
      isCancelled: request.isCancelled)
  }

  private func atLag(
    _ lag: Int, _ body: () throws(EstimatorError) -> Estimate
  ) throws(EstimatorError) -> Estimate {
    do throws(EstimatorError) {
      return try body()
    } catch {
      guard error.code != .cancelled else { throw error }
      throw EstimatorError(error.code, "At lag \(lag): \(error.description)")
    }
  }
}

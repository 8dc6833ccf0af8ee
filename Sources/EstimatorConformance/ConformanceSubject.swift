// SPDX-License-Identifier: MIT

import EstimatorAPI

/// The estimator under test with the shorthands that experiments use.
struct ConformanceSubject: Sendable {
  let estimator: any MutualInformationEstimator
  /// Rows of an experiment.
  let rows: Int
  /// Asked by the estimator in every experiment.
  var isCancelled: @Sendable () -> Bool = { false }

  var traits: EstimatorTraits { estimator.descriptor.traits }

  /// True where pairs of `dimension` columns in all are accepted.
  func accepts(dimension: Int) -> Bool { traits.maximumDimension.map { dimension <= $0 } ?? true }

  /// The estimate of a pair.
  ///
  /// - Throws: what the estimator throws, and `failed` for a number that is not finite.
  func estimate(
    _ pair: KnownPair, seed: UInt64 = 1, threads: Int = 1
  ) throws(EstimatorError) -> Estimate {
    let request = try EstimationRequest(
      x: pair.x, y: pair.y, seed: seed, threads: threads, isCancelled: isCancelled)
    let estimate = try estimator.estimate(request)
    guard estimate.information.nats.isFinite else {
      throw EstimatorError(.failed, "the estimate is \(estimate.information.nats) nats")
    }
    return estimate
  }

  /// The number of nats of a pair.
  func nats(_ pair: KnownPair, seed: UInt64 = 1) throws(EstimatorError) -> Double {
    try estimate(pair, seed: seed).information.nats
  }

  /// The finding of `experiment` over all kinds of pairs that the traits declare.
  func forEachKind(
    of kinds: [PairKind] = PairKind.allCases,
    _ experiment: (PairKind) throws(EstimatorError) -> Finding
  ) throws(EstimatorError) -> Finding {
    var findings: [Finding] = []
    for kind in traits.kinds where kinds.contains(kind) { findings.append(try experiment(kind)) }
    return .all(findings)
  }

  /// Compares the estimate of `pair` with that of a changed pair, which must agree up to rounding.
  func compare(
    _ pair: KnownPair, with changed: KnownPair, _ change: String
  ) throws(EstimatorError) -> Finding {
    let before = try nats(pair)
    let after = try nats(changed)
    return .when(
      abs(after - before) <= 1e-6 * (1 + abs(before)),
      "\(pair.kind.rawValue): \(text(before)) before and \(text(after)) after \(change)")
  }
}

/// A number of nats for a report.
func text(_ nats: Double) -> String {
  let scaled = (nats * 1e4).rounded() / 1e4
  return abs(nats) < 1e6 ? "\(scaled)" : "\(nats)"
}

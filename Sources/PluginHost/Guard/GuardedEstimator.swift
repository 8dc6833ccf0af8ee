// SPDX-License-Identifier: MIT

import EstimatorAPI
import EstimatorConformance
import Synchronization

/// A plugin's estimator under supervision: before its first estimate it passes the quick checks,
/// and an impossible value is rejected.
struct GuardedEstimator: MutualInformationEstimator {
  let inner: any MutualInformationEstimator
  let name: String
  let record: GuardRecord
  let options: PluginOptions

  var descriptor: EstimatorDescriptor { inner.descriptor }

  func estimate(_ request: EstimationRequest) throws(EstimatorError) -> Estimate {
    try descriptor.checkAccepts(request)
    if options.quickChecks { try record.check(inner, name: name, request) }
    let estimate = try inner.estimate(request)
    try refuseImpossible(estimate, request)
    if record.isAudited(every: options.auditInterval) {
      let again = try inner.estimate(request).information
      guard again == estimate.information else {
        throw .plugin(
          .pluginChangedAnswer, name,
          "gave \(estimate.information.nats) nats and then \(again.nats) for the same request; "
            + "the same seed must give the same bits.")
      }
    }
    return estimate
  }

  private func refuseImpossible(
    _ estimate: Estimate, _ request: EstimationRequest
  ) throws(EstimatorError) {
    let nats = estimate.information.nats
    let others = [estimate.standardError?.nats ?? 0] + (estimate.pointwise ?? [])
    guard nats.isFinite, others.allSatisfy(\.isFinite) else {
      let found = nats.isFinite ? others.first { !$0.isFinite } ?? nats : nats
      throw .plugin(.pluginNotFinite, name, "returned \(found); every number must be finite.")
    }
    guard estimate.kind != .upperBound else { return }
    let ceiling = InformationCeiling(request)
    guard nats <= ceiling.nats else {
      throw .plugin(
        .pluginAboveCeiling, name, "returned \(nats) nats, more than \(ceiling.sentence).")
    }
  }
}

/// The most information that the two variables of a request can share.
struct InformationCeiling {
  let nats: Double
  let sentence: String

  init(_ request: EstimationRequest) {
    let entropies = [request.x, request.y].compactMap { $0.labels.map(Self.entropy) }
    if let entropy = entropies.min() {
      // Room for the scatter of an unbiased estimate of a value near H.
      nats = 1.1 * entropy + 0.1
      sentence = "the labels hold: their entropy is \(entropy) nats"
    } else {
      // A 64-bit number holds 64 ln 2 nats.
      nats = 64 * 0.6931471805599453 * Double(min(request.x.dimension, request.y.dimension))
      sentence = "64-bit numbers of this dimension hold: \(nats) nats"
    }
  }

  private static func entropy(_ labels: Labels) -> Double {
    let n = Double(labels.count)
    return labels.classSizes.reduce(0.0) { sum, size in
      size == 0 ? sum : sum - Double(size) / n * naturalLog(Double(size) / n)
    }
  }
}

/// What is known of one plugin estimator in this run.
final class GuardRecord: Sendable {
  private let verdict = Mutex<EstimatorError??>(nil)
  private let calls = Atomic(0)

  /// Runs the quick checks once; later calls reuse the verdict.
  func check(
    _ estimator: any MutualInformationEstimator, name: String, _ request: EstimationRequest
  ) throws(EstimatorError) {
    // Others wait here: no estimate is made before the verdict.
    let known = try verdict.withLock { verdict throws(EstimatorError) in
      if let verdict { return verdict }
      var suite = ConformanceSuite.quick
      suite.isCancelled = request.isCancelled
      let report = try suite.run(estimator)
      let found = report.failures.first.map { failure in
        EstimatorError.plugin(
          .pluginNonconforming, name,
          "failed the quick check \(failure.check) and is not used: \(failure.found). "
            + "mi plugin check shows all checks.")
      }
      verdict = .some(found)
      return found
    }
    if let known { throw known }
  }

  /// True for every `interval`-th estimate.
  func isAudited(every interval: Int) -> Bool {
    interval > 0 && calls.add(1, ordering: .relaxed).newValue % interval == 0
  }
}

// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Harness
import Testing

/// 16 + 16 Gaussian dimensions with 2.3 nats, where neighbors hear about a quarter.
@Suite struct ManyDimensionsTests {
  static let truth = GaussianTruth(dx: 16, dy: 16, information: Information(nats: 2.3))

  private func admission(_ id: String, n: Int) throws -> Admission {
    let estimator = try EstimatorRegistry.builtIn().make(id)
    let regime = Regime(kind: .continuous, n: n, dx: 16, dy: 16, classes: 0)
    let family = TruthFamily.standard(for: .continuous)
    let truths = try family.truths(
      for: regime, ladder: [0, 1, 2, 3, 4].map { Information(nats: $0) })
    let card = try Scorer(replicates: 6, seed: testSeed(1), threads: 2).score(
      estimator, parameters: ParameterValues([:]), on: truths, family: family.name, regime: regime)
    let pair = Self.truth.sample(n, seed: testSeed(99))
    let raw = try estimator.estimate(EstimationRequest(x: pair.x, y: pair.y)).information
    return AdmissionRule().judge(raw, pair: "I(t; s)", scorecard: card)
  }

  @Test func neighborsAreRefused() throws {
    let admission = try admission("ksg-1", n: 800)
    #expect(try #require(admission.raw).nats < 1)
    #expect(!admission.admitted)
    #expect(admission.checks.contains { $0.rule == .bias && !$0.passed })
  }

  @Test func theClosedFormIsAdmitted() throws {
    let admission = try admission("gaussian", n: 800)
    #expect(admission.admitted, "\(admission.refusal ?? "")")
    // Over seeds 2.32 with a standard deviation of 0.08.
    try expect(#require(admission.calibrated).nats, within: 0.34, of: 2.3)
  }
}

// SPDX-License-Identifier: MIT

import EstimatorAPI
import Harness
import Testing

@Suite struct AdmissionTests {
  static let ladder = [0.0, 0.25, 0.5, 1, 2]

  private func judge(
    _ raw: Double, sd: Double = 0.02, response: (Double) -> Double
  ) throws -> Admission {
    AdmissionRule().judge(
      Information(nats: raw), pair: "I(t; s)",
      scorecard: try plantedScorecard(Self.ladder, sd: sd, response: response))
  }

  @Test func aGoodEstimatorIsAdmittedAndCorrected() throws {
    let admission = try judge(0.9) { 0.9 * $0 }
    #expect(admission.admitted)
    #expect(admission.refusal == nil)
    #expect(abs(try #require(admission.calibrated).nats - 1) < 1e-9)
  }

  /// What neighbors do to 16 + 16 Gaussian dimensions: about 0.65 where 2.3 is true.
  @Test func aStronglyShrunkEstimatorIsRefused() throws {
    let admission = try judge(0.5) { 0.28 * $0 }
    #expect(!admission.admitted)
    #expect(admission.checks.filter { !$0.passed }.map(\.rule) == [.response, .bias])
  }

  @Test func informationWhereThereIsNoneIsRefused() throws {
    let admission = try judge(0.8) { $0 + 0.3 }
    #expect(admission.checks.first { !$0.passed }?.rule == .independence)
  }

  @Test func aCeilingIsRefused() throws {
    let admission = try judge(1.3) { min($0, 1.2) }
    #expect(admission.checks.first { !$0.passed }?.rule == .range)
    #expect(admission.calibrated == nil)
    #expect(admission.refusal?.contains("ceiling") == true)
  }

  @Test func noiseIsRefused() throws {
    let admission = try judge(0.5, sd: 0.3) { $0 }
    #expect(admission.checks.first { !$0.passed }?.rule == .error)
  }

  @Test func anErrorOnTheDataIsARefusalWithItsSentence() {
    let error = EstimatorError(.singularCovariance, "The covariance is singular.")
    let admission = AdmissionRule().refuse("gaussian", pair: "I(t; s)", error: error)
    #expect(!admission.admitted)
    #expect(admission.refusal == "The covariance is singular.")
  }

  @Test func everyCheckTellsItsNumberAndItsThreshold() throws {
    for check in try judge(0.9, response: { 0.9 * $0 }).checks {
      #expect(check.found != nil && check.threshold != nil)
      #expect(!check.reason.isEmpty)
    }
  }
}

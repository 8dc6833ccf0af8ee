// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Harness
import Testing

@Suite struct RuleAgreementTests {
  /// A pair with a planted gain, significant or not, and a teacher better or worse than the student.
  private func pair(
    _ student: String, _ teacher: String, gain: Double, teacherLead: Double
  ) throws -> DistilledPair {
    let differences = [gain - 0.001, gain, gain + 0.001]
    let difference = ResampledDifference(
      differences, testRows: 1, trainingRows: 3, alpha: 0.05)
    let record: [String: Any] = [
      "name": teacher, "teacherQuality": 0.5 + teacherLead, "studentQuality": 0.5,
      "taughtQuality": 0.5 + gain, "effect": gain > 0 ? "helps" : "hurts", "weight": 0.5,
      "temperature": 1, "settings": [Any](),
    ]
    let encoded = try JSONSerialization.jsonObject(with: JSONEncoder().encode(difference))
    var whole = record
    for key in [
      "gain", "overClassMean", "overSmoothing", "overSelf", "overShuffled", "lossGain",
    ] { whole[key] = encoded }
    let outcome = try JSONDecoder().decode(
      TeacherOutcome.self, from: JSONSerialization.data(withJSONObject: whole))
    return DistilledPair(student: student, outcome: outcome, prediction: nil)
  }

  @Test func onlySignificantGainsCount() throws {
    let pairs = [
      try pair("a", "b", gain: 0.1, teacherLead: 0.2),
      try pair("a", "c", gain: 0.1, teacherLead: -0.2),
      try pair("b", "a", gain: -0.1, teacherLead: -0.2),
      try pair("b", "c", gain: 0.0001, teacherLead: 0.3),
    ]
    #expect(pairs.map(\.significantGain) == [true, true, false, nil])
    let agreement = RuleAgreement(.teacherQuality, pairs)
    #expect(agreement.significant == 3 && agreement.decided == 3 && agreement.right == 2)
    // Ranks of the lead 3, 1.5, 1.5, 4 and of the gain 3.5, 3.5, 1, 2.
    #expect(abs(try #require(agreement.rankCorrelation) - 0.0555556) < 1e-6)
    // Wilson's interval for 2 of 3, by statsmodels.
    let interval = try #require(agreement.interval)
    #expect(abs(interval[0] - 0.2076596) < 1e-5 && abs(interval[1] - 0.9385081) < 1e-5)
  }

  @Test func aRuleThatSaysNothingIsSilent() throws {
    let agreement = RuleAgreement(.verdict, [try pair("a", "b", gain: 0.1, teacherLead: 0.2)])
    #expect(agreement.significant == 1 && agreement.decided == 0 && agreement.rate == nil)
  }

  /// Leaving out one view takes all its pairs: rates 1, 1, 1 and 0.5 without view d.
  @Test func theErrorKnowsThatPairsShareViews() throws {
    var pairs: [DistilledPair] = []
    let names = ["a", "b", "c", "d"]
    for student in names {
      for teacher in names where teacher != student {
        // Right but for the pair of a and b.
        let wrong = Set([student, teacher]) == ["a", "b"]
        pairs.append(
          try pair(student, teacher, gain: 0.1, teacherLead: wrong ? -0.1 : 0.1))
      }
    }
    let agreement = RuleAgreement(.teacherQuality, pairs)
    #expect(agreement.right == 10 && agreement.decided == 12)
    // Without a or b: 6 of 6; without c or d: 4 of 6. (m - 2) / (2 m) sum of squares, m = 4.
    let expected = (0.25 * (2 * 1.0 / 36 + 2 * 1.0 / 36)).squareRoot()
    #expect(abs(try #require(agreement.viewError) - expected) < 1e-12)
  }
}

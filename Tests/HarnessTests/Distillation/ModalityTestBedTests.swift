// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Harness
import Testing

@Suite struct ModalityTestBedTests {
  /// Published: 67.9% without a teacher, 66.3% with one that shares nothing, 70.0% with one that shares
  /// all, 71% for the teacher, read off a figure of 10 seeds.
  @Test func thePublishedAccuraciesComeOut() throws {
    var bed = ModalityTestBed()
    bed.weights = []
    let students = ModalitySweep(bed, overlaps: [10], seeds: 60, seed: testSeed(0), threads: 2)
      .rows[0]
    // One data set has a deviation of 4.7 points, mostly by its direction, the mean of 60 one of 0.6 to 0.8;
    // the published means of ten have one of 1.5.
    expect(students.mean(\.alone).mean, within: 0.03, of: 0.679)
    expect(students.mean(\.teacher).mean, within: 0.03, of: 0.71)
    bed.weights = [1]
    let sweep = ModalitySweep(bed, overlaps: [0, 10], seeds: 20, seed: testSeed(0), threads: 2)
    let (none, all) = (
      sweep.rows[0].mean { $0.taught[0] - $0.alone },
      sweep.rows[1].mean { $0.taught[0] - $0.alone }
    )
    try expect(none.mean, below: -2 * (#require(none.errorOfMean)))
    try expect(all.mean, above: 2 * (#require(all.errorOfMean)))
    let crossing = try #require(sweep.crossings[0])
    #expect(crossing.gamma > 0.1 && crossing.gamma < 0.7)
  }

  /// H1 and H2 share nothing at gamma 0; at gamma 1 more than the student shares with the label.
  @Test func theHypothesisFollowsTheDial() {
    let bed = ModalityTestBed()
    let none = (0..<5).map { bed.trial(overlap: 0, seed: $0) }
    let all = (0..<5).map { bed.trial(overlap: 10, seed: $0) }
    #expect(none.allSatisfy { $0.teacherStudent == 0 && $0.studentLabel > 0.02 })
    #expect(all.allSatisfy { $0.teacherStudent > $0.studentLabel })
    // The student's data do not depend on the dial.
    #expect(none.map(\.alone) == all.map(\.alone))
  }

  /// P(sign agrees) = 1/2 + arcsin(r) / pi without an intercept (Sheppard 1899).
  @Test(arguments: [0.0, 0.3, 0.6, 0.95])
  func accuracyIsSheppards(r: Double) {
    let accuracy = ModalityTestBed.signAccuracy(r, threshold: 0)
    #expect(abs(accuracy - (0.5 + asin(r) / .pi)) < 1e-6)
    // A student that says one class only is right half of the time.
    #expect(abs(ModalityTestBed.signAccuracy(r, threshold: 9) - 0.5) < 1e-6)
  }

  @Test func accuracyWithAnInterceptIsWhatDrawsGive() {
    var random = RandomSource(seed: testSeed(3))
    let draws = 200_000
    let hits = (0..<draws).count { _ in
      let h = random.normal()
      return (h > 0.5) == (0.6 * h + 0.8 * random.normal() > 0)
    }
    let share = Double(hits) / Double(draws)
    expect(ModalityTestBed.signAccuracy(0.6, threshold: 0.5), within: 0.005, of: share)
  }

  /// Where nothing is shared the check never says distill, where all is it does, and both come true.
  @Test func verdictsComeTrueAtTheEndsOfTheDial() throws {
    var bed = ModalityTestBed()
    bed.weights = [5]
    var options = CheckOptions()
    options.threads = 2
    options.replicates = 8
    options.subsamples = 20
    options.shuffles = 9
    let found = try ModalityVerdicts(
      bed, overlaps: [0, 10], seeds: 5, rows: 600, options: options,
      hooks: CheckHooks(cache: TrialCache()))
    let (none, all) = (found.verdicts.prefix(5), found.verdicts.suffix(5))
    #expect(none.allSatisfy { $0.verdict != .distill && $0.exactGap < 0 && $0.gains[0] < 0 })
    #expect(all.allSatisfy { $0.verdict != .doNotDistill && $0.exactGap > 0 })
    #expect(found.verdicts.count { $0.verdict == .undecided } <= 3)
    let agreement = found.agreement(.check, weight: 0)
    try expect(#require(agreement.accuracy), atLeast: 0.8)
    #expect(agreement.decided == 10 - found.verdicts.count { $0.verdict == .undecided })
  }
}

// SPDX-License-Identifier: MIT

import Harness
import Testing

@Suite struct ModalityTestBedTests {
  /// Published: 67.9% without a teacher, 66.3% with one that shares nothing, 70.0% with one that shares
  /// all, 71% for the teacher, read off a figure of 10 seeds.
  @Test func thePublishedAccuraciesComeOut() throws {
    var bed = ModalityTestBed()
    bed.weights = []
    let students = ModalitySweep(bed, overlaps: [10], seeds: 60, seed: 0, threads: 2).rows[0]
    // One data set has a deviation of 4.7 points, mostly by its direction.
    #expect(abs(students.mean(\.alone).mean - 0.679) < 0.02)
    #expect(abs(students.mean(\.teacher).mean - 0.71) < 0.02)
    bed.weights = [1]
    let sweep = ModalitySweep(bed, overlaps: [0, 10], seeds: 12, seed: 0, threads: 2)
    let (none, all) = (
      sweep.rows[0].mean { $0.taught[0] - $0.alone },
      sweep.rows[1].mean { $0.taught[0] - $0.alone }
    )
    #expect(none.mean < -2 * (try #require(none.errorOfMean)))
    #expect(all.mean > 2 * (try #require(all.errorOfMean)))
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
}

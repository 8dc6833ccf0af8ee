// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Harness
import Testing

@Suite struct DecisionTaskTests {
  @Test func gapIsTheDifferenceOfTheSides() {
    for task in DecisionTask.builtIn {
      let sides = task.teacherStudent.information - task.studentLabels.information
      #expect(abs(sides.nats - task.gap.nats) < 1e-12, "\(task.id)")
      #expect(task.gapError.nats < 1e-6, "\(task.id)")
    }
  }

  @Test func gapsGoThroughZero() {
    let gaps = DecisionTask.builtIn.map(\.gap.nats)
    #expect(gaps.contains { $0 < 0 } && gaps.contains(0) && gaps.contains { $0 > 0 })
  }

  @Test func rowsBelongTogether() throws {
    let task = try DecisionTask(
      classProportions: [3, 1], studentDimension: 2, teacherDimension: 4,
      studentInformation: Information(nats: 0.3), teacherInformation: Information(nats: 0.2),
      gap: Information(nats: 0.1))
    let rows = task.sample(200, seed: testSeed(7))
    #expect(rows.teacher.dimension == 4 && rows.student.dimension == 2)
    #expect(rows.labels.labels?.names == ["0", "1"])
    #expect(task.teacherStudent.sample(200, seed: testSeed(7)).y == rows.student)
    #expect(task.studentLabels.sample(200, seed: testSeed(7)).x == rows.student)
    #expect(task.studentLabels.sample(200, seed: testSeed(7)).y == rows.labels)
    #expect(task.id == "cch-2-2-0.3-p-0.75,0.25-4-0.2-0.1")
  }

  /// The three-variable truth is consistent with the student's mixture alone: the same information and
  /// unit variance within classes; with a teacher of 0 nats nothing of the labels is in the teacher.
  @Test func teacherOfNoInformationHasTheSameMeanInEveryClass() throws {
    let task = try DecisionTask(
      classProportions: [1, 1, 1], studentDimension: 3, teacherDimension: 3,
      studentInformation: Information(nats: 0.8), teacherInformation: .zero,
      gap: Information(nats: 0.1))
    // A mean of 27,000 rows has a standard deviation of 0.006.
    let rows = task.sample(80_000, seed: testSeed(2))
    let teacher = try #require(rows.teacher.samples)
    let labels = try #require(rows.labels.labels)
    for c in 0..<3 {
      let members = (0..<teacher.count).filter { labels.codes[$0] == c }
      for mean in columnMeans(teacher.selecting(rows: members)) {
        expect(mean, within: 0.03, of: 0)
      }
    }
  }

  @Test func impossibleGapsAreRefusedWithTheBound() {
    let error = #expect(throws: EstimatorError.self) {
      try DecisionTask(
        classProportions: [1, 1], studentDimension: 2, teacherDimension: 2,
        studentInformation: Information(nats: 0.3), teacherInformation: Information(nats: 0.3),
        gap: Information(nats: -0.29))
    }
    #expect(error?.description.contains("at least -0.") == true)
    #expect(throws: EstimatorError.self) {
      try DecisionTask(
        studentDimension: 2, teacherDimension: 2, studentInformation: Information(nats: 0.3),
        gap: Information(nats: -0.31))
    }
  }
}

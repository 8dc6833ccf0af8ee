// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Harness
import Testing

@Suite struct SplitTests {
  private func split(
    _ count: Int, groups: Labels? = nil, teacher: Int? = nil, student: Int? = nil, index: Int = 0
  ) -> RandomSplit {
    var options = DistillationOptions()
    options.teacherRows = teacher
    options.studentRows = student
    return RandomSplit(
      GroupedRows(count: count, groups: groups), options: options, index: index)
  }

  @Test func testedRowsAreNeverLearnedFrom() {
    for index in 0..<20 {
      let split = split(101, index: index)
      #expect(split.test.count == 25 && split.trainingCount == 76)
      #expect(Set(split.test).isDisjoint(with: split.teacher + split.student))
      #expect(Set(split.test + split.student) == Set(0..<101))
    }
  }

  @Test func teacherAndStudentShareNoRowWhereBothFit() {
    for index in 0..<20 {
      let apart = split(100, teacher: 50, student: 25, index: index)
      #expect(apart.teacher.count == 50 && apart.student.count == 25)
      #expect(Set(apart.teacher).isDisjoint(with: apart.student))
      let tight = split(100, teacher: 60, student: 25, index: index)
      #expect(Set(tight.teacher).intersection(tight.student).count == 10)
    }
  }

  @Test func groupsStayTogether() throws {
    let groups = try Labels((0..<120).map { $0 / 10 })
    for index in 0..<20 {
      let split = split(120, groups: groups, index: index)
      #expect(split.test.count == 30)
      let tested = Set(split.test.map { groups.codes[$0] })
      #expect(tested.isDisjoint(with: split.student.map { groups.codes[$0] }))
    }
  }

  @Test func oneLargeGroupLeavesAnother() throws {
    let groups = try Labels((0..<100).map { $0 < 90 ? 0 : 1 })
    for index in 0..<20 {
      let split = split(100, groups: groups, index: index)
      #expect(!split.test.isEmpty && !split.student.isEmpty)
    }
  }
}

@Suite struct ResampledDifferenceTests {
  /// By scipy.stats.t on the same numbers: mean 0.02, sd 0.015811, factor 1/5 + 1/3.
  @Test func theFormulaOfNadeauAndBengio() {
    let difference = ResampledDifference(
      [0, 0.01, 0.02, 0.03, 0.04], testRows: 25, trainingRows: 75, alpha: 0.05)
    #expect(abs(difference.mean - 0.02) < 1e-15)
    #expect(abs(difference.standardError - 0.011547005383792516) < 1e-12)
    #expect(abs(difference.interval[0] + 0.0046164463) < 1e-8)
    #expect(abs(difference.pAbove - 0.0791512) < 1e-6)
    #expect(abs(difference.pBelow - 0.9208488) < 1e-6)
    #expect(!difference.isAbove && !difference.isBelow)
  }

  @Test func differencesWithoutSpreadAreCertain() {
    let none = ResampledDifference([0, 0], testRows: 1, trainingRows: 3, alpha: 0.05)
    #expect(none.pAbove == 1 && none.pBelow == 1 && !none.isAbove && !none.isBelow)
    let all = ResampledDifference([0.5, 0.5], testRows: 1, trainingRows: 3, alpha: 0.05)
    #expect(all.pAbove == 0 && all.isAbove)
  }

  /// More splits of the same data do not make an interval shrink to nothing.
  @Test func splitsAreNotNewData() {
    var random = RandomSource(seed: testSeed(1))
    let many = random.normals(10_000)
    let difference = ResampledDifference(many, testRows: 1, trainingRows: 3, alpha: 0.05)
    expect(difference.standardError, within: 0.02, of: (1.0 / 3).squareRoot())
  }
}

// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Harness
import Testing

/// The gap as I(S; T | Y) - I(S; Y | T).
@Suite struct ContrastTests {
  private func decision(
    gap: Double, n: Int = 1000, seed: UInt64, _ change: (Variable) throws -> Variable = { $0 }
  ) throws -> CCHDecision {
    let task = try DecisionTask(
      classProportions: [1, 1], studentDimension: 3, teacherDimension: 3,
      studentInformation: Information(nats: 0.35), teacherInformation: Information(nats: 0.2),
      gap: Information(nats: gap))
    let rows = task.sample(n, seed: testSeed(seed))
    return try decision(change(rows.teacher), change(rows.student), rows.labels)
  }

  private func decision(
    _ teacher: Variable, _ student: Variable, _ labels: Variable
  ) throws -> CCHDecision {
    var options = CheckOptions()
    options.usesContrast = true
    options.looksBeyond = false
    options.heldOutConfirmed = true
    options.representation = .raw
    options.replicates = 6
    options.subsamples = 12
    options.shuffles = 19
    return try check(
      teachers: [NamedVariable("t", teacher)], student: NamedVariable("s", student),
      labels: NamedVariable("y", labels), registry: .builtIn(), options: options
    ).decisions[0]
  }

  // Over seeds the gap has a standard deviation of 0.035 at 1000 rows.
  @Test(arguments: [(0.5, CCHDecision.Verdict.distill), (-0.2, .doNotDistill)])
  func aClearGapIsDecided(gap: Double, verdict: CCHDecision.Verdict) throws {
    let found = try decision(gap: gap, seed: 3)
    #expect(found.verdict == verdict)
    try expect(#require(found.gap).nats, within: 0.2, of: gap)
    let contrast = try #require(found.contrast)
    #expect(contrast.gap == found.gap)
    #expect(found.teacherStudent != nil)
  }

  @Test func bentColumnsHaveTheSameGap() throws {
    let found = try decision(gap: 0.5, seed: 4) { variable in
      guard let samples = variable.samples else { return variable }
      return .samples(
        try Samples(
          rowMajor: samples.values.map { exp($0) }, count: samples.count,
          dimension: samples.dimension))
    }
    #expect(found.verdict != .doNotDistill)
    try expect(#require(found.gap).nats, within: 0.35, of: 0.5)
  }

  @Test func aTeacherPairedByLabelAloneHasNothingToGive() throws {
    var random = RandomSource(seed: testSeed(5))
    let codes = (0..<600).map { Int32($0 % 3) }
    func view() throws -> Variable {
      .samples(
        try Samples(
          rowMajor: codes.flatMap { [Double($0) + random.normal(), random.normal()] }, count: 600,
          dimension: 2))
    }
    let found = try decision(
      view(), view(), .labels(Labels(codes: codes, names: ["a", "b", "c"])))
    #expect(found.verdict != .distill)
    try expect(#require(found.contrast?.shared).nats, within: 0.1, of: 0)
    try expect(#require(found.gap).nats, below: 0.05)
  }

  @Test func aCopyOfTheStudentKnowsAllThatTheStudentKnows() throws {
    var random = RandomSource(seed: testSeed(6))
    let codes = (0..<600).map { Int32($0 % 3) }
    let student = codes.flatMap { [Double($0) + random.normal(), random.normal()] }
    let teacher = student.map { $0 + 0.05 * random.normal() }
    let found = try decision(
      .samples(Samples(rowMajor: teacher, count: 600, dimension: 2)),
      .samples(Samples(rowMajor: student, count: 600, dimension: 2)),
      .labels(Labels(codes: codes, names: ["a", "b", "c"])))
    #expect(found.verdict == .distill)
    #expect(found.contrast?.grade == .bounded)
    try expect(#require(found.contrast?.alone).nats, within: 0.1, of: 0)
  }

  @Test func aContinuousLabelHasAContrastToo() throws {
    let task = try DecisionTask(
      studentDimension: 2, teacherDimension: 2, studentInformation: Information(nats: 0.3),
      gap: Information(nats: 0.5))
    let rows = task.sample(800, seed: testSeed(7))
    let found = try decision(rows.teacher, rows.student, rows.labels)
    #expect(found.contrast != nil)
    try expect(#require(found.gap).nats, within: 0.25, of: 0.5)
  }

  @Test func dependenceThatDiffersByClassIsUndecided() throws {
    var random = RandomSource(seed: testSeed(8))
    var (t, s, codes): ([Double], [Double], [Int32]) = ([], [], [])
    for row in 0..<1000 {
      let code = row % 2
      let rho = code == 0 ? 0.95 : -0.95
      let (a, b) = (random.normal(), random.normal())
      t.append(a)
      s.append(rho * a + (1 - rho * rho).squareRoot() * b + 0.8 * Double(code))
      codes.append(Int32(code))
    }
    let found = try decision(
      .samples(Samples(t)), .samples(Samples(s)), .labels(Labels(codes: codes, names: ["a", "b"])))
    #expect(found.verdict == .undecided)
    #expect(found.warnings.contains { $0.code == "differsByClass" })
    try expect(#require(found.contrast?.shared).nats, above: 0.8)
  }
}

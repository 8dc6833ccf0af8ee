// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Harness
import Testing

/// One Gaussian column each: correlation r(teacher, student) and r(student, labels) prescribed.
private struct Triple {
  let teacher: NamedVariable
  let student: NamedVariable
  let labels: NamedVariable

  init(n: Int, teacherStudent: Double, studentLabel: Double, seed: UInt64) throws {
    var random = RandomSource(seed: testSeed(seed))
    var (t, s, y) = ([Double](), [Double](), [Double]())
    let left = Self.correlation(teacherStudent)
    let right = Self.correlation(studentLabel)
    for _ in 0..<n {
      let core = random.normal()
      s.append(core)
      t.append(left * core + (1 - left * left).squareRoot() * random.normal())
      y.append(right * core + (1 - right * right).squareRoot() * random.normal())
    }
    teacher = NamedVariable("teacher", .samples(try Samples(t)))
    student = NamedVariable("student", .samples(try Samples(s)))
    labels = NamedVariable("labels", .samples(try Samples(y)))
  }

  /// The correlation that holds a number of nats.
  private static func correlation(_ nats: Double) -> Double { (1 - exp(-2 * nats)).squareRoot() }
}

@Suite struct CheckTests {
  private func run(
    _ triple: Triple, estimators: [PlantedEstimator] = [PlantedEstimator("plug-in")],
    threads: Int = 2, alpha: Double = 0.05
  ) throws -> CheckReport {
    var registry = EstimatorRegistry()
    for estimator in estimators { try registry.register(estimator.entry) }
    var options = CheckOptions()
    options.estimators = estimators.map { EstimatorChoice($0.descriptor.id) }
    options.threads = threads
    options.alpha = alpha
    // What becomes of two informations that planted estimators give.
    options.usesContrast = false
    return try check(
      teachers: [triple.teacher], student: triple.student, labels: triple.labels,
      registry: registry, options: options)
  }

  @Test func aClearlyPositiveGapIsDistill() throws {
    let report = try run(Triple(n: 800, teacherStudent: 1, studentLabel: 0.2, seed: 1))
    let decision = report.decisions[0]
    #expect(decision.verdict == .distill)
    let error = try #require(decision.error).total
    try expect(#require(decision.gap).nats, within: 4 * error, of: 0.8)
    expect(error, below: 0.1)
    try expect(#require(decision.probabilityGapPositive), above: 0.99)
  }

  @Test func aClearlyNegativeGapIsDoNotDistill() throws {
    let report = try run(Triple(n: 800, teacherStudent: 0, studentLabel: 0.5, seed: 2))
    #expect(report.decisions[0].verdict == .doNotDistill)
  }

  @Test func noGapIsUndecidedInMostCases() throws {
    let verdicts = try (0..<20).map { seed in
      try run(Triple(n: 300, teacherStudent: 0.5, studentLabel: 0.5, seed: 100 + seed))
        .decisions[0].verdict
    }
    // At one-sided level 0.05 about 2 of 20 are decided; 7 or more have a chance under 0.003.
    #expect(verdicts.filter { $0 != .undecided }.count < 7)
  }

  /// The interval must hold the true gap about as often as it says.
  @Test func theIntervalCovers() throws {
    let held = try (0..<60).filter { seed in
      let report = try run(
        Triple(n: 300, teacherStudent: 0.8, studentLabel: 0.4, seed: 500 + UInt64(seed)))
      let interval = try #require(report.decisions[0].gapInterval)
      return interval[0] <= 0.4 && 0.4 <= interval[1]
    }
    // Nominal 54 of 60 with a standard deviation of 2.3; conservative is allowed.
    expect(held.count, atLeast: 47)
  }

  @Test func aRefusedEstimatorNeverContributes() throws {
    let fair = PlantedEstimator("fair")
    let shrunk = PlantedEstimator("shrunk") { value, _ in 0.3 * value }
    let triple = try Triple(n: 500, teacherStudent: 1, studentLabel: 0.5, seed: 3)
    let both = try run(triple, estimators: [fair, shrunk]).decisions[0]
    let alone = try run(triple, estimators: [fair]).decisions[0]
    #expect(both.teacherStudent == alone.teacherStudent)
    #expect(both.gapInterval == alone.gapInterval)
  }

  @Test func nothingAdmittedIsUndecidedWithTheReason() throws {
    let deaf = PlantedEstimator("deaf") { _, seed in Double(seed % 100) / 1000 }
    let report = try run(
      Triple(n: 200, teacherStudent: 1, studentLabel: 0.5, seed: 4), estimators: [deaf])
    let decision = report.decisions[0]
    #expect(decision.verdict == .undecided)
    #expect(decision.gap == nil && decision.probabilityGapPositive == nil)
    #expect(decision.warnings.contains { $0.code == "nothingAdmitted" })
    #expect(report.admissions.allSatisfy { $0.refusal != nil })
  }

  @Test func aBiasThatTheCurveKnowsIsTakenOut() throws {
    let bent = PlantedEstimator("bent") { value, _ in 0.8 * value + 0.02 }
    let report = try run(
      Triple(n: 2000, teacherStudent: 1, studentLabel: 0.5, seed: 5), estimators: [bent])
    let decision = report.decisions[0]
    try expect(#require(decision.teacherStudent).nats, within: 0.12, of: 1)
    // The standard deviation over seeds is 0.025, and 0.022 of the other.
    try expect(#require(decision.studentLabel).nats, within: 0.1, of: 0.5)
  }

  @Test func disagreementWidensTheInterval() throws {
    let triple = try Triple(n: 500, teacherStudent: 1, studentLabel: 0.5, seed: 6)
    let fair = PlantedEstimator("fair")
    // Honest on Gaussian truth, whose samples here are all distinct; off on this data.
    let other = PlantedEstimator("other") { value, seed in seed == 0 ? value + 0.2 : value }
    let alone = try run(triple, estimators: [fair]).decisions[0]
    let both = try run(triple, estimators: [fair, other]).decisions[0]
    try expect(#require(both.error).disagreement, above: 0.1)
    try expect(#require(both.error).total, above: #require(alone.error).total)
    #expect(alone.warnings.contains { $0.code == "singleFamily" })
  }

  @Test func threadsDoNotChangeTheReport() throws {
    let triple = try Triple(n: 200, teacherStudent: 0.6, studentLabel: 0.4, seed: 7)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let one = try encoder.encode(run(triple, threads: 1))
    let four = try encoder.encode(run(triple, threads: 4))
    #expect(one == four)
  }

  @Test func rowsThatDifferAreNamed() throws {
    let triple = try Triple(n: 100, teacherStudent: 0.6, studentLabel: 0.4, seed: 8)
    let short = NamedVariable("audio", .samples(try Samples([1, 2, 3])))
    let error = try #require(throws: EstimatorError.self) {
      try check(
        teachers: [short], student: triple.student, labels: triple.labels,
        registry: EstimatorRegistry(), options: CheckOptions())
    }
    #expect(error.code == .rowsDiffer)
    #expect(error.description.contains("audio has 3 rows and student 100"))
  }

  @Test func teachersAreRankedByTheirGap() throws {
    let weak = try Triple(n: 400, teacherStudent: 0.1, studentLabel: 0.3, seed: 9)
    let strong = try Triple(n: 400, teacherStudent: 1.5, studentLabel: 0.3, seed: 9)
    let planted = PlantedEstimator("plug-in")
    var registry = EstimatorRegistry()
    try registry.register(planted.entry)
    var options = CheckOptions()
    options.estimators = [EstimatorChoice("plug-in")]
    options.usesContrast = false
    let report = try check(
      teachers: [
        NamedVariable("weak", weak.teacher.variable),
        NamedVariable("strong", strong.teacher.variable),
      ],
      student: weak.student, labels: weak.labels, registry: registry, options: options)
    #expect(report.ranking == ["strong", "weak"])
  }
}

// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Harness
import Testing

/// The teachers that satisfy the hypothesis and hurt, or do not and help by shrinkage alone.
@Suite struct AlignmentTests {
  /// The setting of a linear student: labels y = s + e with I(s; y) = 0.5 bits, and a teacher's scalar
  /// prediction of the same student.
  private func check(
    n: Int = 200, seed: UInt64, teacher: (Double, inout RandomSource) -> Double
  ) throws -> CheckReport {
    var random = RandomSource(seed: testSeed(seed))
    let student = random.normals(n)
    let noise = 1.0
    let labels = student.map { $0 + noise * random.normal() }
    let predictions = student.map { teacher($0, &random) }
    var options = CheckOptions()
    options.estimators = [EstimatorChoice("gaussian")]
    options.replicates = 10
    options.subsamples = 20
    options.threads = 2
    return try Harness.check(
      teachers: [NamedVariable("t", .samples(try Samples(predictions)))],
      student: NamedVariable("s", .samples(try Samples(student))),
      labels: NamedVariable("y", .samples(try Samples(labels))), registry: .builtIn(),
      options: options)
  }

  @Test(arguments: 1...5)
  func anAntiAlignedTeacherSatisfiesTheHypothesisAndIsFlagged(_ seed: UInt64) throws {
    let report = try check(seed: seed) { student, random in -student + 0.2 * random.normal() }
    #expect(report.decisions[0].verdict == .distill)
    #expect(report.beyond?.teachers[0].alignment?.finding == .antiAligned)
    #expect(report.decisions[0].warnings.contains { $0.code == "antiAligned" })
    #expect(report.headline.contains("point against the labels"))
  }

  @Test(arguments: 1...5)
  func anAlignedTeacherIsNotFlagged(_ seed: UInt64) throws {
    let report = try check(seed: seed) { student, random in student + 0.2 * random.normal() }
    #expect(report.decisions[0].verdict == .distill)
    #expect(report.beyond?.teachers[0].alignment?.finding == .aligned)
    #expect(!report.decisions[0].warnings.contains { $0.code == "antiAligned" })
  }

  @Test func aTeacherOfPureNoiseIsFlaggedAndNeverDistill() throws {
    let reports = try (1...8).map { seed in
      try check(seed: seed) { _, random in random.normal() }
    }
    #expect(reports.allSatisfy { $0.decisions[0].verdict != .distill })
    let flagged = reports.filter { report in
      report.decisions[0].warnings.contains { $0.code == "uninformativeTeacher" }
    }
    // Each is missed with probability 0.02; three or more of eight with 0.0004.
    expect(flagged.count, atLeast: 6)
  }

  /// Class scores: the columns are the classes in their order.
  private func classScores(sign: Double, seed: UInt64) throws -> Alignment? {
    var random = RandomSource(seed: testSeed(seed))
    let codes = (0..<300).map { _ in random.below(3) }
    let scores = codes.flatMap { code in
      (0..<3).map { ($0 == code ? sign : 0) + 0.7 * random.normal() }
    }
    var options = CheckOptions()
    options.estimators = [EstimatorChoice("gaussian"), EstimatorChoice("gaussian-label")]
    options.replicates = 5
    options.subsamples = 10
    let view = try Samples(rowMajor: scores, count: 300, dimension: 3)
    let student = random.normals(300)
    return try Harness.check(
      teachers: [NamedVariable("t", .samples(view))],
      student: NamedVariable("s", .samples(Samples(student))),
      labels: NamedVariable("y", .labels(Labels(codes))), registry: .builtIn(), options: options
    ).beyond?.teachers[0].alignment
  }

  @Test func theLargestScoreIsComparedWithTheClass() throws {
    let towards = try #require(try classScores(sign: 1, seed: 1))
    #expect(towards.source == .classScores && towards.finding == .aligned)
    let against = try #require(try classScores(sign: -1, seed: 2))
    #expect(against.finding == .antiAligned)
    expect(against.value, below: against.chance)
    let nothing = try #require(try classScores(sign: 0, seed: 3))
    #expect(nothing.finding == .uninformative)
    expect(nothing.chance, within: 0.05, of: 1.0 / 3)
  }

  @Test func whatTheTeacherAddsIsHeardAndWhatItRepeatsIsNot() throws {
    var random = RandomSource(seed: testSeed(4))
    let n = 600
    let (one, other) = (random.normals(n), random.normals(n))
    let labels = (0..<n).map { one[$0] + other[$0] + 0.5 * random.normal() > 0 ? 1 : 0 }
    var options = CheckOptions()
    options.estimators = [EstimatorChoice("gaussian"), EstimatorChoice("gaussian-label")]
    options.replicates = 5
    options.subsamples = 10
    let copied = one.map { $0 + 0.3 * random.normal() }
    let report = try Harness.check(
      teachers: [
        NamedVariable("new", .samples(try Samples(other))),
        NamedVariable("copy", .samples(try Samples(copied))),
      ],
      student: NamedVariable("s", .samples(try Samples(one))),
      labels: NamedVariable("y", .labels(try Labels(labels))), registry: .builtIn(),
      options: options)
    let found = try #require(report.beyond?.teachers)
    let new = try #require(found[0].added)
    let copy = try #require(found[1].added)
    expect(new.information.nats, above: 5 * new.standardError.nats)
    expect(copy.information.nats, within: 3 * copy.standardError.nats + 0.01, of: 0)
    #expect(report.decisions[0].warnings.contains { $0.code == "scale" } == false)
  }
}

// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Harness
import Testing

/// A student and teachers that share a number of nats with it each; labels that share `labelNats`.
private func report(
  _ teacherNats: [Double], labelNats: Double = 0.4, n: Int = 400, seed: UInt64,
  _ change: (inout CheckOptions) -> Void = { _ in }
) throws -> CheckReport {
  var random = RandomSource(seed: testSeed(seed))
  let student = random.normals(n)
  func related(_ nats: Double) -> [Double] {
    let r = (1 - exp(-2 * nats)).squareRoot()
    return student.map { r * $0 + (1 - r * r).squareRoot() * random.normal() }
  }
  var options = CheckOptions()
  options.estimators = [EstimatorChoice("gaussian")]
  options.replicates = 10
  options.threads = 2
  options.looksBeyond = false
  change(&options)
  return try check(
    teachers: teacherNats.enumerated().map {
      NamedVariable("t\($0)", .samples(try Samples(related($1))))
    },
    student: NamedVariable("s", .samples(try Samples(student))),
    labels: NamedVariable("y", .samples(try Samples(related(labelNats)))), registry: .builtIn(),
    options: options)
}

@Suite struct RankingTests {
  @Test func clearlyDifferentTeachersAreRanked() throws {
    let ranking = try report([0.1, 1.5, 0.6], seed: 1).teacherRanking
    #expect(ranking.places.map(\.name) == ["t1", "t2", "t0"])
    #expect(ranking.places.map(\.best) == [1, 2, 3])
    #expect(ranking.places.map(\.worst) == [1, 2, 3])
    #expect(ranking.line == "t1 > t2 > t0")
    #expect(ranking.comparisons.count == 3)
    #expect(ranking.comparisons.allSatisfy { !$0.isTie && $0.difference.nats > 0 })
  }

  @Test func equalTeachersAreTies() throws {
    let rankings = try (1...10).map { try report([0.5, 0.5, 0.5], seed: $0 + 40).teacherRanking }
    // Nominal 0.05 each that any of three equal pairs is told apart; 3 or more of 10 have 0.01.
    #expect(rankings.count { $0.comparisons.contains { !$0.isTie } } <= 2)
    let tied = try #require(rankings.first { $0.comparisons.allSatisfy(\.isTie) })
    #expect(tied.line.contains(" = "))
    #expect(tied.places.allSatisfy { $0.best == 1 && $0.worst == 3 })
  }

  @Test func differencesOfGapsAreDifferencesOfTeacherInformation() throws {
    let found = try report([0.2, 0.9], seed: 2)
    let gaps = try found.decisions.map { try #require($0.gap).nats }
    let comparison = try #require(found.teacherRanking.comparisons.first)
    #expect(abs(comparison.difference.nats - (gaps[1] - gaps[0])) < 1e-12)
    #expect(comparison.interval[0] < comparison.difference.nats)
  }

  @Test func moreTeachersWidenTheIntervals() throws {
    let alone = try report([0.5], seed: 3)
    let four = try report([0.5, 0.5, 0.5, 0.5], seed: 3)
    #expect(abs(alone.intervalLevel - 0.90) < 1e-12)
    #expect(abs(four.intervalLevel - 0.975) < 1e-12)
    for decision in four.decisions {
      let interval = try #require(decision.gapInterval)
      let error = try #require(decision.error).total
      // Two-sided 97.5%: 2.2414 standard errors to either side.
      #expect(abs((interval[1] - interval[0]) / (2 * error) - 2.2414) < 1e-3)
      let decided = interval[0] > 0 || interval[1] < 0
      #expect(decided == (decision.verdict != .undecided))
    }
  }

  /// Ten teachers without any gap: a check with any `distill` is wrong.
  @Test func theFamilyErrorStaysNearAlpha() throws {
    let wrong = try (0..<20).count { index in
      try report([Double](repeating: 0.4, count: 5), n: 200, seed: 100 + UInt64(index)) {
        $0.replicates = 6
        $0.subsamples = 20
      }.decisions.contains { $0.verdict == .distill }
    }
    // Nominal at most 1 of 20; 5 or more have a chance of 0.003.
    expect(wrong, atMost: 4)
  }

  @Test func theJointTeacherIsOneMoreCandidate() throws {
    let found = try report([0.3, 0.3], n: 800, seed: 5) { $0.joint = true }
    #expect(found.decisions.map(\.name) == ["t0", "t1", "t0+t1"])
    let shared = try found.decisions.map { try #require($0.teacherStudent).nats }
    #expect(shared[2] > shared[0] && shared[2] > shared[1])
    #expect(throws: EstimatorError.self) { try report([0.3], seed: 6) { $0.joint = true } }
  }
}

@Suite struct BudgetTests {
  @Test func aSettledCheckLeavesTheRestOut() throws {
    let found = try report([2.0], labelNats: 0.1, n: 500, seed: 1) {
      $0.estimators = [EstimatorChoice("gaussian"), EstimatorChoice("ksg-1")]
      $0.budget = .seconds(600)
    }
    #expect(found.decisions[0].verdict == .distill)
    #expect(!found.skipped.isEmpty)
    #expect(found.skipped.allSatisfy { $0.reason.contains("decided") })
    #expect(found.warnings.contains { $0.code == "skipped" })
    #expect(found.verdictAlpha == 0.025)
  }

  @Test func anUnsettledCheckRunsAllWithHalfOfAlpha() throws {
    let found = try report([0.4], labelNats: 0.4, n: 200, seed: 2) {
      $0.estimators = [EstimatorChoice("gaussian"), EstimatorChoice("ksg-1")]
      $0.budget = .seconds(600)
      $0.replicates = 5
    }
    #expect(found.skipped.isEmpty == (found.decisions[0].verdict == .undecided))
    #expect(found.verdictAlpha == 0.025)
  }

  @Test func aSpentBudgetIsSaidAndNothingIsBelieved() throws {
    let found = try report([1.0], seed: 3) { $0.budget = .nanoseconds(1) }
    #expect(found.decisions[0].verdict == .undecided)
    #expect(found.skipped.count == 2)
    #expect(found.skipped.allSatisfy { $0.reason.contains("budget") })
  }
}

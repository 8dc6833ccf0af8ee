// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Harness
import Testing

/// Views that meet only in their class, as in data sets paired by label, and views that share more.
@Suite struct LabelPairingTests {
  private func check(sharing: Double, seed: UInt64) throws -> CCHDecision {
    var random = RandomSource(seed: seed)
    let n = 300
    var (teacher, student, classes) = ([Double](), [Double](), [Int]())
    for _ in 0..<n {
      let label = random.below(2)
      let own = random.normal()
      classes.append(label)
      student.append(2 * Double(label) + own)
      teacher.append(
        2 * Double(label) + sharing * own + (1 - sharing * sharing).squareRoot() * random.normal())
    }
    var options = CheckOptions()
    options.replicates = 8
    options.subsamples = 20
    options.threads = 2
    options.seed = seed
    return try Harness.check(
      teachers: [NamedVariable("t", .samples(try Samples(teacher)))],
      student: NamedVariable("s", .samples(try Samples(student))),
      labels: NamedVariable("y", .labels(try Labels(classes))), registry: .builtIn(),
      options: options
    ).decisions[0]
  }

  @Test func pairingByLabelAloneIsFoundAndIsNeverDistill() throws {
    let decisions = try (1...6).map { try check(sharing: 0, seed: $0) }
    #expect(decisions.allSatisfy { $0.verdict != .distill })
    // Each has a chance of 0.1 to be missed; four or more of six misses have one of 0.001.
    let found = decisions.filter { decision in
      decision.warnings.contains { $0.code == "pairedByLabelOnly" }
    }
    #expect(found.count >= 3)
  }

  @Test func whatIsSharedBeyondTheLabelIsHeard() throws {
    let decision = try check(sharing: 0.8, seed: 2)
    #expect(try #require(decision.pairing).pValue == 1.0 / 40)
    #expect(!decision.warnings.contains { $0.code == "pairedByLabelOnly" })
  }

  @Test func rowsNeededAreMoreThanTheRowsThere() throws {
    let decisions = try (10...15).map { try check(sharing: 0.35, seed: $0) }
    for decision in decisions where decision.verdict == .undecided {
      if let rows = decision.rowsNeeded { #expect(rows >= 300) }
    }
    for decision in decisions where decision.verdict != .undecided {
      #expect(decision.rowsNeeded == nil)
    }
  }

  /// Views as cross-fitted scores must not share the errors of their folds' models.
  @Test func logitsOfViewsPairedByLabelAreFoundToBe() throws {
    let found = try (1...5).count { seed in
      var random = RandomSource(seed: UInt64(seed))
      let codes = (0..<300).map { _ in random.below(3) }
      func view() -> [Double] {
        codes.flatMap { code in (0..<12).map { ($0 == code ? 1.5 : 0) + random.normal() } }
      }
      var options = CheckOptions()
      options.representation = .logits
      options.estimators = [EstimatorChoice("gaussian-copula"), EstimatorChoice("gaussian-label")]
      options.replicates = 5
      options.subsamples = 10
      options.looksBeyond = false
      let decision = try Harness.check(
        teachers: [
          NamedVariable("t", .samples(try Samples(rowMajor: view(), count: 300, dimension: 12)))
        ],
        student: NamedVariable(
          "s", .samples(try Samples(rowMajor: view(), count: 300, dimension: 12))),
        labels: NamedVariable("y", .labels(try Labels(codes))), registry: .builtIn(),
        options: options
      ).decisions[0]
      return try #require(decision.pairing).nothingBeyondLabels
    }
    // Each is missed with a chance of 0.1; three or more of five with one of 0.009.
    #expect(found >= 3)
  }
}

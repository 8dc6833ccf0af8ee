// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Harness
import Testing

/// Views that meet only in their class, as in data sets paired by label, and views that share more.
@Suite struct LabelPairingTests {
  private func check(sharing: Double, seed: UInt64) throws -> CCHDecision {
    var random = RandomSource(seed: testSeed(seed))
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
    options.seed = testSeed(seed)
    return try Harness.check(
      teachers: [NamedVariable("t", .samples(try Samples(teacher)))],
      student: NamedVariable("s", .samples(try Samples(student))),
      labels: NamedVariable("y", .labels(try Labels(classes))), registry: .builtIn(),
      options: options
    ).decisions[0]
  }

  @Test func pairingByLabelAloneIsFoundAndIsNeverDistill() throws {
    let decisions = try (1...8).map { try check(sharing: 0, seed: $0) }
    #expect(decisions.allSatisfy { $0.verdict != .distill })
    // Each has a chance of 0.1 to be missed; five or more of eight have one of 0.0004.
    let found = decisions.filter { decision in
      decision.warnings.contains { $0.code == "pairedByLabelOnly" }
    }
    expect(found.count, atLeast: 4)
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
    let found = try (1...8).count { seed in
      var random = RandomSource(seed: testSeed(seed))
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
    // Each is missed with a chance of 0.1 to 0.16; six or more of eight with one of 0.0004.
    expect(found, atLeast: 3)
  }

  /// Ten groups of twenty rows share a value in each view, drawn for each view by itself: given the label
  /// the views are independent, yet rows trading places between groups look different from the data.
  ///
  /// At level 0.1 a valid test finds one of ten by chance, and more than 7 of 20 with probability
  /// 0.0004; rows that trade places alone find 11 of 20, and fewer than 4 with probability 0.0001.
  @Test func groupsTradePlacesWholeWhereRowsComeInGroups() throws {
    var (alone, whole) = (0, 0)
    for seed in UInt64(1)...20 {
      var random = RandomSource(seed: testSeed(seed), 0x47)
      let groups = (0..<200).map { $0 / 20 }
      let shared = (random.normals(10), random.normals(10))
      let classes = groups.map { $0 % 2 }
      func view(_ values: [Double]) throws -> NamedVariable {
        NamedVariable(
          "v",
          .samples(
            try Samples(
              groups.indices.map {
                2 * Double(classes[$0]) + 3 * values[groups[$0]] + 0.3 * random.normal()
              })))
      }
      let (teacher, student) = (try view(shared.0), try view(shared.1))
      func pairing(_ groups: [Int]?) throws -> LabelPairing? {
        var options = CheckOptions()
        options.estimators = [
          EstimatorChoice("gaussian-copula"), EstimatorChoice("gaussian-label"),
        ]
        options.replicates = 5
        options.subsamples = 10
        options.threads = 2
        options.seed = testSeed(seed)
        options.looksBeyond = false
        return try Harness.check(
          teachers: [NamedVariable("t", teacher.variable)],
          student: NamedVariable("s", student.variable),
          labels: NamedVariable("y", .labels(try Labels(classes))),
          groups: try groups.map { try Labels($0) }, registry: .builtIn(), options: options
        ).decisions[0].pairing
      }
      if let found = try pairing(nil), !found.nothingBeyondLabels { alone += 1 }
      if let found = try pairing(groups), !found.nothingBeyondLabels { whole += 1 }
    }
    expect(whole, atMost: 7)
    expect(alone, atLeast: 4, "rows that trade places alone are no test here")
  }

  @Test func groupsThatCannotTradePlacesAreSaidToBeUntested() throws {
    var random = RandomSource(seed: testSeed(3))
    // 24 groups of 24 sizes.
    let groups = (0..<24).flatMap { [Int](repeating: $0, count: $0 + 4) }
    let n = groups.count
    let x = random.normals(n)
    var options = CheckOptions()
    options.estimators = [EstimatorChoice("gaussian-copula"), EstimatorChoice("gaussian-label")]
    options.replicates = 5
    options.subsamples = 10
    let decision = try Harness.check(
      teachers: [NamedVariable("t", .samples(try Samples(x.map { $0 + random.normal() })))],
      student: NamedVariable("s", .samples(try Samples(x))),
      labels: NamedVariable("y", .labels(try Labels((0..<n).map { $0 % 2 }))),
      groups: try Labels(groups), registry: .builtIn(), options: options
    ).decisions[0]
    #expect(decision.pairing == nil)
    #expect(decision.warnings.contains { $0.code == "pairingUntested" })
  }
}

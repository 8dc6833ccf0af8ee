// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators
import Foundation
import Harness
import Testing

@Suite struct AutomaticTests {
  /// A student of `columns` normal columns, a teacher that is nearly the student, two classes.
  private func run(
    _ representation: Representation, columns: Int
  ) throws -> CheckReport {
    var random = RandomSource(seed: testSeed(12))
    let n = 160
    let student = random.normals(n * columns)
    let teacher = student.map { $0 + 0.5 * random.normal() }
    let labels = (0..<n).map { student[$0 * columns] + random.normal() > 0 ? 1 : 0 }
    var options = CheckOptions()
    options.estimators = [EstimatorChoice("ksg-1"), EstimatorChoice("gaussian-label")]
    options.replicates = 6
    options.subsamples = 12
    options.shuffles = 9
    options.threads = 2
    options.representation = representation
    return try check(
      teachers: [
        NamedVariable(
          "t", .samples(try Samples(rowMajor: teacher, count: n, dimension: columns)))
      ],
      student: NamedVariable(
        "s", .samples(try Samples(rowMajor: student, count: n, dimension: columns))),
      labels: NamedVariable("y", .labels(try Labels(labels))), registry: .builtIn(),
      options: options)
  }

  @Test func columnsThatAreBelievedStayAsTheyAre() throws {
    let (chosen, raw) = try (run(.automatic, columns: 1), run(.raw, columns: 1))
    #expect(chosen.representation == .raw && chosen.representationReason == nil)
    #expect(chosen.decisions == raw.decisions)
    // Whatever was run first, the label side stands first.
    let names = { (report: CheckReport) in report.scorecards.map(\.estimator) }
    #expect(names(chosen) == names(raw) && names(raw).first == "gaussian-label")
  }

  @Test func whereAPairIsRefusedLogitsAreCompared() throws {
    let report = try run(.automatic, columns: 12)
    #expect(report.representation == .logits)
    #expect(report.representationReason == "no estimator was admitted for I(t; s | y) as given")
    #expect(report.representations.allSatisfy { $0.dimensionOut == 1 })
    #expect(report.decisions == (try run(.logits, columns: 12)).decisions)
  }
}

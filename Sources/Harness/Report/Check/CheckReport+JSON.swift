// SPDX-License-Identifier: MIT

import EstimatorAPI

/// The shape of `mi check --json`; keys once published stay. A quantity that is not known is null.
extension CheckReport: Encodable {
  private enum Key: String, CodingKey {
    case schema, seed, alpha, replicates, subsamples, representation, heldOutConfirmed
    case regime, representations, scorecards, admissions, teachers, ranking, warnings
  }

  /// Encodes the report.
  ///
  /// Measured seconds are left out: the same seed gives the same bytes at any number of threads.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode("mi.check/1", forKey: .schema)
    try container.encode(options.seed, forKey: .seed)
    try container.encode(options.alpha, forKey: .alpha)
    try container.encode(options.replicates, forKey: .replicates)
    try container.encode(options.subsamples, forKey: .subsamples)
    try container.encode(options.representation.description, forKey: .representation)
    try container.encode(options.heldOutConfirmed, forKey: .heldOutConfirmed)
    try container.encode(
      RegimeRecord(
        n: n, student: studentName, studentDimension: labelRegime.dx, labels: labelsName,
        labelClassSizes: labelRegime.yClassSizes),
      forKey: .regime)
    try container.encode(representations, forKey: .representations)
    try container.encode(scorecards.map { $0.withoutTiming() }, forKey: .scorecards)
    try container.encode(admissions, forKey: .admissions)
    try container.encode(
      decisions.map { TeacherRecord(decision: $0, labelEntropy: labelEntropy) }, forKey: .teachers)
    try container.encode(ranking, forKey: .ranking)
    try container.encode(warnings, forKey: .warnings)
  }
}

private struct RegimeRecord: Encodable {
  let n: Int
  let student: String
  let studentDimension: Int
  let labels: String
  let labelClassSizes: [Int]?
}

private struct TeacherRecord: Encodable {
  let decision: CCHDecision
  let labelEntropy: Information?

  private enum Key: String, CodingKey {
    case name, verdict, probabilityGapPositive, teacherStudentNats, studentLabelNats, gapNats
    case gapInterval, gapError, rowsNeeded, pairing, labelEntropyNats, warnings
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(decision.name, forKey: .name)
    try container.encode(decision.verdict, forKey: .verdict)
    try container.encode(decision.probabilityGapPositive, forKey: .probabilityGapPositive)
    try container.encode(decision.teacherStudent, forKey: .teacherStudentNats)
    try container.encode(decision.studentLabel, forKey: .studentLabelNats)
    try container.encode(decision.gap, forKey: .gapNats)
    try container.encode(decision.gapInterval, forKey: .gapInterval)
    try container.encode(decision.error, forKey: .gapError)
    try container.encode(decision.rowsNeeded, forKey: .rowsNeeded)
    try container.encode(decision.pairing, forKey: .pairing)
    try container.encode(labelEntropy, forKey: .labelEntropyNats)
    try container.encode(decision.warnings, forKey: .warnings)
  }
}

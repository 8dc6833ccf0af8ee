// SPDX-License-Identifier: MIT

import EstimatorAPI

/// The shape of `mi check --json`; keys once published stay. A quantity that is not known is null.
extension CheckReport: Encodable {
  private enum Key: String, CodingKey {
    case schema, seed, alpha, replicates, subsamples, representation, heldOutConfirmed
    case representationReason, verdictAlpha, intervalLevel, regime, representations, scorecards
    case admissions, teachers, ranking, ranks, comparisons, baselines, skipped, warnings
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
    try container.encode(representation.description, forKey: .representation)
    try container.encode(representationReason, forKey: .representationReason)
    try container.encode(verdictAlpha, forKey: .verdictAlpha)
    try container.encode(intervalLevel, forKey: .intervalLevel)
    try container.encode(options.heldOutConfirmed, forKey: .heldOutConfirmed)
    try container.encode(
      RegimeRecord(
        n: n, student: studentName, studentDimension: labelRegime.dx, labels: labelsName,
        labelClassSizes: labelRegime.yClassSizes, groups: groupCount),
      forKey: .regime)
    try container.encode(representations, forKey: .representations)
    try container.encode(scorecards.map { $0.withoutTiming() }, forKey: .scorecards)
    try container.encode(admissions, forKey: .admissions)
    try container.encode(
      decisions.enumerated().map { index, decision in
        TeacherRecord(
          decision: decision, labelEntropy: labelEntropy, beyond: beyond?.teachers[index])
      }, forKey: .teachers)
    try container.encode(ranking, forKey: .ranking)
    try container.encode(teacherRanking.places.map(RankRecord.init), forKey: .ranks)
    try container.encode(
      teacherRanking.comparisons.map(ComparisonRecord.init), forKey: .comparisons)
    try container.encode(beyond?.baselines ?? [], forKey: .baselines)
    try container.encode(skipped, forKey: .skipped)
    try container.encode(warnings, forKey: .warnings)
  }
}

private struct RegimeRecord: Encodable {
  let n: Int
  let student: String
  let studentDimension: Int
  let labels: String
  let labelClassSizes: [Int]?
  let groups: Int?
}

private struct RankRecord: Encodable {
  let name: String
  let best: Int
  let worst: Int

  init(_ place: TeacherRanking.Place) {
    (name, best, worst) = (place.name, place.best, place.worst)
  }
}

private struct ComparisonRecord: Encodable {
  let first: String
  let second: String
  let differenceNats: Double
  let interval: [Double]
  let adjustedPValue: Double
  let tie: Bool

  init(_ comparison: TeacherRanking.Comparison) {
    first = comparison.first
    second = comparison.second
    differenceNats = comparison.difference.nats
    interval = comparison.interval
    adjustedPValue = comparison.adjustedPValue
    tie = comparison.isTie
  }
}

private struct AddedRecord: Encodable {
  let method: String
  let nats: Double
  let standardErrorNats: Double

  init(_ added: AddedInformation) {
    method = added.method
    nats = added.information.nats
    standardErrorNats = added.standardError.nats
  }
}

private struct TeacherRecord: Encodable {
  let decision: CCHDecision
  let labelEntropy: Information?
  let beyond: BeyondCCH.TeacherView?

  private enum Key: String, CodingKey {
    case name, verdict, probabilityGapPositive, teacherStudentNats, teacherStudentErrorNats
    case studentLabelNats, studentLabelErrorNats, gapNats
    case gapInterval, gapError, rowsNeeded, pairing, labelEntropyNats, alignment, added, warnings
    case contrast
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(decision.name, forKey: .name)
    try container.encode(decision.verdict, forKey: .verdict)
    try container.encode(decision.probabilityGapPositive, forKey: .probabilityGapPositive)
    try container.encode(decision.teacherStudent, forKey: .teacherStudentNats)
    try container.encode(decision.teacherStudentError, forKey: .teacherStudentErrorNats)
    try container.encode(decision.studentLabel, forKey: .studentLabelNats)
    try container.encode(decision.studentLabelError, forKey: .studentLabelErrorNats)
    try container.encode(decision.gap, forKey: .gapNats)
    try container.encode(decision.gapInterval, forKey: .gapInterval)
    try container.encode(decision.error, forKey: .gapError)
    try container.encode(decision.rowsNeeded, forKey: .rowsNeeded)
    try container.encode(decision.pairing, forKey: .pairing)
    try container.encode(labelEntropy, forKey: .labelEntropyNats)
    try container.encode(beyond?.alignment, forKey: .alignment)
    try container.encode(beyond?.added.map(AddedRecord.init), forKey: .added)
    try container.encode(decision.warnings, forKey: .warnings)
    try container.encode(decision.contrast.map { ContrastRecord(contrast: $0) }, forKey: .contrast)
  }
}

private struct ContrastRecord: Encodable {
  struct Direct: Encodable {
    let estimator: String
    let nats: Double
  }

  private enum Key: String, CodingKey {
    case sharedNats, sharedErrorNats, aloneNats, aloneErrorNats, sharedLowerBoundNats, commonNats
    case labelsGivenTeacherNats, grade, direct
  }

  let contrast: Contrast

  // A quantity that is not known is null, and not left out.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(contrast.shared?.nats, forKey: .sharedNats)
    try container.encode(contrast.sharedError?.nats, forKey: .sharedErrorNats)
    try container.encode(contrast.alone?.nats, forKey: .aloneNats)
    try container.encode(contrast.aloneError?.nats, forKey: .aloneErrorNats)
    try container.encode(contrast.sharedLowerBound?.nats, forKey: .sharedLowerBoundNats)
    try container.encode(contrast.common?.nats, forKey: .commonNats)
    try container.encode(contrast.labelsGivenTeacher?.nats, forKey: .labelsGivenTeacherNats)
    try container.encode(contrast.grade, forKey: .grade)
    try container.encode(
      contrast.direct.map { Direct(estimator: $0.estimator, nats: $0.information.nats) },
      forKey: .direct)
  }
}

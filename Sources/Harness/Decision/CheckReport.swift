// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// All that a check found: enough to print it, to draw it and to repeat it.
public struct CheckReport: Sendable {
  /// The number of rows.
  public let n: Int
  /// The student's name.
  public let studentName: String
  /// The labels' name.
  public let labelsName: String
  /// The representation in which the views were compared.
  public let representation: Representation
  /// Why that one was taken; nil where it was asked for.
  public let representationReason: String?
  /// What was done to each view: the student first, then the teachers.
  public let representations: [RepresentationRecord]
  /// The regime of the label side.
  public let labelRegime: Regime
  /// Every scorecard made.
  public let scorecards: [Scorecard]
  /// The label side first, then a side for each teacher.
  public let sides: [Side]
  /// The decisions, in the order of the teachers.
  public let decisions: [CCHDecision]
  /// The teachers compared with each other.
  public let teacherRanking: TeacherRanking
  /// What the hypothesis cannot see; nil where it was not looked at.
  public let beyond: BeyondCCH?
  /// Estimators that a budget left out.
  public let skipped: [SkippedEstimator]
  /// What the verdicts spent of alpha: all of it, or less under a budget.
  public let verdictAlpha: Double
  /// The number of groups of rows; nil where rows stand alone.
  public let groupCount: Int?
  /// How it was run.
  public let options: CheckOptions

  /// H(labels), the most that I(student; labels) can be; nil for continuous labels.
  public var labelEntropy: Information? { labelRegime.ceiling }

  /// Every admission, the refused ones with their reasons.
  public var admissions: [Admission] {
    sides.flatMap(\.admissions) + decisions.compactMap { $0.contrast?.aloneAdmission }
  }

  /// What holds for the whole check.
  public var warnings: [EstimateWarning] {
    var warnings = options.assumptions
    if !options.heldOutConfirmed {
      warnings.append(
        EstimateWarning(
          code: "heldOutUnconfirmed",
          message: "It was not confirmed that these rows were held out from the training of the "
            + "networks; on training rows mutual information is inflated. Say --held-out if so."))
    }
    if let representationReason {
      warnings.append(
        EstimateWarning(
          code: "representation",
          message: "Views are compared as logits, cross-fitted predictions of the labels, since "
            + "\(representationReason)."))
    }
    if !skipped.isEmpty {
      let names = skipped.map { "\($0.estimator) on \($0.pair)" }.joined(separator: ", ")
      warnings.append(
        EstimateWarning(
          code: "skipped", message: "Not run: \(names), since \(skipped[0].reason)."))
    }
    return warnings
  }

  /// The level of the intervals of the gaps, which hold for all teachers at once.
  public var intervalLevel: Double { 1 - 2 * verdictAlpha / Double(decisions.count) }

  /// The teachers' names by falling gap, which is the order by I(teacher; student) as well.
  ///
  /// Those without a gap come last; ``teacherRanking`` says which are ties.
  public var ranking: [String] { teacherRanking.places.map(\.name) }
}

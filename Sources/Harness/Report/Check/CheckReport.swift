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
  /// How it was run.
  public let options: CheckOptions

  /// H(labels), the most that I(student; labels) can be; nil for continuous labels.
  public var labelEntropy: Information? { labelRegime.ceiling }

  /// Every admission, the refused ones with their reasons.
  public var admissions: [Admission] { sides.flatMap(\.admissions) }

  /// What holds for the whole check.
  public var warnings: [EstimateWarning] {
    var warnings: [EstimateWarning] = []
    if !options.heldOutConfirmed {
      warnings.append(
        EstimateWarning(
          code: "heldOutUnconfirmed",
          message: "It was not confirmed that these rows were held out from the training of the "
            + "networks; on training rows mutual information is inflated. Say --held-out if so."))
    }
    return warnings
  }

  /// The teachers' names by falling gap; those without one come last, in the order given.
  ///
  /// All gaps share the label side, so this is the order by I(teacher; student) as well.
  public var ranking: [String] {
    let ranked = decisions.enumerated().sorted { left, right in
      let leftGap = left.element.gap?.nats ?? -.infinity
      let rightGap = right.element.gap?.nats ?? -.infinity
      return leftGap == rightGap ? left.offset < right.offset : leftGap > rightGap
    }
    return ranked.map(\.element.name)
  }
}

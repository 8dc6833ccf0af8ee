// SPDX-License-Identifier: MIT

public import EstimatorAPI
import Estimators

/// The Cross-modal Complementarity Hypothesis applied to one teacher: distil when
/// I(teacher; student) > I(student; labels) (Xie, Xu, Sanguinetti, arXiv 2510.13182).
///
/// The gap is a ``Contrast``, I(student; teacher | labels) - I(student; labels | teacher), where both can be
/// estimated, and then I(teacher; student) is I(student; labels) plus the gap; else it is the difference of the two
/// calibrated values. Its variance adds up
/// - the sampling error, from subsamples of the same rows for both sides,
/// - the error of either side's calibration curve,
/// - the disagreement between the families of estimators admitted on either side.
///
/// The verdict is `distill` or `doNotDistill` where the normal interval lies on one side of zero, and
/// `undecided` otherwise, or where a side has no admitted estimator.
///
/// ## What alpha means
///
/// Alpha bounds the probability that a check says `distill` of any teacher whose gap is not positive,
/// or `doNotDistill` of any whose gap is. Each of the m teachers of a check gets alpha / m, one-sided
/// (Bonferroni): its interval has the two-sided level 1 - 2 alpha / m, excludes zero exactly where there
/// is a verdict, and each tail holds for all teachers at once with probability 1 - alpha, whatever the
/// dependence between them. Holm's step-down is not used here: its proof for the signs of differences
/// needs independent tests (Shaffer 1980), and teachers share the label side. The bound is as good as
/// the normal errors above; `Benchmarks/decisions` measures it.
public struct CCHDecision: Sendable, Hashable, Codable {
  /// The recommendation.
  public enum Verdict: String, Sendable, Hashable, Codable {
    /// The gap is positive: by the hypothesis, distillation from this teacher helps.
    case distill
    /// The gap is negative: by the hypothesis, it does not help.
    case doNotDistill
    /// The data, or the estimators' error on such data, do not tell.
    case undecided
  }

  /// The teacher's name.
  public let name: String
  /// The verdict.
  public let verdict: Verdict
  /// The probability that the gap is positive, given the errors; nil where a side is unknown.
  public let probabilityGapPositive: Double?
  /// I(teacher; student), calibrated; nil where no estimator was admitted.
  public let teacherStudent: Information?
  /// I(student; labels), calibrated; nil where no estimator was admitted.
  public let studentLabel: Information?
  /// The standard error of ``teacherStudent``, all parts together.
  public let teacherStudentError: Information?
  /// The standard error of ``studentLabel``, all parts together.
  public let studentLabelError: Information?
  /// The difference of the two, in nats.
  public let gap: Information?
  /// The interval of the gap, in nats, at level 1 - 2 alpha / m for m teachers: simultaneous.
  public let gapInterval: [Double]?
  /// The standard error of the gap with its parts, in nats.
  public let error: GapError?
  /// The rows at which a gap of this size would be decided.
  ///
  /// Nil where it is decided, or where more rows alone would not do it because the estimators
  /// disagree or their calibration is too coarse.
  public let rowsNeeded: Int?
  /// The test for views paired by label alone; nil where it was not made.
  public let pairing: LabelPairing?
  /// The gap as a contrast; nil where it is a difference of the two informations.
  public let contrast: Contrast?
  /// Warnings of both sides and of the decision.
  public private(set) var warnings: [EstimateWarning]

  /// The standard error of a gap and its parts, in nats.
  public struct GapError: Sendable, Hashable, Codable {
    /// From subsamples of shared rows.
    public let sampling: Double
    /// From both calibration curves.
    public let calibration: Double
    /// From the spread between families on either side.
    public let disagreement: Double
    /// The root of the sum of squares.
    public let total: Double
  }

  /// Decides for one of `teachers` teachers that share alpha; `further` warnings are added.
  ///
  /// With a contrast `teacherStudent` is the side of I(student; teacher | labels).
  init(
    name: String, teacherStudent: Side, studentLabel: Side, contrast: Contrast? = nil,
    subsampling: Subsampling, alpha: Double, teachers: Int = 1, further: [EstimateWarning] = []
  ) {
    let quantile = normalQuantile(1 - alpha / Double(teachers))
    let scale = subsampling.varianceScale
    self.name = name
    self.contrast = contrast
    self.studentLabel = studentLabel.information
    pairing = teacherStudent.pairing
    studentLabelError = studentLabel.standardError(scale)
    var warnings = teacherStudent.warnings + studentLabel.warnings + further
    let found =
      contrast.map { Gap($0) } ?? Gap(difference: teacherStudent, studentLabel)
    if let contrast {
      // What the labels' side and the gap say together.
      self.teacherStudent = contrast.gap.flatMap { gap in studentLabel.information.map { $0 + gap }
      }
      teacherStudentError = self.teacherStudent.map { _ in
        let deviations = zip(contrast.deviations, studentLabel.deviations).map { $0 + $1 }
        return Information(
          nats: norm(
            standardDeviation(deviations) * scale.squareRoot(), contrast.calibrationError,
            contrast.disagreement, studentLabel.calibrationError, studentLabel.disagreement ?? 0))
      }
    } else {
      self.teacherStudent = teacherStudent.information
      teacherStudentError = teacherStudent.standardError(scale)
    }
    guard let found else {
      self.warnings = warnings
      verdict = .undecided
      rowsNeeded = nil
      probabilityGapPositive = nil
      gap = nil
      gapInterval = nil
      error = nil
      return
    }
    let sampling = standardDeviation(found.deviations) * scale.squareRoot()
    let (calibration, disagreement) = (found.calibrationError, found.disagreement)
    let total = norm(sampling, calibration, disagreement)
    let gap = found.information
    let reach = quantile * total
    self.gap = gap
    error = GapError(
      sampling: sampling, calibration: calibration, disagreement: disagreement, total: total)
    gapInterval = [gap.nats - reach, gap.nats + reach]
    probabilityGapPositive = total > 0 ? normalCDF(gap.nats / total) : (gap.nats > 0 ? 1 : 0)
    let byLabelOnly = teacherStudent.pairing?.nothingBeyondLabels ?? false
    if gap.nats > reach, byLabelOnly {
      warnings.append(
        EstimateWarning(
          code: "contradiction",
          message: "The gap of \(name) is estimated positive, which is impossible for views paired "
            + "by label alone; the verdict is undecided."))
      verdict = .undecided
    } else if gap.nats > reach,
      let warning = contrast?.warningOfClassDependence(teacher: name, student: "the student")
    {
      warnings.append(warning)
      verdict = .undecided
    } else {
      verdict = gap.nats > reach ? .distill : gap.nats < -reach ? .doNotDistill : .undecided
    }
    self.warnings = warnings
    rowsNeeded =
      abs(gap.nats) > reach
      ? nil
      : Self.rowsNeeded(
        gap: gap.nats, quantile: quantile, sampling: sampling,
        rest: norm(calibration, disagreement), n: teacherStudent.n)
  }

  /// The same, with a warning where direct estimates of I(teacher; student) contradict the contrast.
  func comparedWithDirectEstimates(_ student: String) -> CCHDecision {
    guard let teacherStudent, let teacherStudentError,
      let warning = contrast?.warning(
        "I(\(name); \(student))", teacherStudent: teacherStudent,
        standardError: teacherStudentError)
    else { return self }
    var decision = self
    decision.warnings.append(warning)
    return decision
  }

  /// The gap with its errors, however it was found.
  private struct Gap {
    let information: Information
    let deviations: [Double]
    let calibrationError: Double
    let disagreement: Double

    /// Nil where a part of the contrast is not known.
    init?(_ contrast: Contrast) {
      guard let gap = contrast.gap else { return nil }
      information = gap
      deviations = contrast.deviations
      calibrationError = contrast.calibrationError
      disagreement = contrast.disagreement
    }

    /// Nil where a side is not known.
    init?(difference left: Side, _ right: Side) {
      guard let one = left.information, let other = right.information else { return nil }
      information = one - other
      deviations = zip(left.deviations, right.deviations).map { $0 - $1 }
      calibrationError = norm(left.calibrationError, right.calibrationError)
      disagreement = norm(left.disagreement ?? 0, right.disagreement ?? 0)
    }
  }

  /// Solves quantile x sqrt(sampling^2 n / N + rest^2) = |gap| for N.
  private static func rowsNeeded(
    gap: Double, quantile: Double, sampling: Double, rest: Double, n: Int
  ) -> Int? {
    let room = (gap / quantile) * (gap / quantile) - rest * rest
    guard room > 0 else { return nil }
    let rows = (Double(n) * sampling * sampling / room).rounded(.up)
    return rows < 1e12 ? max(Int(rows), n) : nil
  }
}

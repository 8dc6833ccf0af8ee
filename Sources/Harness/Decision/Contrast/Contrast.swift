// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// The gap I(T; S) - I(S; Y) of one teacher as the contrast of what is not common to all three.
///
///     I(T; S) - I(S; Y) = I(S; T | Y) - I(S; Y | T),
///
/// exactly: both sides are I(S; T, Y) taken apart in two ways. What teacher, student and labels all share is on
/// both sides of the gap and cancels; it is most of either where views meet through classes, and estimating
/// it twice is how a difference of two large numbers goes wrong.
///
/// I(S; T | Y), what the two views share beyond the labels, is read by a panel within the classes
/// (``SharedPanel``), scored on known truth as any side. I(S; Y | T), what the student knows of the labels that the
/// teacher does not, is the difference of two cross-entropies of held-out predictions (``StudentAlone``).
public struct Contrast: Sendable, Hashable, Codable {
  /// What the verdict rests on.
  public enum Grade: String, Sendable, Hashable, Codable {
    /// A lower bound of I(S; T | Y) on held-out rows lies above an upper bound of H(Y | T), which
    /// I(S; Y | T) cannot exceed: nothing is assumed but independent rows.
    case bounded
    /// Calibrated estimates: right as far as the truths they were scored on are like the data.
    case calibrated
  }

  /// I(student; teacher | labels); nil where no estimator was admitted.
  public let shared: Information?
  /// The standard error of ``shared``, all parts together.
  public let sharedError: Information?
  /// I(student; labels | teacher); nil where it was refused.
  public let alone: Information?
  /// The standard error of ``alone``, all parts together.
  public let aloneError: Information?
  /// How ``alone`` was scored; nil where no prediction can be made.
  public let aloneAdmission: Admission?
  /// A lower bound of I(student; teacher | labels) by a critic that never saw the rows; nil without one.
  public let sharedLowerBound: Information?
  /// The part of ``shared`` that is the same in every class, that of one Gaussian around the class means; nil
  /// where it could not be estimated.
  public let common: Information?
  /// The cross-entropy of the labels given the teacher, an upper bound of H(labels | teacher).
  public let labelsGivenTeacher: Information?
  /// What a verdict of `distill` rests on; nil where there is no gap.
  public let grade: Grade?
  /// Estimates of I(teacher; student) itself, uncalibrated: a cross-check.
  public let direct: [DirectEstimate]

  /// For each subsample of rows, how far the gap moved from its mean, in nats.
  let deviations: [Double]
  /// The error of calibration and correction, in nats.
  let calibrationError: Double
  /// The spread between families, in nats.
  let disagreement: Double

  /// The gap, in nats.
  public var gap: Information? {
    guard let shared, let alone else { return nil }
    return shared - alone
  }

  /// Combines what was found of both parts; `quantile` is that of the normal distribution at the level of the
  /// bounds.
  init(shared: Side, _ parts: ContrastParts, subsampling: Subsampling, quantile: Double) {
    let (alone, bound) = (parts.alone, parts.bound)
    direct = parts.direct
    aloneAdmission = alone?.admission ?? parts.refusal
    let scale = subsampling.varianceScale
    self.shared = shared.information
    sharedError = shared.standardError(scale)
    let ownDeviations = alone?.deviations(subsampling.draws) ?? []
    let admitted = alone.flatMap { $0.admission.admitted ? $0.admission : nil }
    let ownCalibration = admitted?.calibrationError ?? 0
    self.alone = admitted?.corrected
    aloneError = admitted.map { _ in
      Information(
        nats: norm(standardDeviation(ownDeviations) * scale.squareRoot(), ownCalibration))
    }
    sharedLowerBound = bound.map { Information(nats: $0.nats) }
    common = parts.common.map { Information(nats: $0) }
    labelsGivenTeacher = alone.map { Information(nats: $0.lossGivenTeacher.mean) }
    deviations =
      shared.deviations.isEmpty
      ? [] : zip(shared.deviations, ownDeviations).map { $0 - $1 }
    calibrationError = norm(shared.calibrationError, ownCalibration)
    disagreement = shared.disagreement ?? 0
    guard self.shared != nil, self.alone != nil else {
      grade = nil
      return
    }
    if let bound, let alone,
      bound.nats - quantile * bound.error
        > alone.lossGivenTeacher.mean + quantile * alone.lossGivenTeacher.error
    {
      grade = .bounded
    } else {
      grade = .calibrated
    }
  }
}

extension Contrast {
  /// A warning where all direct estimates lie beyond `teacherStudent` to the same side, by a tenth of a nat and
  /// three of its standard errors; nil where they do not.
  func warning(
    _ pair: String, teacherStudent: Information, standardError: Information
  ) -> EstimateWarning? {
    let reach = max(0.1, 3 * standardError.nats)
    let differences = direct.map { $0.information.nats - teacherStudent.nats }
    guard differences.count > 1,
      differences.allSatisfy({ $0 > reach }) || differences.allSatisfy({ $0 < -reach })
    else { return nil }
    let list = direct.map { "\($0.estimator) \(short($0.information.nats))" }
    return EstimateWarning(
      code: "directDisagrees",
      message:
        "Direct, uncalibrated estimates of \(pair) differ from the \(short(teacherStudent.nats)) "
        + "nats of the contrast by \(short(differences.map(abs).min() ?? 0)) or more "
        + "(\(list.joined(separator: ", "))).")
  }

  /// A warning where the gap is positive only by dependence that differs from class to class; nil where it is not.
  ///
  /// The hypothesis was derived for jointly normal variables (Xie, Xu and Sanguinetti, arXiv 2510.13182), where
  /// there is no such dependence, and a student that learns one map of its columns for all classes can use
  /// little of it.
  func warningOfClassDependence(
    teacher: String, student: String
  ) -> EstimateWarning? {
    guard let gap, let alone, let common, let shared, gap.nats > 0, common < alone else {
      return nil
    }
    return EstimateWarning(
      code: "differsByClass",
      message:
        "\(teacher) and \(student) share \(short(shared.nats)) nats beyond the labels, of which only "
        + "\(short(common.nats)) are alike in all classes, less than the \(short(alone.nats)) that "
        + "\(student) knows alone: the gap is positive by dependence that differs from class to class, "
        + "of which a student can use little, and the verdict is undecided.")
  }
}

// SPDX-License-Identifier: MIT

public import EstimatorAPI
import Estimators

/// Which representations a verdict is made of.
public enum VerdictViews: Sendable, Hashable, CustomStringConvertible {
  /// What the distillation's own models, cross-fitted, predict for each row, perhaps reduced: held
  /// out, and narrow.
  ///
  /// `mi check --represent logits` has other numbers: those of its classifier, one for all views.
  case modelLogits(Representation)
  /// The views as `mi check` takes them; whether they were held out is the caller's business.
  case views(Representation)

  /// Reads `model-logits`, `model-logits,pca=K`, or what ``Representation`` reads.
  public init?(_ text: String) {
    let prefix = "model-logits,"
    if text == "model-logits" {
      self = .modelLogits(.raw)
    } else if text.hasPrefix(prefix) {
      guard let representation = Representation("\(text.dropFirst(prefix.count))"),
        representation != .logits, representation != .automatic
      else { return nil }
      self = .modelLogits(representation)
    } else if let representation = Representation(text) {
      self = .views(representation)
    } else {
      return nil
    }
  }

  /// As ``init(_:)`` reads it.
  public var description: String {
    switch self {
    case .modelLogits(.raw): "model-logits"
    case .modelLogits(let representation): "model-logits,\(representation)"
    case .views(let representation): representation.description
    }
  }
}

/// The rules' verdicts on one teacher before anything is distilled.
public struct Prediction: Sendable, Hashable, Codable {
  /// The teacher's name.
  public let name: String
  /// The decision of `mi check`.
  public let decision: CCHDecision
  /// I(teacher; student) by `ksg-1` as it comes, in nats; nil where it failed.
  public let rawTeacherStudent: Double?
  /// I(student; labels) by `ross` (`ksg-1` for numbers) as it comes, in nats.
  public let rawStudentLabel: Double?

  /// The raw hypothesis: uncalibrated neighbor estimates, strictly compared; nil where one failed.
  public var rawSaysDistill: Bool? {
    guard let left = rawTeacherStudent, let right = rawStudentLabel else { return nil }
    return left > right
  }
}

/// The verdict of `mi check` on each teacher, on representations that are held out by cross-fitting.
///
/// - Parameters:
///   - teachers: the teachers' views.
///   - student: the student's view.
///   - labels: the labels.
///   - groups: rows of one group are scored by models that saw none of it.
///   - views: what the check looks at.
///   - registry: the estimators known.
///   - models: the options of the distillation, for models, seed, threads and level.
///   - options: the options of the check; representation, seed, threads and level are set here.
///   - hooks: progress and cancellation.
/// - Returns: a prediction for each teacher, and the check they came from.
/// - Throws: as ``distill(teachers:student:labels:groups:options:hooks:)`` and
///   ``check(teachers:student:labels:groups:registry:options:hooks:)`` do.
public func predictions(
  teachers: [NamedVariable], student: NamedVariable, labels: NamedVariable, groups: Labels?,
  views: VerdictViews, registry: EstimatorRegistry, models: DistillationOptions,
  check options: CheckOptions, hooks: CheckHooks = CheckHooks()
) throws(EstimatorError) -> (predictions: [Prediction], report: CheckReport) {
  var options = options
  options.seed = models.seed
  options.threads = models.threads
  options.alpha = models.alpha
  // What the hypothesis cannot see does not change its verdict.
  options.looksBeyond = false
  var (teacherViews, studentView) = (teachers, student)
  switch views {
  case .views(let representation): options.representation = representation
  case .modelLogits(let representation):
    options.representation = representation
    options.heldOutConfirmed = true
    let data = try DistillationData(
      teachers: teachers, student: student, labels: labels, groups: groups)
    func logits(
      _ view: NamedVariable, _ matrix: Matrix, _ shape: ModelShape
    ) throws(EstimatorError) -> NamedVariable {
      hooks.progress("\(view.name): cross-fitted logits")
      return NamedVariable(
        view.name,
        .samples(
          try crossFittedLogits(
            matrix, target: data.target, grouping: data.grouping, shape: shape,
            seed: models.seed, threads: models.threads)))
    }
    studentView = try logits(student, data.student, models.studentModel)
    teacherViews = []
    for (teacher, matrix) in zip(teachers, data.teachers) {
      teacherViews.append(try logits(teacher, matrix, models.teacherModel))
    }
  }
  let report = try check(
    teachers: teacherViews, student: studentView, labels: labels, groups: groups,
    registry: registry, options: options, hooks: hooks)
  let labelSide = report.sides[0].raw(labels.variable.labels == nil ? "ksg-1" : "ross")
  let predictions = zip(report.decisions, report.sides.dropFirst()).map { decision, side in
    Prediction(
      name: decision.name, decision: decision, rawTeacherStudent: side.raw("ksg-1"),
      rawStudentLabel: labelSide)
  }
  return (predictions, report)
}

extension Side {
  /// An estimator's number on the data, admitted or not.
  fileprivate func raw(_ estimator: String) -> Double? {
    admissions.first { $0.estimator == estimator }?.raw?.nats
  }
}

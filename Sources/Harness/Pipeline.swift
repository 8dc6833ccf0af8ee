// SPDX-License-Identifier: MIT

public import EstimatorAPI

// The page to read first. The way of the data:
//
//   variables -> Representation -> Side (Scorecard -> Admission -> Calibration -> subsamples)
//             -> CCHDecision per teacher -> CheckReport
//
// Each is a plain value made from the one before. No estimator's number reaches a Side's value
// unless its Scorecard at the data's own regime passed the AdmissionRule.

/// A variable with the name the user gave it.
public struct NamedVariable: Sendable {
  /// The name.
  public let name: String
  /// The data.
  public let variable: Variable

  /// Creates a named variable.
  public init(_ name: String, _ variable: Variable) {
    self.name = name
    self.variable = variable
  }
}

/// What a check may be told.
public struct CheckOptions: Sendable {
  /// The estimators to use; where none fits a kind of pair, the default panel is used for it.
  public var estimators: [EstimatorChoice] = []
  /// The seed of everything random.
  public var seed: UInt64 = 0
  /// Threads at work; never changes a result.
  public var threads = 1
  /// Trials at each level of a scorecard.
  public var replicates = 20
  /// Subsamples behind the interval.
  public var subsamples = 40
  /// Shuffles within classes behind the test for views paired by label alone.
  public var shuffles = 39
  /// The one-sided level of a verdict.
  public var alpha = 0.05
  /// How wide views are reduced.
  public var representation = Representation.raw
  /// The caller's word that no row was used in training the networks.
  public var heldOutConfirmed = false
  /// The rule of admission.
  public var rule = AdmissionRule()

  /// Creates the default options.
  public init() {}
}

/// How a long check talks to its caller.
public struct CheckHooks: Sendable {
  /// Called with a line for people after each step.
  public var progress: @Sendable (String) -> Void
  /// True means: stop.
  public var isCancelled: @Sendable () -> Bool

  /// Creates hooks; the defaults are silent and never cancel.
  public init(
    progress: @escaping @Sendable (String) -> Void = { _ in },
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    self.progress = progress
    self.isCancelled = isCancelled
  }
}

/// Decides for each teacher whether distillation into the student will help.
///
/// All variables have the same n rows, the same items in the same order, held out from the training
/// of the networks that made the representations.
///
/// - Parameters:
///   - teachers: one or more teacher representations.
///   - student: the student representation.
///   - labels: the labels, discrete or continuous.
///   - registry: the estimators known.
///   - options: levels, seeds, sizes.
///   - hooks: progress and cancellation.
/// - Returns: the report, with a decision for each teacher.
/// - Throws: `rowsDiffer` with the names, an unknown estimator or parameter, or `cancelled`. What
///   goes wrong inside an estimator is a refused admission in the report.
public func check(
  teachers: [NamedVariable], student: NamedVariable, labels: NamedVariable,
  registry: EstimatorRegistry, options: CheckOptions, hooks: CheckHooks = CheckHooks()
) throws(EstimatorError) -> CheckReport {
  precondition(!teachers.isEmpty, "a check needs a teacher")
  let n = student.variable.count
  for other in teachers + [labels] where other.variable.count != n {
    throw EstimatorError(
      .rowsDiffer,
      "\(other.name) has \(other.variable.count) rows and \(student.name) \(n); all files must "
        + "hold the same items in the same order.")
  }
  guard n >= 20 else { throw .tooFewSamples(found: n, needed: 20, estimator: "check") }
  for choice in options.estimators {
    _ = try registry.make(choice.id, choice.parameters)
  }

  var records: [RepresentationRecord] = []
  func represent(_ view: NamedVariable) throws(EstimatorError) -> Variable {
    let (variable, record) = try options.representation.apply(to: view.variable, named: view.name)
    records.append(record)
    return variable
  }
  let studentView = try represent(student)
  var teacherViews: [Variable] = []
  for teacher in teachers { teacherViews.append(try represent(teacher)) }

  let subsampling = Subsampling(count: n, draws: options.subsamples, seed: options.seed)
  var estimator = SideEstimator(
    registry: registry, options: options, subsampling: subsampling, hooks: hooks)
  let labelSide = try estimator.side(
    studentView, labels.variable, pair: "I(\(student.name); \(labels.name))",
    twin: twin(studentView, labels.variable))
  var teacherSides: [Side] = []
  for (teacher, view) in zip(teachers, teacherViews) {
    teacherSides.append(
      try estimator.side(
        view, studentView, pair: "I(\(teacher.name); \(student.name))",
        twin: twin(view, studentView, labels.variable), sharedLabels: labels.variable.labels))
  }

  let decisions = zip(teachers, teacherSides).map { teacher, side in
    CCHDecision(
      name: teacher.name, teacherStudent: side, studentLabel: labelSide, subsampling: subsampling,
      alpha: options.alpha)
  }
  return CheckReport(
    n: n, studentName: student.name, labelsName: labels.name, representations: records,
    labelRegime: Regime(studentView, labels.variable), scorecards: estimator.scorecards,
    sides: [labelSide] + teacherSides, decisions: decisions, options: options)
}

/// The twin of a student and its labels, where the one is continuous and the other discrete.
private func twin(_ student: Variable, _ labels: Variable) -> ClassTwin? {
  guard let samples = student.samples, let classes = labels.labels else { return nil }
  return ClassTwin(x: samples, labels: classes)
}

/// The twin of two views that share labels, where both are continuous and the labels discrete.
private func twin(_ teacher: Variable, _ student: Variable, _ labels: Variable) -> ClassTwin? {
  guard let x = teacher.samples, let y = student.samples, let classes = labels.labels
  else { return nil }
  return ClassTwin(x: x, y: y, labels: classes)
}

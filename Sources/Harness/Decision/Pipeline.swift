// SPDX-License-Identifier: MIT

public import EstimatorAPI
import Estimators

// The page to read first. The way of the data:
//
//   variables -> Representation -> Side (Scorecard -> Admission -> Calibration -> subsamples)
//             -> CCHDecision per teacher -> TeacherRanking, BeyondCCH -> CheckReport
//
// Each is a plain value made from the one before. No estimator's number reaches a Side's value
// unless its Scorecard at the data's own regime passed the AdmissionRule.

/// A variable with the name the user gave it.
public struct NamedVariable: Sendable {
  /// The name.
  public let name: String
  /// The data.
  public let variable: Variable
  /// The caller's word that numbers are quantities, however few different ones there are.
  public let isContinuous: Bool

  /// Creates a named variable.
  public init(_ name: String, _ variable: Variable, isContinuous: Bool = false) {
    self.name = name
    self.variable = variable
    self.isContinuous = isContinuous
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
  /// The probability of a wrong verdict in the whole check, one-sided; see ``CCHDecision``.
  public var alpha = 0.05
  /// How wide views are reduced.
  public var representation = Representation.raw
  /// The caller's word that no row was used in training the networks.
  public var heldOutConfirmed = false
  /// Whether the teachers' columns side by side are one more candidate.
  public var joint = false
  /// The time for estimators; nil: all of them are run.
  ///
  /// With a budget the result depends on the machine; see ``SkippedEstimator``.
  public var budget: Duration?
  /// Whether the gap is found as a ``Contrast`` where it can be, or always as the difference of two informations.
  public var usesContrast = true
  /// Whether to look at what the hypothesis cannot see: alignment, added information, baselines.
  public var looksBeyond = true
  /// What was assumed of the data before the check, for the report.
  public var assumptions: [EstimateWarning] = []
  /// What is known of the order of the rows.
  public var order = RowOrder.unknown
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
  /// Where estimates are kept and looked up; nil: all are made.
  public var cache: TrialCache?
  /// Counts the estimates that were made.
  package var count: WorkCount?

  /// Creates hooks; the defaults are silent and never cancel.
  public init(
    progress: @escaping @Sendable (String) -> Void = { _ in },
    isCancelled: @escaping @Sendable () -> Bool = { false }, cache: TrialCache? = nil
  ) {
    self.progress = progress
    self.isCancelled = isCancelled
    self.cache = cache
  }
}

/// Decides for each teacher whether distillation into the student will help.
///
/// All variables have the same n rows, the same items in the same order, held out from the training
/// of the networks that made the representations. Nothing is read or written but the cache of the
/// hooks, where there is one.
///
/// - Parameters:
///   - teachers: one or more teacher representations.
///   - student: the student representation.
///   - labels: the labels, discrete or continuous.
///   - groups: the group of each row, for example its speaker, where rows come in groups: the rows of
///     a group stay together in every subsample and every fold.
///   - registry: the estimators known.
///   - options: levels, seeds, sizes.
///   - hooks: progress, cancellation and cache.
/// - Returns: the report, with a decision for each teacher.
/// - Throws: `rowsDiffer` with the names, an unknown estimator or parameter, or `cancelled`. What
///   goes wrong inside an estimator is a refused admission in the report.
public func check(
  teachers: [NamedVariable], student: NamedVariable, labels: NamedVariable,
  groups: Labels? = nil, registry: EstimatorRegistry, options: CheckOptions,
  hooks: CheckHooks = CheckHooks()
) throws(EstimatorError) -> CheckReport {
  try CheckRun(
    checking: teachers, student: student, labels: labels, groups: groups, registry: registry,
    options: options, hooks: hooks
  ).report()
}
extension CheckRun {
  /// Looks whether the data and the options are fit for a check.
  init(
    checking teachers: [NamedVariable], student: NamedVariable, labels: NamedVariable,
    groups: Labels?, registry: EstimatorRegistry, options: CheckOptions, hooks: CheckHooks
  ) throws(EstimatorError) {
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
    guard groups == nil || options.order == .unknown else {
      throw EstimatorError(
        .invalidOption, "The order of rows makes groups of its own; give groups or the order.")
    }
    let unit =
      options.order == .time
      ? try RowBlocks(teachers: teachers.map(\.variable), student: student.variable).groups
      : try rowGroups(groups, rows: n)
    let candidates = options.joint ? teachers + [try jointTeacher(teachers)] : teachers
    var options = options
    let labels = try labels.inTheRoleOfLabels(&options)
    let most = labels.variable.labels?.classCount ?? 1
    self.init(
      teachers: candidates.map { $0.inTheRoleOfAView(cellsOf: [student], most, &options) },
      student: student.inTheRoleOfAView(cellsOf: candidates, most, &options), labels: labels,
      groups: unit, registry: registry, options: options, hooks: hooks)
  }
}

/// The group of each row as a number.
///
/// - Throws: `rowsDiffer`, or `tooFewSamples` where half of the groups say nothing of a spread.
private func rowGroups(_ groups: Labels?, rows: Int) throws(EstimatorError) -> [Int]? {
  guard let groups else { return nil }
  guard groups.count == rows else {
    throw EstimatorError(
      .rowsDiffer, "The groups have \(groups.count) rows and the data \(rows); they must be equal.")
  }
  let used = groups.classSizes.count { $0 > 0 }
  guard used >= 10 else {
    throw EstimatorError(
      .tooFewSamples,
      "There are \(used) groups of rows; subsamples of whole groups need at least 10.")
  }
  return groups.codes.map(Int.init)
}

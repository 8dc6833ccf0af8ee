// SPDX-License-Identifier: MIT

public import EstimatorAPI
import Estimators
import Synchronization

/// All that a distillation found for one student.
public struct DistillationReport: Sendable {
  /// The number of rows.
  public let n: Int
  /// Rows tested on in the first split; with groups it varies a little.
  public let testRows: Int
  /// Rows a teacher learned from.
  public let teacherRows: Int
  /// Labelled rows the student learned from.
  public let studentRows: Int
  /// Rows that both learned from.
  public let sharedRows: Int
  /// The student's name.
  public let studentName: String
  /// Whether the labels are classes; else they are numbers and quality is R^2.
  public let isClassification: Bool
  /// The tuned student's accuracy or R^2.
  public let studentQuality: Double
  /// Label smoothing less tuned student.
  public let smoothingGain: ResampledDifference
  /// The student taught by itself less tuned student.
  public let selfGain: ResampledDifference
  /// By teacher, in the order given.
  public let teachers: [TeacherOutcome]
  /// How it was run.
  public let options: DistillationOptions
}

/// Distills each teacher into a student and measures what it gained, over random splits.
///
/// In every split the teacher is trained on its view of the teacher rows, the student on its own view of
/// the student rows, by their labels and by the teacher's opinion of those very rows; both are
/// tested on rows that neither saw. All views have the same n rows.
///
/// - Parameters:
///   - teachers: one or more teacher views.
///   - student: the student's view.
///   - labels: classes, or one column of numbers.
///   - groups: rows of one group are never on both sides of a split; nil for none.
///   - options: models, sizes, weights, temperatures.
///   - hooks: progress and cancellation.
/// - Returns: gains with intervals.
/// - Throws: `rowsDiffer`, `tooFewSamples`, `unsupportedKinds` for a view of labels, or `cancelled`.
public func distill(
  teachers: [NamedVariable], student: NamedVariable, labels: NamedVariable, groups: Labels? = nil,
  options: DistillationOptions, hooks: CheckHooks = CheckHooks()
) throws(EstimatorError) -> DistillationReport {
  try distill(
    teachers: teachers, student: student, labels: labels, groups: groups, options: options,
    cache: TeacherCache(), hooks: hooks)
}

/// As above, with what the same teachers said before under the same options.
func distill(
  teachers: [NamedVariable], student: NamedVariable, labels: NamedVariable, groups: Labels?,
  options: DistillationOptions, cache: TeacherCache, hooks: CheckHooks
) throws(EstimatorError) -> DistillationReport {
  precondition(!teachers.isEmpty && options.splits >= 2, "a distillation needs teachers and splits")
  let data = try DistillationData(
    teachers: teachers, student: student, labels: labels, groups: groups, cache: cache)
  let plans = (0..<options.splits).map {
    RandomSplit(data.grouping, options: options, index: $0)
  }
  let needed = 4 * data.target.outputs + 8
  for (what, rows) in [("teacher", plans[0].teacher), ("student", plans[0].student)]
  where rows.count < needed {
    throw .tooFewSamples(found: rows.count, needed: needed, estimator: "distill (\(what) rows)")
  }
  let done = Mutex(0)
  let scores = parallelMap(options.splits, threads: options.threads) { index -> SplitScores? in
    if hooks.isCancelled() { return nil }
    let scores = SplitScores(
      data, split: plans[index], index: index, options: options, isCancelled: hooks.isCancelled)
    if !hooks.isCancelled() { hooks.count?.add() }
    let count = done.withLock { done in
      done += 1
      return done
    }
    hooks.progress("\(student.name): split \(count) of \(options.splits)")
    return scores
  }
  let splits = scores.compactMap(\.self)
  guard splits.count == options.splits else { throw .cancelled }

  func overStudent(_ score: (SplitScores) -> PredictionScore) -> ResampledDifference {
    ResampledDifference(
      splits.map { score($0).quality - $0.student.score.quality },
      testRows: plans[0].test.count, trainingRows: plans[0].trainingCount, alpha: options.alpha)
  }
  let settings = options.settings(data.target)
  return DistillationReport(
    n: data.target.count, testRows: plans[0].test.count, teacherRows: plans[0].teacher.count,
    studentRows: plans[0].student.count,
    sharedRows: Set(plans[0].student).intersection(plans[0].teacher).count,
    studentName: student.name, isClassification: data.target.isClasses,
    studentQuality: splits.reduce(0) { $0 + $1.student.score.quality } / Double(splits.count),
    smoothingGain: overStudent { $0.smoothed.score },
    selfGain: overStudent { $0.selfTaught.tuned.score },
    teachers: teachers.enumerated().map { index, teacher in
      TeacherOutcome(
        name: teacher.name, index: index, splits: splits, rows: plans[0], settings: settings,
        alpha: options.alpha)
    },
    options: options)
}

extension DistillationData {
  /// Reads the variables.
  ///
  /// - Throws: `rowsDiffer` with the names, or `unsupportedKinds` for a view that is labels.
  init(
    teachers: [NamedVariable], student: NamedVariable, labels: NamedVariable, groups: Labels?,
    cache: TeacherCache = TeacherCache()
  ) throws(EstimatorError) {
    let n = student.variable.count
    for other in teachers + [labels] where other.variable.count != n {
      throw EstimatorError(
        .rowsDiffer,
        "\(other.name) has \(other.variable.count) rows and \(student.name) \(n); all files must "
          + "hold the same items in the same order.")
    }
    if let groups, groups.count != n {
      throw EstimatorError(
        .rowsDiffer, "groups has \(groups.count) rows and \(student.name) \(n).")
    }
    if let groups, groups.classSizes.filter({ $0 > 0 }).count < 2 {
      throw EstimatorError(
        .tooFewSamples, "All rows are of one group; a split into whole groups needs two.")
    }
    func matrix(_ view: NamedVariable) throws(EstimatorError) -> Matrix {
      guard let samples = view.variable.samples else {
        throw EstimatorError(
          .unsupportedKinds,
          "\(view.name) holds labels; a model learns from numbers. Say --continuous \(view.name) "
            + "if they are numbers.")
      }
      return Matrix(rows: samples.count, columns: samples.dimension, values: samples.values)
    }
    var views: [Matrix] = []
    for teacher in teachers { views.append(try matrix(teacher)) }
    self.init(
      teacherNames: teachers.map(\.name), teachers: views, student: try matrix(student),
      target: try DistillationTarget(labels),
      grouping: GroupedRows(count: n, groups: groups), cache: cache)
  }
}

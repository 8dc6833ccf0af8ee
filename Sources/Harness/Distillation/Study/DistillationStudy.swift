// SPDX-License-Identifier: MIT

public import EstimatorAPI
import Estimators

/// Every ordered pair of a folder's views, distilled and predicted.
public struct DistillationStudy: Sendable {
  /// The folder's name or path, for titles.
  public let folder: String
  /// Where the data came from.
  public let data: StudyFolder
  /// How the pairs are distilled.
  public let options: DistillationOptions
  /// What the check looks at; nil for no predictions.
  public let views: VerdictViews?
  /// The check's options.
  public let check: CheckOptions

  /// Keeps the parts.
  public init(
    folder: String, data: StudyFolder, options: DistillationOptions, views: VerdictViews?,
    check: CheckOptions
  ) {
    self.folder = folder
    self.data = data
    self.options = options
    self.views = views
    self.check = check
  }

  /// What a run did.
  public struct Run: Sendable {
    /// Every pair, students in order and their teachers in order.
    public let pairs: [DistilledPair]
    /// Pairs that were not in the store.
    public let ran: Int
  }

  /// Runs the students of whom a teacher is not in the store, each with all its teachers.
  ///
  /// Each student's pairs are committed as they are done: a run that is stopped goes on where it was.
  ///
  /// - Throws: `interrupted`, or what ``distill(teachers:student:labels:groups:options:hooks:)`` throws.
  public func run(
    store: ResultStore?, registry: EstimatorRegistry, hooks: CheckHooks
  ) throws -> Run {
    let count = WorkCount(
      "pairs", of: data.views.count * (data.views.count - 1),
      kept: store.map { "\($0.path) keeps them, and the same call runs the rest" }
        ?? "they are lost, as no store was named")
    return try count.interruptible(hooks.isCancelled) {
      try run(store: store, registry: registry, hooks: hooks, count: count)
    }
  }

  private func run(
    store: ResultStore?, registry: EstimatorRegistry, hooks: CheckHooks, count: WorkCount
  ) throws -> Run {
    var pairs: [DistilledPair] = []
    var ran = 0
    let labels = NamedVariable("labels", data.labels.variable)
    let cache = TeacherCache()
    for student in data.views {
      let teachers = data.views.filter { $0.name != student.name }
      var known: [String: DistilledPair] = [:]
      for teacher in teachers {
        let key = configuration(student: student.loaded, teacher: teacher.loaded)
        known[teacher.name] = try store?.distilledPair(key)?.named(student.name, teacher.name)
      }
      if known.count < teachers.count {
        let clock = ContinuousClock()
        let begin = clock.now
        // All of them: a verdict holds for the teachers of a student together.
        let fresh = try distilled(student, teachers, labels, cache, registry, hooks)
        let time = (clock.now - begin) / teachers.count
        for (teacher, pair) in zip(teachers, fresh) {
          known[teacher.name] = pair
          try store?.insert(
            pair, configuration: configuration(student: student.loaded, teacher: teacher.loaded),
            seconds: time / .seconds(1))
        }
        ran += teachers.count
      }
      pairs += teachers.compactMap { known[$0.name] }
      for _ in teachers { count.add() }
    }
    return Run(pairs: pairs, ran: ran)
  }

  /// One student with all its teachers.
  func distilled(
    _ student: (name: String, loaded: LoadedVariable),
    _ teachers: [(name: String, loaded: LoadedVariable)], _ labels: NamedVariable,
    _ cache: TeacherCache, _ registry: EstimatorRegistry, _ hooks: CheckHooks
  ) throws(EstimatorError) -> [DistilledPair] {
    let variables = teachers.map { NamedVariable($0.name, $0.loaded.variable) }
    let view = NamedVariable(student.name, student.loaded.variable)
    let groups = data.groups?.variable.labels
    let report = try distill(
      teachers: variables, student: view, labels: labels, groups: groups, options: options,
      cache: cache, hooks: hooks)
    let said = try views.map { views throws(EstimatorError) in
      try predictions(
        teachers: variables, student: view, labels: labels, groups: groups, views: views,
        registry: registry, models: options, check: check, hooks: hooks
      ).predictions
    }
    return report.teachers.enumerated().map { index, outcome in
      DistilledPair(student: student.name, outcome: outcome, prediction: said?[index])
    }
  }

  /// Everything that determines a pair's result, as one line of JSON: the key of the store.
  func configuration(student: LoadedVariable, teacher: LoadedVariable) -> String {
    canonicalJSONText(
      PairConfiguration(
        version: 2, student: student.contentHash, teacher: teacher.contentHash,
        labels: data.labels.contentHash, groups: data.groups?.contentHash,
        views: data.views.map(\.loaded.contentHash),
        splits: options.splits, testShare: options.testShare, teacherRows: options.teacherRows,
        studentRows: options.studentRows, weights: options.weights,
        temperatures: options.temperatures, teacherModel: options.teacherModel.description,
        studentModel: options.studentModel.description, alpha: options.alpha,
        seed: options.seed, represent: views?.description ?? "none",
        estimators: check.estimators, replicates: check.replicates,
        subsamples: check.subsamples))
  }
}

/// Raise `version` where the same options begin to give other results.
private struct PairConfiguration: Encodable {
  let version: Int
  let student: String
  let teacher: String
  let labels: String
  let groups: String?
  let views: [String]
  let splits: Int
  let testShare: Double
  let teacherRows: Int?
  let studentRows: Int?
  let weights: [Double]
  let temperatures: [Double]
  let teacherModel: String
  let studentModel: String
  let alpha: Double
  let seed: UInt64
  let represent: String
  let estimators: [EstimatorChoice]
  let replicates: Int
  let subsamples: Int
}

extension DistilledPair {
  /// The pair, where it was stored under these names; files may have been renamed since.
  fileprivate func named(_ student: String, _ teacher: String) -> DistilledPair? {
    self.student == student && outcome.name == teacher ? self : nil
  }
}

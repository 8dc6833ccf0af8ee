// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators

/// What all students of one split got on its test rows.
struct SplitScores: Sendable {
  /// The student alone, its ridge tuned.
  let student: ArmScore
  /// With label smoothing, its amount tuned.
  let smoothed: ArmScore
  /// Taught by the student itself, by setting.
  let selfTaught: [ArmScore]
  /// By teacher.
  let teachers: [TeacherScores]

  /// The amounts of label smoothing that are tried.
  static let smoothingWeights = [0.05, 0.1, 0.2, 0.4]
}

/// What came of one teacher in one split.
struct TeacherScores: Sendable {
  /// The teacher itself, on the same test rows by its own view.
  let alone: PredictionScore
  /// By kind of opinion, then by setting.
  let arms: [Opinions.Kind: [ArmScore]]
}

/// A student's score, and what it would be chosen by.
struct ArmScore: Sendable {
  let score: PredictionScore
  /// On rows of the training part that it was not fitted to.
  let choiceLoss: Double
}

extension [ArmScore] {
  /// The one that the training rows would choose, with its place.
  var tuned: (index: Int, score: PredictionScore) {
    let index = indices.min { self[$0].choiceLoss < self[$1].choiceLoss } ?? 0
    return (index, self[index].score)
  }
}

extension SplitScores {
  /// Trains everyone on one split: the student and its baselines once, then each teacher.
  ///
  /// - Returns: nil where the caller asked to stop.
  init?(
    _ data: DistillationData, split: RandomSplit, index: Int, options: DistillationOptions,
    isCancelled: () -> Bool
  ) {
    let random = RandomSource(seed: options.seed, fnv1a("distill-train"), UInt64(index))
    let student = Trainee(
      data.student, target: data.target, rows: split.student, grouping: data.grouping,
      shape: options.studentModel, for: .ranking, random: random)
    let target = data.target.selecting(student.rows)
    let test = data.target.selecting(split.test)
    let settings = options.settings(data.target)
    func score(_ trained: Trained) -> ArmScore {
      ArmScore(
        score: test.score(student.outputs(trained.model, rows: split.test)),
        choiceLoss: trained.choiceLoss)
    }

    let alone = student.train(nil, near: nil)
    /// Each starts from the one before.
    func chain(_ teachings: [Teaching]) -> [ArmScore]? {
      var near = alone
      var scores: [ArmScore] = []
      for teaching in teachings {
        if isCancelled() { return nil }
        near = student.train(teaching, near: near)
        scores.append(score(near))
      }
      return scores
    }
    func chain(_ kind: Opinions.Kind, _ outputs: Matrix) -> [ArmScore]? {
      let opinions = Opinions(
        kind, outputs: outputs, target: target,
        random: RandomSource(seed: options.seed, fnv1a("distill-shuffle"), UInt64(index)))
      return chain(settings.map(opinions.teaching))
    }

    guard
      let smoothed = chain(
        Self.smoothingWeights.map { Opinions.smoothing(target, weight: $0) }),
      let selfTaught = chain(.teacher, student.outputs(alone.model, rows: student.rows))
    else { return nil }
    var teachers: [TeacherScores] = []
    for (name, view) in zip(data.teacherNames, data.teachers) {
      let outputs = data.cache.outputs(name, split: index) {
        let teacher = Trainee(
          view, target: data.target, rows: split.teacher, grouping: data.grouping,
          shape: options.teacherModel, for: .outputs, random: random)
        return teacher.outputs(
          teacher.train(nil, near: nil).model, rows: Array(0..<data.target.count))
      }
      let opinions = outputs.selecting(rows: student.rows)
      var arms: [Opinions.Kind: [ArmScore]] = [:]
      for kind in Opinions.Kind.allCases {
        guard let scores = chain(kind, opinions) else { return nil }
        arms[kind] = scores
      }
      teachers.append(
        TeacherScores(
          alone: test.score(outputs.selecting(rows: split.test)), arms: arms))
    }
    self.student = score(alone)
    self.smoothed = ArmScore(score: smoothed.tuned.score, choiceLoss: 0)
    self.selfTaught = selfTaught
    self.teachers = teachers
  }
}

/// The views and the target of a distillation.
struct DistillationData: Sendable {
  let teacherNames: [String]
  let teachers: [Matrix]
  let student: Matrix
  let target: DistillationTarget
  let grouping: GroupedRows
  /// What teachers said before in the same study.
  let cache: TeacherCache
}

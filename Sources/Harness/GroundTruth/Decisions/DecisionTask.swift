// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// A triple (teacher, student, labels) whose gap I(T; S) - I(S; Y) is known: what a decision by the
/// Cross-modal Complementarity Hypothesis is tested on.
///
/// ```swift
/// let task = try DecisionTask(
///   classProportions: [0.5, 0.5], studentDimension: 5, teacherDimension: 5,
///   studentInformation: Information(nats: 0.3), teacherInformation: Information(nats: 0.2),
///   gap: Information(nats: 0.1))
/// let rows = task.sample(2000, seed: 1)  // distilling should help: the gap is positive
/// ```
public struct DecisionTask: Sendable {
  /// Rows of the three variables.
  public typealias Rows = (teacher: Variable, student: Variable, labels: Variable)

  /// A stable name with the parameters in it.
  public let id: String
  /// One line of what it is.
  public let summary: String
  /// The prescribed gap I(T; S) - I(S; Y).
  public let gap: Information
  let model: any DecisionModel

  init(id: String, summary: String, gap: Information, model: any DecisionModel) {
    self.id = id
    self.summary = summary
    self.gap = gap
    self.model = model
  }

  /// A bound on the numeric error of the gap.
  public var gapError: Information {
    Information(nats: model.teacherStudent.error + model.studentLabels.error)
  }

  /// The teacher against the student, as a task of its own: x is the teacher, y the student.
  public var teacherStudent: any GroundTruth { DecisionSide(task: self, isTeacherStudent: true) }

  /// The student against the labels, as a task of its own: x is the student, y the labels.
  public var studentLabels: any GroundTruth { DecisionSide(task: self, isTeacherStudent: false) }

  /// Draws `count` independent rows of all three.
  public func sample(_ count: Int, seed: UInt64) -> Rows { model.sample(count, seed: seed) }
}

/// The joint distribution behind a decision task.
protocol DecisionModel: Sendable {
  var teacherDimension: Int { get }
  var studentDimension: Int { get }
  /// The kind of the student against the labels.
  var labelKind: PairKind { get }
  /// The part of the id that the student and the labels have in common with other tasks.
  var studentLabelsID: String { get }
  var teacherStudent: NumericInformation { get }
  var studentLabels: NumericInformation { get }

  func sample(_ count: Int, seed: UInt64) -> DecisionTask.Rows
  func pointwise(teacher: Samples, student: Samples) -> [Double]
  func pointwise(student: Samples, labels: Variable) -> [Double]?
}

/// One side of a decision task as a ground truth.
private struct DecisionSide: GroundTruth {
  let task: DecisionTask
  let isTeacherStudent: Bool

  var id: String {
    isTeacherStudent ? task.id + ".teacher-student" : task.model.studentLabelsID + ".student-labels"
  }

  var summary: String {
    task.summary + (isTeacherStudent ? ": teacher against student" : ": student against labels")
  }

  var dx: Int { isTeacherStudent ? task.model.teacherDimension : task.model.studentDimension }
  var dy: Int { isTeacherStudent ? task.model.studentDimension : 1 }
  var kind: PairKind { isTeacherStudent ? .continuous : task.model.labelKind }

  private var exact: NumericInformation {
    isTeacherStudent ? task.model.teacherStudent : task.model.studentLabels
  }

  var information: Information { Information(nats: exact.nats) }
  var informationError: Information { Information(nats: exact.error) }

  func sample(_ count: Int, seed: UInt64) -> SamplePair {
    let rows = task.sample(count, seed: seed)
    return isTeacherStudent
      ? SamplePair(x: rows.teacher, y: rows.student) : SamplePair(x: rows.student, y: rows.labels)
  }

  func pointwise(_ pair: SamplePair) -> [Double]? {
    guard let x = pair.x.samples, x.dimension == dx else { return nil }
    guard isTeacherStudent else { return task.model.pointwise(student: x, labels: pair.y) }
    guard let y = pair.y.samples, y.dimension == dy else { return nil }
    return task.model.pointwise(teacher: x, student: y)
  }
}

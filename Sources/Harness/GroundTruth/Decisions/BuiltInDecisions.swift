// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators

extension DecisionTask {
  /// The decision tasks behind suite `cch`: gaps from -0.2 to 0.5 nats, through 0.
  ///
  /// Two and ten classes and a continuous label; student and teacher of 1, 5 and 16 columns; a wide
  /// teacher; and teachers that know nothing of the labels yet share more with the student than the
  /// labels do.
  public static var builtIn: [DecisionTask] {
    var rows: [Row] = []
    for d in [1, 5, 16] {
      for gap in [-0.2, -0.1, 0, 0.1, 0.2, 0.5] {
        rows.append(Row(classes: 2, student: d, teacher: d, 0.35, 0.2, gap: gap))
        rows.append(Row(classes: 10, student: d, teacher: d, 1.2, 0.8, gap: gap))
        rows.append(Row(classes: nil, student: d, teacher: d, 0.5, nil, gap: gap))
      }
    }
    rows.append(Row(classes: 10, student: 5, teacher: 64, 1.2, 2, gap: 0.2))
    rows.append(Row(classes: 2, student: 5, teacher: 5, 0.35, 0, gap: 0.2))
    rows.append(Row(classes: 10, student: 5, teacher: 5, 1.2, 0, gap: 0.2))
    let table = rows
    return parallelMap(table.count, threads: 2) { table[$0].task }
  }
}

/// One line of the table: sizes and nats.
private struct Row {
  /// Nil for a continuous label.
  let classes: Int?
  let student: Int
  let teacher: Int
  let studentNats: Double
  /// I(T; Y); nil where the other numbers decide it.
  let teacherNats: Double?
  let gap: Double

  init(
    classes: Int?, student: Int, teacher: Int, _ studentNats: Double, _ teacherNats: Double?,
    gap: Double
  ) {
    self.classes = classes
    self.student = student
    self.teacher = teacher
    self.studentNats = studentNats
    self.teacherNats = teacherNats
    self.gap = gap
  }

  /// The task, which exists for every line of the table.
  var task: DecisionTask {
    do throws(EstimatorError) {
      guard let classes, let teacherNats else {
        return try DecisionTask(
          studentDimension: student, teacherDimension: teacher,
          studentInformation: Information(nats: studentNats), gap: Information(nats: gap))
      }
      return try DecisionTask(
        classProportions: [Double](repeating: 1, count: classes), studentDimension: student,
        teacherDimension: teacher, studentInformation: Information(nats: studentNats),
        teacherInformation: Information(nats: teacherNats), gap: Information(nats: gap))
    } catch {
      preconditionFailure("\(error)")
    }
  }
}

// SPDX-License-Identifier: MIT

import EstimatorAPI

/// What stands beside the verdicts because the hypothesis cannot see it.
///
/// Everything is about the views as they were compared, in the representation of the check; only the
/// alignment looks at the teacher's columns as they were given, as they may be predictions.
public struct BeyondCCH: Sendable, Hashable, Codable {
  /// In the order of the decisions.
  public let teachers: [TeacherView]
  /// The student first, then the teachers.
  public let baselines: [BaselineScores]

  /// What was found of one teacher.
  public struct TeacherView: Sendable, Hashable, Codable {
    /// The teacher.
    public let name: String
    /// Whether its predictions point towards the labels; nil where that has no meaning.
    public let alignment: Alignment?
    /// What it adds to the student about the labels; nil where that could not be estimated.
    public let added: AddedInformation?
  }

  /// Looks at every teacher of a check.
  ///
  /// - Throws: `cancelled`; a model that cannot be fitted leaves its fields empty.
  init(_ run: CheckRun, _ views: Views) throws(EstimatorError) {
    let labels = run.labels.variable
    let student = try prediction(run.student.name, views.student, run)
    var found: [TeacherView] = []
    var baselines = [
      BaselineScores(run.student.name, views.student, labels: labels, prediction: student)
    ]
    for (teacher, view) in zip(run.teachers, views.teachers) {
      let own = try prediction(teacher.name, view, run)
      var added: AddedInformation?
      if let student, let one = views.student.samples, let other = view.samples,
        let both = try prediction(
          "\(teacher.name) with \(run.student.name)", .samples(try concatenated([one, other])), run)
      {
        added = AddedInformation(student: student, both: both)
      }
      found.append(
        TeacherView(
          name: teacher.name,
          alignment: Alignment(teacher: teacher.variable, labels: labels, prediction: own),
          added: added))
      baselines.append(BaselineScores(teacher.name, view, labels: labels, prediction: own))
    }
    teachers = found
    self.baselines = baselines
  }
}

/// A held-out prediction of the labels; nil where none can be made.
private func prediction(
  _ name: String, _ view: Variable, _ run: CheckRun
) throws(EstimatorError) -> HeldOutPrediction? {
  run.hooks.progress("predictions from \(name)")
  do throws(EstimatorError) {
    return try HeldOutPrediction(
      view, named: name, labels: run.labels.variable, run.predictionSetting)
  } catch {
    if error.code == .cancelled { throw error }
    return nil
  }
}

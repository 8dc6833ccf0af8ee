// SPDX-License-Identifier: MIT

/// The shape of `mi distill --json`; keys once published stay.
///
/// Qualities and gains are of accuracy for classes and of R^2 for numbers, as shares of 1.
package struct DistillAnswer: Encodable {
  package let schema = "mi.distill/1"
  package let student: Student
  package let teachers: [Teacher]
  package let agreement: [RuleAgreement]
  package let options: Options
  package let variables: [VariableRecord]

  package struct Student: Encodable {
    package let name: String
    package let task: String
    package let n: Int
    package let testRows: Int
    package let teacherRows: Int
    package let studentRows: Int
    package let sharedRows: Int
    package let quality: Double
    package let smoothingGain: ResampledDifference
    package let selfGain: ResampledDifference
  }

  package struct Teacher: Encodable {
    package let name: String
    package let effect: DistillationEffect
    package let gain: Double
    package let gainInterval: [Double]
    @Nullable package var verdict: CCHDecision.Verdict?
    package let weight: Double
    package let temperature: Double
    package let outcome: TeacherOutcome
    @Nullable package var prediction: Prediction?

    package init(_ pair: DistilledPair) {
      name = pair.outcome.name
      effect = pair.outcome.effect
      gain = pair.outcome.gain.mean
      gainInterval = pair.outcome.gain.interval
      verdict = pair.prediction?.decision.verdict
      weight = pair.outcome.weight
      temperature = pair.outcome.temperature
      outcome = pair.outcome
      prediction = pair.prediction
    }
  }

  package struct Options: Encodable {
    package let seed: UInt64
    package let alpha: Double
    package let splits: Int
    package let testShare: Double
    package let weights: [Double]
    package let temperatures: [Double]
    package let teacherModel: String
    package let studentModel: String
    package let represent: String

    package init(_ options: DistillationOptions, views: String) {
      seed = options.seed
      alpha = options.alpha
      splits = options.splits
      testShare = options.testShare
      weights = options.weights
      temperatures = options.temperatures
      teacherModel = options.teacherModel.description
      studentModel = options.studentModel.description
      represent = views
    }
  }

  /// What happened beside what was said.
  package let pairs: [DistilledPair]

  private enum CodingKeys: String, CodingKey {
    case schema, student, teachers, agreement, options, variables
  }

  package init(
    variables: [VariableRecord], report: DistillationReport, predictions: [Prediction]?,
    views: String
  ) {
    student = Student(
      name: report.studentName, task: report.isClassification ? "classification" : "regression",
      n: report.n, testRows: report.testRows, teacherRows: report.teacherRows,
      studentRows: report.studentRows, sharedRows: report.sharedRows,
      quality: report.studentQuality, smoothingGain: report.smoothingGain,
      selfGain: report.selfGain)
    let pairs = report.teachers.enumerated().map { index, outcome in
      DistilledPair(
        student: report.studentName, outcome: outcome, prediction: predictions?[index])
    }
    self.pairs = pairs
    teachers = pairs.map { Teacher($0) }
    agreement = PredictionRule.allCases.map { RuleAgreement($0, pairs) }
    options = Options(report.options, views: views)
    self.variables = variables
  }
}

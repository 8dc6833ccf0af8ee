// SPDX-License-Identifier: MIT

public import EstimatorAPI
import Estimators

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension DecisionTask {
  /// Creates a task with one continuous label: everything is jointly Gaussian.
  ///
  /// The label is one direction of the student plus noise; the teacher's m = min(dS, dT) canonical
  /// correlations with the student are equal. Both sides are closed forms.
  ///
  /// - Throws: `invalidParameter` for information that is negative or not finite.
  public init(
    studentDimension: Int, teacherDimension: Int, studentInformation: Information,
    gap: Information
  ) throws(EstimatorError) {
    let target = studentInformation + gap
    guard studentInformation.nats >= 0, studentInformation.nats.isFinite, target.nats >= 0,
      target.nats.isFinite
    else {
      throw .invalidParameter(
        "gap", found: "\(gap.nats)",
        needed: "a number of at least \(-studentInformation.nats) nats, the negative I(S; Y)",
        estimator: "the decision task")
    }
    precondition(studentDimension >= 1 && teacherDimension >= 1, "a side without columns")
    let model = GaussianDecision(
      coupling: GaussianTruth(
        dx: teacherDimension, dy: studentDimension, information: target, mixing: 1),
      label: studentInformation)
    self.init(
      id: model.studentLabelsID + "-\(teacherDimension)-\(gap.nats)",
      summary: "continuous label, student of \(studentDimension) and teacher of "
        + "\(teacherDimension) columns, gap \(gap.nats) nats",
      gap: gap, model: model)
  }
}

/// Teacher and student of one ``GaussianTruth``; the label is the mean of the student's columns, scaled
/// to variance 1, plus noise.
struct GaussianDecision: DecisionModel {
  let coupling: GaussianTruth
  let label: Information

  var teacherDimension: Int { coupling.dx }
  var studentDimension: Int { coupling.dy }
  var labelKind: PairKind { .continuous }
  var studentLabelsID: String { "cch-continuous-\(studentDimension)-\(label.nats)" }
  var teacherStudent: NumericInformation {
    NumericInformation(nats: coupling.information.nats, error: 0)
  }
  var studentLabels: NumericInformation { NumericInformation(nats: label.nats, error: 0) }

  /// 1 - c^2, where c is the correlation of the label and its direction.
  private var residual: Double { exp(-2 * label.nats) }

  func sample(_ count: Int, seed: UInt64) -> DecisionTask.Rows {
    let pair = coupling.sample(count, seed: seed)
    guard let student = pair.y.samples else { preconditionFailure("a Gaussian is continuous") }
    var source = RandomSource(seed: seed, samplerStream, 1)
    let correlation = (1 - residual).squareRoot()
    let labels = direction(student).map {
      correlation * $0 + residual.squareRoot() * source.normal()
    }
    return (pair.x, pair.y, .samples(trusted(labels, dimension: 1)))
  }

  func pointwise(teacher: Samples, student: Samples) -> [Double] {
    let pair = SamplePair(x: .samples(teacher), y: .samples(student))
    guard let values = coupling.pointwise(pair) else {
      preconditionFailure("\(teacher.dimension) x \(student.dimension) columns")
    }
    return values
  }

  func pointwise(student: Samples, labels: Variable) -> [Double]? {
    guard let labels = labels.samples, labels.dimension == 1 else { return nil }
    let correlation = (1 - residual).squareRoot()
    return zip(direction(student), labels.values).map { s, y in
      let deviation = y - correlation * s
      return label.nats + (y * y - deviation * deviation / residual) / 2
    }
  }

  /// Each row's sum over sqrt(d): a standard normal number.
  private func direction(_ student: Samples) -> [Double] {
    let d = student.dimension
    return student.withUnsafeValues { values in
      (0..<student.count).map { row in
        var sum = 0.0
        for k in row * d..<(row + 1) * d { sum += values[k] }
        return sum / Double(d).squareRoot()
      }
    }
  }
}

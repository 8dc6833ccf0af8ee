// SPDX-License-Identifier: MIT

public import EstimatorAPI
import Estimators

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension DecisionTask {
  /// Creates a task with classes as labels.
  ///
  /// Given the class, student and teacher are jointly Gaussian with unit variance. Their class means
  /// lie in the same pattern, each at the scale that gives its information on the labels; their
  /// first m = min(dS, dT) columns, before each side is turned at random, have the correlation r that
  /// makes the gap. With f(scale) the information of labels and one unit-variance mixture,
  /// I(T; S) = f(s) + f(t) - f(w) - (m / 2) ln(1 - r^2), where w^2 = (s^2 - 2 r s t + t^2) / (1 - r^2)
  /// is the scale of both together.
  ///
  /// - Parameters:
  ///   - classProportions: two or more positive numbers.
  ///   - studentDimension: the number of columns dS of the student.
  ///   - teacherDimension: the number of columns dT of the teacher.
  ///   - studentInformation: I(S; Y), from 0 to 0.999 of the labels' entropy.
  ///   - teacherInformation: I(T; Y), in the same range; 0 makes a teacher that shares only what the
  ///     labels do not need.
  ///   - gap: I(T; S) - I(S; Y).
  /// - Throws: `invalidParameter`, with the bound, where no such triple exists.
  public init(
    classProportions: [Double], studentDimension: Int, teacherDimension: Int,
    studentInformation: Information, teacherInformation: Information, gap: Information
  ) throws(EstimatorError) {
    let model = try ClassDecision(
      classProportions: classProportions, studentDimension: studentDimension,
      teacherDimension: teacherDimension, studentInformation: studentInformation.nats,
      teacherInformation: teacherInformation.nats,
      target: studentInformation.nats + gap.nats)
    self.init(
      id: model.studentLabelsID + "-\(teacherDimension)-\(teacherInformation.nats)-\(gap.nats)",
      summary: "\(classProportions.count) classes, student of \(studentDimension) and teacher of "
        + "\(teacherDimension) columns, gap \(gap.nats) nats",
      gap: gap, model: model)
  }
}

/// Gaussian mixtures that share their noise: see the initializer above.
struct ClassDecision: DecisionModel {
  let teacherDimension: Int
  let studentDimension: Int
  let labelKind = PairKind.mixed
  let studentLabelsID: String
  let teacherStudent: NumericInformation
  let studentLabels: NumericInformation
  private let weights: [Double]
  /// The class means before scaling: classes x q coordinates.
  private let points: [[Double]]
  private let studentScale: Double
  private let teacherScale: Double
  /// The correlation r of the shared noise, and 1 - r^2.
  private let correlation: Double
  private let residual: Double
  private let mixStudent: Matrix
  private let mixTeacher: Matrix

  init(
    classProportions: [Double], studentDimension: Int, teacherDimension: Int,
    studentInformation: Double, teacherInformation: Double, target: Double
  ) throws(EstimatorError) {
    let shared = min(studentDimension, teacherDimension)
    // The mixture's own checks of proportions, dimensions and information.
    for nats in [studentInformation, teacherInformation] {
      try GaussianMixtureTruth.check(
        dimension: shared, classProportions: classProportions, nats: nats)
    }
    let total = classProportions.reduce(0, +)
    let weights = classProportions.map { $0 / total }
    let layout = ClassMeans(weights: weights, dimension: shared)
    let mixture = MixtureInformation(points: layout.points, weights: weights)
    let s = mixture.scale(for: studentInformation)
    let t = mixture.scale(for: teacherInformation)
    // r = tanh u keeps 1 - r^2 = 1 / cosh^2 u exact near 1.
    let joint = { (u: Double) -> Double in
      let coupling = s * s - 2 * tanh(u) * s * t + t * t
      return cosh(u) * max(0, coupling).squareRoot()
    }
    let nats = { (u: Double) -> Double in
      studentInformation + teacherInformation
        - mixture.trapezoid(scale: joint(u), step: 0.25, offset: 0)
        + Double(shared) * log(cosh(u))
    }
    guard nats(0) <= target else {
      throw .invalidParameter(
        "gap", found: "\(target - studentInformation)",
        needed: "at least \(nats(0) - studentInformation) nats with a teacher of "
          + "\(teacherInformation) nats", estimator: "the decision task")
    }
    guard nats(18) >= target else {
      throw .invalidParameter(
        "gap", found: "\(target - studentInformation)",
        needed: "at most \(nats(18) - studentInformation) nats", estimator: "the decision task")
    }
    let u = increasingRoot(between: 0, and: 18, tolerance: 1e-13) { nats($0) - target }
    let reached = [s, t, joint(u)].map { mixture.value(scale: $0) }
    self.studentDimension = studentDimension
    self.teacherDimension = teacherDimension
    self.weights = weights
    points = layout.points
    studentScale = s
    teacherScale = t
    correlation = tanh(u)
    residual = 1 / (cosh(u) * cosh(u))
    studentLabels = NumericInformation(
      nats: studentInformation,
      error: reached[0].error + abs(reached[0].nats - studentInformation))
    let exact = reached[0].nats + reached[1].nats - reached[2].nats + Double(shared) * log(cosh(u))
    teacherStudent = NumericInformation(
      nats: target, error: reached.reduce(abs(exact - target)) { $0 + $1.error })
    let equal = weights.allSatisfy { abs($0 * Double(weights.count) - 1) < 1e-9 }
    studentLabelsID =
      "cch-\(weights.count)-\(studentDimension)-\(studentInformation)"
      + (equal ? "" : "-p-" + weights.map { "\($0)" }.joined(separator: ","))
    var source = RandomSource(seed: 0, samplerStream, 5)
    mixStudent = randomOrthogonal(studentDimension, using: &source)
    mixTeacher = randomOrthogonal(teacherDimension, using: &source)
  }

  func sample(_ count: Int, seed: UInt64) -> DecisionTask.Rows {
    var source = RandomSource(seed: seed, samplerStream)
    let (dS, dT) = (studentDimension, teacherDimension)
    let codes = drawClasses(count, of: weights, using: &source)
    var student = source.normals(count * dS)
    var teacher = source.normals(count * dT)
    let rest = residual.squareRoot()
    for row in 0..<count {
      for k in 0..<min(dS, dT) {
        teacher[row * dT + k] = correlation * student[row * dS + k] + rest * teacher[row * dT + k]
      }
      let mean = points[Int(codes[row])]
      for k in mean.indices {
        student[row * dS + k] += studentScale * mean[k]
        teacher[row * dT + k] += teacherScale * mean[k]
      }
    }
    return (
      .samples(trusted(turned(teacher, by: mixTeacher), dimension: dT)),
      .samples(trusted(turned(student, by: mixStudent), dimension: dS)),
      .labels(trusted(codes, classCount: weights.count))
    )
  }

  /// The mixtures' densities over the q columns of the means, and canonical pairs beyond.
  func pointwise(teacher: Samples, student: Samples) -> [Double] {
    let (dS, dT) = (studentDimension, teacherDimension)
    let s = turned(student.values, by: mixStudent.transposed)
    let t = turned(teacher.values, by: mixTeacher.transposed)
    let q = points[0].count
    let peak = -log(residual) / 2
    return (0..<student.count).map { row in
      var joint: [Double] = []
      var ofS: [Double] = []
      var ofT: [Double] = []
      for point in points {
        var sums = (joint: 0.0, s: 0.0, t: 0.0)
        for k in 0..<q {
          let a = s[row * dS + k] - studentScale * point[k]
          let b = t[row * dT + k] - teacherScale * point[k]
          let deviation = b - correlation * a
          sums.joint += peak - a * a / 2 - deviation * deviation / (2 * residual)
          sums.s -= a * a / 2
          sums.t -= b * b / 2
        }
        joint.append(sums.joint)
        ofS.append(sums.s)
        ofT.append(sums.t)
      }
      var result =
        logSumExp(joint, weights: weights) - logSumExp(ofS, weights: weights)
        - logSumExp(ofT, weights: weights)
      for k in q..<max(q, min(dS, dT)) {
        let b = t[row * dT + k]
        let deviation = b - correlation * s[row * dS + k]
        result += peak + (b * b - deviation * deviation / residual) / 2
      }
      return result
    }
  }

  func pointwise(student: Samples, labels: Variable) -> [Double]? {
    guard let labels = labels.labels, labels.classCount == weights.count else { return nil }
    let s = turned(student.values, by: mixStudent.transposed)
    let d = studentDimension
    return (0..<student.count).map { row in
      let logs = points.map { point in
        point.indices.reduce(0.0) { sum, k in
          let a = s[row * d + k] - studentScale * point[k]
          return sum - a * a / 2
        }
      }
      return logs[Int(labels.codes[row])] - logSumExp(logs, weights: weights)
    }
  }
}

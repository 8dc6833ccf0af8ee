// SPDX-License-Identifier: MIT

import Estimators

/// A linear student that learns from labels and from a linear teacher, in closed form.
///
/// The student's view is x ~ N(0, S) in d dimensions, the label y = x.w + e and the teacher's
/// prediction t = x.v + h, which is its projection on x and a rest. The noises e and h are Gaussian,
/// independent of x and perhaps of each other. With n rows and l = weight / (1 - weight) the student
/// minimizes |y - X b|^2 + l |t - X b|^2, so that b = pinv(X) (y + l t) / (1 + l), and for n > d + 1 its
/// expected excess risk E |b - w|^2 in the norm of S is
///
///     (l / (1 + l))^2 |v - w|^2  +  d / (n - d - 1) Var(e + l h) / (1 + l)^2
///
/// (a bias toward the teacher, and a variance; E inv(X'X) = inv(S) / (n - d - 1), Haff 1979). The slope
/// at l = 0 is -2 d / (n - d - 1) (Var e - Cov(e, h)): a small weight helps if and only if
/// Cov(e, h) < Var e, whatever the teacher's alignment.
///
/// The hypothesis compares scalar predictions: I(t; s) > I(s; y) with s = x.w, the best student.
public struct JointGaussianModel: Sendable, Hashable {
  /// Labelled rows.
  public var rows: Int
  /// Columns of the student's view.
  public var columns: Int
  /// |w|^2 in the norm of S: the variance of what the best student predicts.
  public var signal: Double
  /// |v| / |w|: 1 is a teacher on the student's scale.
  public var scale: Double
  /// The cosine between v and w in the norm of S, from -1 to 1.
  public var alignment: Double
  /// Var e.
  public var labelNoise: Double
  /// Var h.
  public var teacherNoise: Double
  /// The correlation of e and h.
  public var noiseCorrelation: Double

  /// Creates a model; the defaults are an aligned teacher as noisy as the labels.
  ///
  /// `rows` must be above `columns` + 1.
  public init(
    rows: Int = 60, columns: Int = 20, signal: Double = 1, scale: Double = 1,
    alignment: Double = 1, labelNoise: Double = 1, teacherNoise: Double = 1,
    noiseCorrelation: Double = 0
  ) {
    precondition(rows > columns + 1, "\(rows) rows for \(columns) columns")
    self.rows = rows
    self.columns = columns
    self.signal = signal
    self.scale = scale
    self.alignment = alignment
    self.labelNoise = labelNoise
    self.teacherNoise = teacherNoise
    self.noiseCorrelation = noiseCorrelation
  }

  /// Cov(e, h).
  public var noiseCovariance: Double {
    noiseCorrelation * (labelNoise * teacherNoise).squareRoot()
  }

  /// |v - w|^2.
  public var misalignment: Double { signal * (1 + scale * scale - 2 * scale * alignment) }

  /// d / (n - d - 1).
  public var varianceFactor: Double { Double(columns) / Double(rows - columns - 1) }

  /// The expected excess risk with a teacher's weight in 0 ..< 1; 0 is no teacher.
  public func excessRisk(weight: Double) -> Double {
    // l / (1 + l) is the weight, and 1 / (1 + l) the rest.
    let rest = 1 - weight
    let noise =
      rest * rest * labelNoise + 2 * rest * weight * noiseCovariance
      + weight * weight * teacherNoise
    return weight * weight * misalignment + varianceFactor * noise
  }

  /// How much less the excess risk is than without a teacher.
  public func gain(weight: Double) -> Double { excessRisk(weight: 0) - excessRisk(weight: weight) }

  /// The weight with the least excess risk, not below 0 nor above 1.
  ///
  /// The excess risk is a parabola in the weight, (m + k Var(h - e)) w^2 - 2 k (Var e - Cov) w + k Var e
  /// with the misalignment m and k = d / (n - d - 1).
  public var bestWeight: Double {
    let curvature =
      misalignment + varianceFactor * (labelNoise + teacherNoise - 2 * noiseCovariance)
    guard curvature > 0 else { return labelNoise > noiseCovariance ? 1 : 0 }
    return min(1, max(0, varianceFactor * (labelNoise - noiseCovariance) / curvature))
  }

  /// Whether a small enough weight helps: Cov(e, h) < Var e.
  public var helpsAtSmallWeight: Bool { noiseCovariance < labelNoise }

  /// Whether the hypothesis says distill: I(t; s) > I(s; y), by squared correlations.
  public var hypothesisHolds: Bool {
    let teacher = signal * scale * scale
    let teacherStudent = alignment * alignment * teacher / (teacher + teacherNoise)
    return teacherStudent > signal / (signal + labelNoise)
  }

  /// I(teacher; student) and I(student; label) in nats.
  public var informations: (teacherStudent: Double, studentLabel: Double) {
    let teacher = signal * scale * scale
    func nats(_ squared: Double) -> Double { -0.5 * naturalLogarithm(1 - squared) }
    return (
      nats(alignment * alignment * teacher / (teacher + teacherNoise)),
      nats(signal / (signal + labelNoise))
    )
  }
}

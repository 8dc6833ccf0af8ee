// SPDX-License-Identifier: MIT

import Estimators

/// The Gaussian test bed of the Modality Focusing Hypothesis, with a dial from no shared decisive
/// features to all (Xue et al., ICLR 2023, arXiv 2206.06487, first synthetic experiment).
///
/// Decisive features xs ~ N(0, 1) in 20 dimensions and a random direction a make the label
/// y = [xs.a > 0]. The student sees xs[0..<10] among 40 columns of noise, the teacher
/// xs[10 - o ..< 20 - o] among 15: they share o decisive features, and gamma = o / (20 - o). Both are
/// linear softmax classifiers, trained on 200 rows by 1000 full-batch steps of gradient descent at
/// rate 0.1 from PyTorch's initial weights. The student's loss is CE + weight KL, the KL averaged
/// over rows and classes as PyTorch's KLDivLoss does, without a temperature.
public struct ModalityTestBed: Sendable {
  /// Training rows.
  public var trainingRows = 200
  /// Test rows.
  public var testRows = 1000
  /// Steps of gradient descent.
  public var epochs = 1000
  /// The step size.
  public var rate = 0.1
  /// Weights of the KL.
  public var weights = [0.2, 1, 5]

  /// Creates the published setting.
  public init() {}

  /// What came of one drawing.
  public struct Trial: Sendable, Hashable, Codable {
    /// The teacher's test accuracy.
    public let teacher: Double
    /// The student's without a teacher.
    public let alone: Double
    /// The student's with the teacher, by weight.
    public let taught: [Double]
    /// The student's with the teacher's rows shuffled, by weight.
    public let shuffled: [Double]
    /// I(teacher's logit; student's logit) of the trained models, exact, in nats.
    public let teacherStudent: Double
    /// I(student's logit; label), exact, in nats.
    public let studentLabel: Double
  }

  /// Shared features over all features that either sees.
  public static func gamma(overlap: Int) -> Double { Double(overlap) / Double(20 - overlap) }

  /// Draws, trains and tests; the student's data are the same at every overlap.
  public func trial(overlap: Int, seed: UInt64) -> Trial {
    let models = ModalityModels(self, overlap: overlap, seed: seed)
    let test = models.test
    func accuracy(_ x: Matrix, _ weights: [Double]) -> Double {
      let hits = zip(Self.logits(x, weights), test.labels).count { ($0 > 0) == ($1 > 0.5) }
      return Double(hits) / Double(testRows)
    }
    return Trial(
      teacher: accuracy(test.teacher, models.teacher),
      alone: accuracy(test.student, models.alone),
      taught: weights.map { accuracy(test.student, models.taught(weight: $0)) },
      shuffled: weights.map { accuracy(test.student, models.taughtByShuffled(weight: $0)) },
      teacherStudent: models.teacherStudent, studentLabel: models.studentLabel)
  }

  /// Gradient descent on the difference of the two logits, whose steps are twice those of each.
  func descend(
    _ x: Matrix, _ labels: [Double], weight: Double, opinions: [Double]?,
    using random: inout RandomSource
  ) -> [Double] {
    let (n, d) = (x.rows, x.columns)
    let bound = 1 / Double(d).squareRoot()
    var weights = (0...d).map { _ in bound * 2 * (random.uniform() - random.uniform()) }
    // The mean over rows and two classes is half of the mean over rows.
    let soft = opinions == nil ? 0 : weight / 2
    var slopes = [Double](repeating: 0, count: n)
    for _ in 0..<epochs {
      let z = Self.logits(x, weights)
      for i in 0..<n {
        let q = 1 / (1 + exponential(-z[i]))
        slopes[i] = (q - labels[i]) + soft * (q - (opinions?[i] ?? 0))
      }
      let gradient = multiply(transposing: x, Matrix(rows: n, columns: 1, values: slopes))
      let step = 2 * rate / Double(n)
      for j in 0..<d { weights[j] -= step * gradient[j, 0] }
      weights[d] -= step * slopes.reduce(0, +)
    }
    return weights
  }

  /// x.weights, with the intercept behind them.
  static func logits(_ x: Matrix, _ weights: [Double]) -> [Double] {
    let slopes = Matrix(rows: x.columns, columns: 1, values: Array(weights.dropLast()))
    return multiply(x, slopes).values.map { $0 + weights[x.columns] }
  }

  /// I(h; [g > 0]) for standard normal h and g of correlation r: ln 2 - E H(Phi(r h / sqrt(1 - r^2))).
  static func signInformation(_ r: Double) -> Double {
    let slope = r / (1 - r * r).squareRoot()
    func entropy(_ p: Double) -> Double {
      p <= 0 || p >= 1 ? 0 : -p * naturalLogarithm(p) - (1 - p) * naturalLogarithm(1 - p)
    }
    // The trapezoid rule is exact to rounding for such an integrand on +-9.
    let step = 0.01
    let mean = (-900...900).reduce(0) { sum, k in
      let h = Double(k) * step
      return sum + step * exponential(-h * h / 2) / (2 * Double.pi).squareRoot()
        * entropy(normalCDF(slope * h))
    }
    return naturalLogarithm(2) - mean
  }

  /// P([h > threshold] = [g > 0]) for standard normal h and g of correlation r.
  package static func signAccuracy(_ r: Double, threshold: Double) -> Double {
    let slope = r / (1 - r * r).squareRoot()
    // Simpson's rule on either side of the jump at the threshold.
    func integral(from low: Double, to high: Double, _ side: Double) -> Double {
      guard low < high else { return 0 }
      let steps = 400
      let width = (high - low) / Double(steps)
      let sum = (0...steps).reduce(0) { sum, k in
        let h = low + Double(k) * width
        let factor = k == 0 || k == steps ? 1.0 : k % 2 == 1 ? 4 : 2
        return sum + factor * exponential(-h * h / 2) * normalCDF(side * slope * h)
      }
      return sum * width / 3 / (2 * Double.pi).squareRoot()
    }
    return integral(from: -9, to: threshold, -1) + integral(from: threshold, to: 9, 1)
  }
}

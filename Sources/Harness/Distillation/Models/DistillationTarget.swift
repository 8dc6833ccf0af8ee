// SPDX-License-Identifier: MIT

package import EstimatorAPI
package import Estimators

/// What a student is to predict: classes, or one number a row.
package enum DistillationTarget: Sendable {
  /// Class codes 0 ..< count.
  case classes([Int], count: Int)
  /// Numbers, shifted and scaled to mean 0 and variance 1: a change of unit.
  case numbers([Double])

  /// Reads labels: discrete ones are classes, one continuous column is numbers.
  ///
  /// - Throws: `constantColumn` where they do not vary, `shapeMismatch` for several columns.
  package init(_ labels: NamedVariable) throws(EstimatorError) {
    switch labels.variable {
    case .labels(let labels):
      // Classes without a row are no classes here.
      let used = labels.classSizes.enumerated().filter { $0.element > 0 }.map(\.offset)
      guard used.count > 1 else {
        throw EstimatorError(
          .constantColumn,
          "The label is \"\(labels.names[used[0]])\" in all \(labels.count) rows; it must vary.")
      }
      var number = [Int](repeating: 0, count: labels.classCount)
      for (position, code) in used.enumerated() { number[code] = position }
      self = .classes(labels.codes.map { number[Int($0)] }, count: used.count)
    case .samples(let samples):
      guard samples.dimension == 1 else {
        throw .shapeMismatch(
          labels.name, found: "\(samples.dimension) columns", needed: "one column to predict")
      }
      self = .numbers(try standardized(samples, side: labels.name).values)
    }
  }

  /// The number of rows.
  package var count: Int {
    switch self {
    case .classes(let codes, _): codes.count
    case .numbers(let values): values.count
    }
  }

  /// The number of outputs of a model: a logit a class, or the one prediction.
  package var outputs: Int {
    switch self {
    case .classes(_, let count): count
    case .numbers: 1
    }
  }

  /// Whether it is classes.
  package var isClasses: Bool { if case .classes = self { true } else { false } }

  /// The rows at these indices.
  package func selecting(_ rows: [Int]) -> DistillationTarget {
    switch self {
    case .classes(let codes, let count): .classes(rows.map { codes[$0] }, count: count)
    case .numbers(let values): .numbers(rows.map { values[$0] })
    }
  }

  /// How well outputs (rows x ``outputs``) predict it.
  package func score(_ outputs: Matrix) -> PredictionScore {
    switch self {
    case .classes(let codes, _):
      let hits = codes.enumerated().count { row, code in
        (0..<outputs.columns).allSatisfy { $0 == code || outputs[row, $0] < outputs[row, code] }
      }
      return PredictionScore(
        quality: Double(hits) / Double(codes.count),
        loss: outputs.logSoftmax().crossEntropy(codes))
    case .numbers(let values):
      let squares = values.enumerated().reduce(0) { sum, item in
        let error = item.element - outputs[item.offset, 0]
        return sum + error * error
      }
      let share = squares / Double(values.count)
      return PredictionScore(quality: 1 - share, loss: share)
    }
  }

  /// What choices between settings are made by, the lower the better, on rows that were not trained
  /// on.
  ///
  /// For classes it is the cross-entropy. Students are compared by accuracy, and how far a training
  /// softened their logits must not count: theirs is the cross-entropy at the best temperature for
  /// these rows (Guo et al. 2017, arXiv 1706.04599). A teacher's probabilities are used as they are,
  /// and so is their cross-entropy. For numbers it is the mean squared error.
  func choiceLoss(_ outputs: Matrix, by rule: ChoiceRule) -> Double {
    switch (self, rule) {
    case (.classes(let codes, _), .ranking): outputs.calibrated(to: codes).loss
    default: score(outputs).loss
    }
  }
}

/// What a setting is chosen for.
enum ChoiceRule {
  /// The order of the outputs, whatever their scale: a student.
  case ranking
  /// The outputs themselves: a teacher, or a representation.
  case outputs
}

/// How well a model predicts held-out rows.
public struct PredictionScore: Sendable, Hashable, Codable {
  /// The accuracy for classes; for numbers 1 - mean squared error / variance, about R^2.
  public let quality: Double
  /// The cross-entropy in nats for classes; for numbers mean squared error / variance.
  public let loss: Double
}

// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators

/// Whether a teacher's predictions point towards the labels: what the hypothesis cannot see.
///
/// Mutual information has no sign. A teacher that says the opposite of the labels shares as much with
/// the student as one that agrees, satisfies the hypothesis, and makes the student worse.
///
/// What is compared, in this order:
/// 1. **Class scores**: a teacher with as many columns as there are classes is read as their scores,
///    in the order of the classes. The share of rows whose largest score is their class, against
///    chance: what the same predictions would reach on shuffled rows, sum over classes of
///    p(predicted) p(label). The z-value uses the exact variance under shuffling.
/// 2. **A score**: one column and two classes, or one column and continuous labels: the correlation
///    with the second class, or with the labels.
/// 3. **Cross-fitted**: any other teacher is a representation without a direction of its own. A linear
///    model learns the labels from it and predicts rows it did not see; that this cannot point
///    against them, only away from nothing, is in the nature of the thing.
///
/// The teacher is flagged `antiAligned` where 1 or 2 are below chance, and `uninformative` where they
/// are not above it, each at one-sided level 0.01.
public struct Alignment: Sendable, Hashable, Codable {
  /// What was compared with the labels.
  public enum Source: String, Sendable, Hashable, Codable {
    /// The class of the teacher's largest column.
    case classScores
    /// The teacher's one column.
    case score
    /// A linear model's out-of-fold predictions from the teacher's columns.
    case crossFitted
  }

  /// What was found.
  public enum Finding: String, Sendable, Hashable, Codable {
    /// Above chance.
    case aligned
    /// Below chance: the predictions point against the labels.
    case antiAligned
    /// Neither.
    case uninformative
  }

  /// What was compared.
  public let source: Source
  /// `accuracy`, a share of rows, or `correlation`.
  public let measure: String
  /// The agreement.
  public let value: Double
  /// What chance gives.
  public let chance: Double
  /// Standard errors above chance.
  public let zValue: Double
  /// What it means.
  public let finding: Finding

  private init(_ source: Source, _ measure: String, value: Double, chance: Double, error: Double) {
    self.source = source
    self.measure = measure
    self.value = value
    self.chance = chance
    // No spread under shuffling, as where one class is predicted throughout, is no evidence.
    zValue = error > 0 ? (value - chance) / error : 0
    let level = normalQuantile(0.99)
    finding =
      zValue > level
      ? .aligned : zValue < -level && source != .crossFitted ? .antiAligned : .uninformative
  }

  /// Compares; `prediction` is the cross-fitted one of the teacher, nil where there is none.
  init?(teacher: Variable, labels: Variable, prediction: HeldOutPrediction?) {
    switch labels {
    case .labels(let labels):
      let sizes = labels.classSizes
      let used = sizes.indices.filter { sizes[$0] > 0 }
      if let samples = teacher.samples, samples.dimension == used.count, used.count > 1 {
        let predicted = (0..<samples.count).map { row in
          used.indices.reduce(0) { best, column in
            samples.values[row * samples.dimension + column]
              > samples.values[row * samples.dimension + best] ? column : best
          }
        }
        let own = labels.codes.map { code in used.firstIndex(of: Int(code)) ?? 0 }
        self.init(.classScores, predicted, own, classes: used.count)
      } else if let samples = teacher.samples, samples.dimension == 1, used.count == 2 {
        self.init(.score, samples.values, labels.codes.map { Int($0) == used[1] ? 1 : 0 })
      } else if let scores = prediction?.scores {
        self.init(
          .crossFitted, scores.predictions, scores.classes, classes: scores.names.count)
      } else {
        return nil
      }
    case .samples(let numbers):
      if numbers.dimension == 1, let samples = teacher.samples, samples.dimension == 1 {
        self.init(.score, samples.values, numbers.values)
      } else if let values = prediction?.values {
        self.init(.crossFitted, values, numbers.values)
      } else {
        return nil
      }
    }
  }

  /// Agreement of classes; shuffled rows agree as the matching of two fixed margins does.
  private init(_ source: Source, _ predicted: [Int], _ own: [Int], classes: Int) {
    let n = Double(own.count)
    var (left, right) = (
      [Double](repeating: 0, count: classes), [Double](repeating: 0, count: classes)
    )
    var hits = 0.0
    for (one, other) in zip(predicted, own) {
      left[one] += 1
      right[other] += 1
      if one == other { hits += 1 }
    }
    let chance = zip(left, right).reduce(0) { $0 + $1.0 * $1.1 } / (n * n)
    // Hoeffding 1951, doi:10.1214/aoms/1177729545: the sum over all pairs of doubly centered scores.
    var squares = 0.0
    for k in 0..<classes {
      for l in 0..<classes {
        let centered = (k == l ? 1 : 0) - right[k] / n - left[l] / n + chance
        squares += left[k] * right[l] * centered * centered
      }
    }
    self.init(
      source, "accuracy", value: hits / n, chance: chance,
      error: (squares / (n - 1)).squareRoot() / n)
  }

  /// Correlation; on shuffled rows its variance is 1 / (n - 1) exactly.
  private init(_ source: Source, _ predicted: [Double], _ own: [Double]) {
    self.init(
      source, "correlation", value: correlationCoefficient(predicted, own), chance: 0,
      error: 1 / Double(own.count - 1).squareRoot())
  }

  /// What the reader must know; nil where the teacher is aligned.
  func warning(_ name: String) -> EstimateWarning? {
    let numbers =
      measure == "accuracy"
      ? "they are right on \(short(100 * value))% of the rows, where chance is \(short(100 * chance))%"
      : "their correlation with them is \(short(value))"
    let z = "(z = \(short((100 * zValue).rounded() / 100)))"
    switch finding {
    case .aligned: return nil
    case .antiAligned:
      let reading =
        source == .classScores
        ? "its columns read as scores of the classes in their order"
        : "its column read as a score"
      return EstimateWarning(
        code: "antiAligned",
        message:
          "The predictions of \(name) point against the labels: \(numbers) \(z), \(reading). "
          + "The hypothesis does not see this: such a teacher shares much with the student and still "
          + "makes it worse.")
    case .uninformative:
      return EstimateWarning(
        code: "uninformativeTeacher",
        message: "\(name) tells nothing of the labels that was found: \(numbers) \(z). What a "
          + "student gains from such a teacher is shrinkage, which a ridge or smoothed labels "
          + "give as well.")
    }
  }
}

/// Pearson's correlation; 0 where one side does not vary.
func correlationCoefficient(_ x: [Double], _ y: [Double]) -> Double {
  let n = Double(x.count)
  let (meanX, meanY) = (x.reduce(0, +) / n, y.reduce(0, +) / n)
  var (xx, yy, xy) = (0.0, 0.0, 0.0)
  for (a, b) in zip(x, y) {
    xx += (a - meanX) * (a - meanX)
    yy += (b - meanY) * (b - meanY)
    xy += (a - meanX) * (b - meanY)
  }
  return xx > 0 && yy > 0 ? xy / (xx * yy).squareRoot() : 0
}

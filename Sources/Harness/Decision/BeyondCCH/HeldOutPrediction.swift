// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Cross-fitted predictions of the labels from a view: classes by logistic regression,
/// numbers by ridge regression, both cross-fitted.
struct HeldOutPrediction: Sendable {
  /// Class probabilities, for labels that are classes.
  let scores: CrossFittedScores?
  /// Predicted numbers, for continuous labels.
  let values: [Double]?
  /// -ln of the density or probability of each row's own label, in nats.
  ///
  /// For continuous labels that of a normal error whose variance is the mean squared error.
  let losses: [Double]

  /// How the rows are dealt and the work is done.
  struct Setting: Sendable {
    let groups: [Int]?
    let seed: UInt64
    let threads: Int
    let cache: (any NumbersMemo)?
    let isCancelled: @Sendable () -> Bool

    /// What the predictions of a model depend on.
    func source(
      _ model: HeldOutModel, _ view: Variable, _ labels: Variable
    ) -> NumbersSource {
      .heldOut(version: 1, model, view: DataKey([view, labels], groups: groups, seed: seed))
    }
  }

  /// Predicts; nil where the labels are continuous with more than one column.
  init?(
    _ view: Variable, named name: String, labels: Variable,
    families: CrossFittedScores.Families = .logistic, _ setting: Setting
  ) throws(EstimatorError) {
    let samples: Samples
    switch view {
    case .samples(let columns): samples = columns
    case .labels(let classes): samples = try indicatorColumns(classes, named: name)
    }
    switch labels {
    case .labels(let classes):
      let model = families == .logistic ? HeldOutModel.scores : .scoresOfSeveral
      let logs = try setting.cache.numbers(setting.source(model, view, labels)) {
        () throws(EstimatorError) in
        try CrossFittedScores(
          samples, classes, groups: setting.groups, families: families, seed: setting.seed,
          threads: setting.threads,
          side: name, isCancelled: setting.isCancelled
        ).logProbabilities.values
      }
      let scores = try CrossFittedScores(logProbabilities: logs, classes)
      self.scores = scores
      values = nil
      losses = scores.losses
    case .samples(let numbers):
      guard numbers.dimension == 1 else { return nil }
      let target = numbers.column(0)
      let predictions = try setting.cache.numbers(setting.source(.ridge, view, labels)) {
        () throws(EstimatorError) in
        try CrossFittedRidge(
          samples, target, groups: setting.groups, seed: setting.seed, threads: setting.threads,
          side: name
        ).predictions
      }
      if setting.isCancelled() { throw .cancelled }
      let errors = zip(target, predictions).map { $0 - $1 }
      let variance = errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count)
      scores = nil
      values = predictions
      losses = errors.map { 0.5 * log(2 * .pi * variance) + $0 * $0 / (2 * variance) }
    }
  }

  /// The predictions as a view of few columns: the heads that the theory of distillation speaks of.
  ///
  /// For C classes the C - 1 Helmert contrasts of their log probabilities: what remains of C logits
  /// when the constant that every row may add to all of them is gone. For numbers the prediction.
  var columns: Samples {
    get throws(EstimatorError) {
      guard let scores else { return try Samples(values ?? []) }
      let logs = scores.logProbabilities
      var contrasts: [Double] = []
      for row in 0..<logs.rows {
        var sum = logs[row, 0]
        for code in 1..<logs.columns {
          let count = Double(code)
          contrasts.append((sum - count * logs[row, code]) / (count * (count + 1)).squareRoot())
          sum += logs[row, code]
        }
      }
      return try Samples(rowMajor: contrasts, count: logs.rows, dimension: logs.columns - 1)
    }
  }
}

/// Labels as columns of zeros and ones, one for each class but the first that has rows.
private func indicatorColumns(
  _ labels: Labels, named name: String
) throws(EstimatorError) -> Samples {
  let used = labels.classSizes.indices.filter { labels.classSizes[$0] > 0 }.dropFirst()
  guard !used.isEmpty else {
    throw EstimatorError(
      .constantColumn, "\(name) has one class in all \(labels.count) rows; it must vary.")
  }
  return try Samples(
    rowMajor: labels.codes.flatMap { code in used.map { Int(code) == $0 ? 1.0 : 0 } },
    count: labels.count, dimension: used.count)
}

// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// What a classifier that never saw a row predicts for its class: out-of-fold probabilities.
///
/// The classifier is that of ``ClassifierEstimator`` with its logistic backend, or the best of several
/// families: family, setting (such as a ridge) and temperature are chosen within the training folds.
package struct CrossFittedScores: Sendable {
  /// The families of models.
  package enum Families: Sendable {
    /// Multinomial logistic regression.
    case logistic
    /// Logistic regression, discriminant analysis between linear and quadratic, nearest neighbors.
    case several

    fileprivate var backends: [any ClassifierBackend] {
      switch self {
      case .logistic: [LogisticBackend()]
      case .several: [LogisticBackend(), GaussianBackend(), NeighborBackend()]
      }
    }
  }

  /// ln q(class | x), n x C over the classes that have rows.
  package let logProbabilities: Matrix
  /// The class of each row, a column of ``logProbabilities``.
  package let classes: [Int]
  /// The names of the classes.
  package let names: [String]

  /// Fits; rows of one group are scored by models that saw none of it.
  ///
  /// - Throws: `constantColumn`, also where there is one class only; `tooFewSamples`, `cancelled`.
  package init(
    _ samples: Samples, _ labels: Labels, groups: [Int]? = nil, folds: Int = 5,
    families: Families = .logistic, seed: UInt64, threads: Int, side: String,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(EstimatorError) {
    guard samples.count >= 2 * folds else {
      throw .tooFewSamples(found: samples.count, needed: 2 * folds, estimator: "classifier")
    }
    let used = try UsedClasses(labels)
    let rows = LabeledRows(
      x: try standardized(samples, side: side), classes: used.codes,
      classCount: used.sizes.count)
    let dealt = StratifiedFolds(
      rows.classes, groups: groups, classCount: rows.classCount, folds: folds, seed: seed)
    let fits = parallelMap(folds, threads: threads) { fold in
      CrossFit(
        rows, dealt, fold: fold, backends: families.backends, isCancelled: isCancelled)
    }
    if isCancelled() { throw .cancelled }
    var scores = Matrix(rows: rows.count, columns: rows.classCount)
    for fit in fits {
      for (place, row) in fit.rows.enumerated() {
        for code in 0..<rows.classCount { scores[row, code] = fit.logProbabilities[place, code] }
      }
    }
    logProbabilities = scores
    classes = used.codes
    names = used.names
  }

  /// Scores that were made before; the numbers are row by row.
  ///
  /// - Throws: `constantColumn` where there is one class only.
  package init(logProbabilities: [Double], _ labels: Labels) throws(EstimatorError) {
    let used = try UsedClasses(labels)
    self.logProbabilities = Matrix(
      rows: used.codes.count, columns: used.sizes.count, values: logProbabilities)
    classes = used.codes
    names = used.names
  }

  /// -ln q(class | x) of each row, in nats.
  package var losses: [Double] { classes.enumerated().map { -logProbabilities[$0, $1] } }

  /// The class of the largest probability of each row; the first one of equals.
  package var predictions: [Int] {
    (0..<logProbabilities.rows).map { row in
      (1..<logProbabilities.columns).reduce(0) { best, code in
        logProbabilities[row, code] > logProbabilities[row, best] ? code : best
      }
    }
  }
}

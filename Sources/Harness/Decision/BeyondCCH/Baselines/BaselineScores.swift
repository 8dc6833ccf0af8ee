// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators

/// What someone would try in place of the hypothesis: scores of how well one view predicts the labels.
///
/// They are made for choosing a network to start from, and look at one view alone: none sees what
/// teacher and student share, and none comes with an error. Each has its formula where it is computed.
public struct BaselineScores: Sendable, Hashable, Codable {
  /// The view.
  public let view: String
  /// The share of held-out rows that a linear classifier gets right; nil for continuous labels.
  public let accuracy: Double?
  /// Log evidence of a Bayesian linear model, per row.
  public let logME: Double?
  /// Log expected empirical prediction, of cross-fitted class probabilities.
  public let leep: Double?
  /// Negative conditional entropy, of cross-fitted predictions.
  public let nce: Double?
  /// Whitened variance between the classes.
  public let hScore: Double?
  /// The drop of the coding rate by the class.
  public let transRate: Double?

  /// Scores a view; only LogME is defined for continuous labels.
  init(_ name: String, _ view: Variable, labels: Variable, prediction: HeldOutPrediction?) {
    self.view = name
    let samples = view.samples
    logME = samples.flatMap { Harness.logME($0, labels) }
    hScore = samples.flatMap { samples in labels.labels.flatMap { Harness.hScore(samples, $0) } }
    transRate = samples.flatMap { samples in
      labels.labels.flatMap { Harness.transRate(samples, $0) }
    }
    guard let scores = prediction?.scores else {
      (accuracy, leep, nce) = (nil, nil, nil)
      return
    }
    let predictions = scores.predictions
    accuracy =
      Double(zip(predictions, scores.classes).count { $0 == $1 }) / Double(predictions.count)
    var theta = scores.logProbabilities
    theta.values = theta.values.exponentials()
    let found = Harness.leep(
      theta: theta, labels: scores.classes, classCount: scores.names.count)
    // A probability may round to 0, and JSON has no infinity.
    leep = found.isFinite ? found : nil
    nce = Harness.nce(
      source: predictions, labels: scores.classes, classCount: scores.names.count)
  }
}

// SPDX-License-Identifier: MIT

import EstimatorAPI

/// A target y and ways to learn q(y | x) from any columns x, for scores on rows not learned from.
protocol HeldOutPrediction: Sendable {
  /// ln q(y) of each row without any x.
  var marginal: [Double] { get }
  /// What is known of the target alone.
  var diagnostics: [String: DiagnosticValue] { get }
  /// Warnings about the target.
  var warnings: [EstimateWarning] { get }
  /// ln q(y | x) of each row by models of the other folds, from standardized columns.
  ///
  /// - Throws: `diverged`, `cancelled`.
  func scores(_ x: Matrix, _ request: EstimationRequest) throws(EstimatorError) -> HeldOutScores
}

/// Scores of every row, and how they came about.
struct HeldOutScores: Sendable {
  let logs: [Double]
  let diagnostics: [String: DiagnosticValue]
  let warnings: [EstimateWarning]
}

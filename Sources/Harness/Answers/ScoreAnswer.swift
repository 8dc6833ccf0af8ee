// SPDX-License-Identifier: MIT

package import EstimatorAPI

/// The shape of `mi score --json`.
package struct ScoreAnswer: Encodable {
  package let schema = "mi.score/1"
  package let scorecards: [Scorecard]
  package let failures: [ScoreFailure]
  /// What must be known of the scores, such as levels left out.
  package let warnings: [EstimateWarning]

  package init(_ outcome: ScoreOperation.Outcome) {
    scorecards = outcome.scorecards
    failures = outcome.failures
    warnings = outcome.warnings
  }
}

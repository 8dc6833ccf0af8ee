// SPDX-License-Identifier: MIT

import EstimatorAPI
import Estimators

/// What the numbers of all pairs do not say: the pairs that failed, and the warnings of the others.
package struct PairwiseAnswer: Encodable, Sendable {
  struct Failure: Encodable {
    let x: Int
    let y: Int?
    let code: String
    let status: Int32
    let error: String
  }

  struct Warning: Encodable {
    let x: Int
    let y: Int?
    let warnings: [EstimateWarning]
  }

  let estimator: String
  private(set) var failures: [Failure] = []
  private(set) var warnings: [Warning] = []

  package init(_ outcome: PairwiseOperation.Outcome) {
    estimator = outcome.estimator
    for pair in outcome.pairs {
      switch pair.result {
      case .failure(let error):
        failures.append(
          Failure(
            x: pair.x, y: pair.y, code: error.code.rawValue, status: error.code.exitStatus,
            error: error.description))
      case .success(let estimate) where !estimate.warnings.isEmpty:
        warnings.append(Warning(x: pair.x, y: pair.y, warnings: estimate.warnings))
      case .success: break
      }
    }
  }
}

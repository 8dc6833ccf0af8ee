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

extension PairwiseAnswer {
  /// The failures and warnings in words, each with its pair.
  package var sentences: [String] {
    func pair(_ x: Int, _ y: Int?) -> String {
      "Column \(x) and \(y.map { "column \($0)" } ?? "y")"
    }
    return failures.map { "\(pair($0.x, $0.y)): \($0.error)" }
      + warnings.flatMap { one in one.warnings.map { "\(pair(one.x, one.y)): \($0.message)" } }
  }
}

/// The shape of `mi pairwise --json`: the pairs with their numbers, and what ``PairwiseAnswer`` has.
package struct PairwiseListAnswer: Encodable {
  private let schema = "mi.pairwise/1"
  private let pairs: [Pair]
  private let rest: PairwiseAnswer

  private struct Pair: Encodable {
    let x: Int
    @Nullable var y: Int?
    @Nullable var nats: Double?
  }

  package init(_ outcome: PairwiseOperation.Outcome) {
    pairs = outcome.pairs.map { pair in
      Pair(x: pair.x, y: pair.y, nats: (try? pair.result.get())?.information.nats)
    }
    rest = PairwiseAnswer(outcome)
  }

  private enum Key: String, CodingKey { case schema, pairs }

  package func encode(to encoder: any Encoder) throws {
    try rest.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(schema, forKey: .schema)
    try container.encode(pairs, forKey: .pairs)
  }
}

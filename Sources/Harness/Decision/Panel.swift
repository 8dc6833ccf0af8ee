// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// An estimator with its parameters, as the user or the default panel names it.
public struct EstimatorChoice: Sendable, Hashable, Codable {
  /// The id.
  public let id: String
  /// Parameters given as texts; the others keep their defaults.
  public let parameters: [String: String]

  /// Creates a choice.
  public init(_ id: String, _ parameters: [String: String] = [:]) {
    self.id = id
    self.parameters = parameters
  }
}

/// The estimators that speak for one kind of pair when the user names none: one of each family, so
/// that their spread says how far the answer depends on the method.
///
/// Columns are standardized for the neighbor estimators: with the max-norm, a column of a thousand
/// times the scale of the others is the only one that counts.
public enum Panel {
  /// The default choice for a kind of pair.
  public static func standard(for kind: PairKind) -> [EstimatorChoice] {
    switch kind {
    case .continuous:
      [EstimatorChoice("gaussian-copula"), EstimatorChoice("ksg-1", ["scale": "standardize"])]
    case .mixed:
      [
        EstimatorChoice("gaussian-label"), EstimatorChoice("ross", ["scale": "standardize"]),
        EstimatorChoice("classifier", ["folds": "4"]),
      ]
    case .discrete: [EstimatorChoice("discrete")]
    }
  }
}

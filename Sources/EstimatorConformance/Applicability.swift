// SPDX-License-Identifier: MIT

import EstimatorAPI

/// Which traits make a check apply.
struct Applicability: Sendable {
  let holds: @Sendable (EstimatorTraits) -> Bool

  /// To every estimator.
  static let always = Applicability { _ in true }
  /// Where the seed is declared not to matter.
  static let deterministic = Applicability { $0.isDeterministic }
  /// Where some kind of pair is not declared.
  static let someKindRefused = Applicability { $0.kinds.count < PairKind.allCases.count }
  /// Where one side has columns of numbers.
  static let columns = Applicability { $0.kinds.contains(.continuous) || $0.kinds.contains(.mixed) }
  /// Where one side has labels.
  static let labels = Applicability { $0.kinds.contains(.mixed) || $0.kinds.contains(.discrete) }
  /// Applies if two columns per side are accepted and the number is not a bound.
  static let blocks = Applicability {
    $0.kinds.contains(.continuous) && ($0.maximumDimension ?? 4) >= 4
      && $0.estimateKind == .estimate
  }

  /// Where the invariance is claimed.
  static func claims(_ invariance: Invariance) -> Applicability {
    Applicability { $0.invariances.contains(invariance) }
  }

  /// Where this way of drawing rows anew is claimed to be valid.
  static func claims(_ resampling: Resampling) -> Applicability {
    Applicability { $0.resampling.contains(resampling) }
  }
}

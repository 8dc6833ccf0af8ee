// SPDX-License-Identifier: MIT

import EstimatorAPI

/// One thing that the contract asks of an estimator: a name, a sentence, and the experiment that
/// shows whether it holds.
///
/// Checks are data: ``all`` is the table, and which of them apply to an estimator follows from the
/// traits it declares.
public struct ConformanceCheck: Sendable {
  /// A stable lowerCamelCase name, for example `rowOrder`.
  public let name: String
  /// What must hold, in one sentence.
  public let claim: String
  /// True where it is cheap enough to run whenever a plugin is started.
  public let isQuick: Bool
  let applicability: Applicability
  let run: @Sendable (ConformanceSubject) throws(EstimatorError) -> Finding

  init(
    _ name: String, _ claim: String, isQuick: Bool = false,
    when applicability: Applicability = .always,
    _ run: @escaping @Sendable (ConformanceSubject) throws(EstimatorError) -> Finding
  ) {
    self.name = name
    self.claim = claim
    self.isQuick = isQuick
    self.applicability = applicability
    self.run = run
  }

  /// Every check, in the order of a report: first what all others rely on.
  public static let all: [ConformanceCheck] = [
    .wellFormed, .determinism, .seedIgnored, .threads, .progress, .cancellation,
    .units, .knownValues, .independence, .unclamped, .monotoneInDependence, .dataProcessing,
    .additivity, .swap, .rowOrder, .shift, .jointScale, .scale, .monotone, .linear,
    .relabel, .labelCodes, .kinds, .given, .groups, .dimensions, .tooFewRows, .constantColumn,
    .ties,
    .subsampling, .pairBootstrap,
  ]

  /// The checks that run whenever a plugin is started.
  public static let quick = all.filter(\.isQuick)
}

/// What an experiment showed.
enum Finding: Sendable, Hashable {
  /// It holds; the text has the numbers.
  case holds(String)
  /// It does not; the text is a sentence with the found and the needed.
  case broken(String)

  /// Holds if `condition`, with one text for either case.
  static func when(_ condition: Bool, _ text: String) -> Finding {
    condition ? .holds(text) : .broken(text)
  }

  /// The first broken finding, or one that has all texts.
  static func all(_ findings: [Finding]) -> Finding {
    var texts: [String] = []
    for finding in findings {
      guard case .holds(let text) = finding else { return finding }
      texts.append(text)
    }
    return .holds(texts.joined(separator: "; "))
  }
}

// SPDX-License-Identifier: MIT

/// The outcome of one check.
public enum ConformanceOutcome: String, Sendable, Hashable, Codable {
  /// The claim held.
  case passed
  /// The claim did not hold.
  case failed
  /// The claim did not hold, as its author had declared.
  case expectedFailure
  /// The claim held although a failure was declared: the declaration is out of date.
  case unexpectedPass
  /// The traits do not make the claim.
  case notApplicable
  /// There was no time left for it.
  case skipped
}

/// A check that is known to fail, and why.
///
/// It is shown in every report, so that a reader sees what is not promised.
public struct ExpectedFailure: Sendable, Hashable, Codable {
  /// The name of the check.
  public let check: String
  /// Why it fails, in a sentence.
  public let reason: String

  /// Declares a failure.
  public init(_ check: String, _ reason: String) {
    self.check = check
    self.reason = reason
  }
}

/// One line of a report.
public struct ConformanceResult: Sendable, Hashable, Codable {
  /// The name of the check.
  public let check: String
  /// What must hold.
  public let claim: String
  /// The outcome.
  public let outcome: ConformanceOutcome
  /// The numbers found, or the reason of a declared failure.
  public let found: String
  /// The time it took.
  public let seconds: Double
}

/// All checks of one estimator.
public struct ConformanceReport: Sendable, Hashable, Codable {
  /// The estimator's id.
  public let estimator: String
  /// Its version.
  public let version: String
  /// A line for every check, in the order of ``ConformanceCheck/all``.
  public let results: [ConformanceResult]

  /// True where nothing failed that was not declared to fail.
  public var passed: Bool { !results.contains { $0.outcome == .failed } }

  /// The lines that failed.
  public var failures: [ConformanceResult] { results.filter { $0.outcome == .failed } }
}

// SPDX-License-Identifier: MIT

/// What an estimator returns.
///
/// The information is never clamped at zero. Everything that was assumed or changed on the way
/// (jitter, standardization, merged classes) is reported in the diagnostics or the warnings.
public struct Estimate: Sendable, Hashable, Codable {
  /// The estimated mutual information.
  public var information: Information
  /// What the number is: an estimate, or a bound that holds up to sampling error.
  public var kind: EstimateKind
  /// The standard error over repeated samples of the same size, where the estimator knows one.
  public var standardError: Information?
  /// The contribution of each row in nats, where the estimate is a mean over rows.
  public var pointwise: [Double]?
  /// Named facts about this run, for example `ties` or `bins`.
  ///
  /// Names are lowerCamelCase.
  public var diagnostics: [String: DiagnosticValue]
  /// What the reader must know before believing the number.
  public var warnings: [EstimateWarning]

  /// Creates an estimate.
  public init(
    _ information: Information, kind: EstimateKind = .estimate,
    standardError: Information? = nil, pointwise: [Double]? = nil,
    diagnostics: [String: DiagnosticValue] = [:], warnings: [EstimateWarning] = []
  ) {
    self.information = information
    self.kind = kind
    self.standardError = standardError
    self.pointwise = pointwise
    self.diagnostics = diagnostics
    self.warnings = warnings
  }
}

/// What an estimated number claims to be.
public enum EstimateKind: String, Sendable, Hashable, Codable {
  /// An estimate that may err to either side.
  case estimate
  /// At most the true value, in expectation.
  case lowerBound
  /// At least the true value, in expectation.
  case upperBound
}

/// A warning: a stable code for programs, and a sentence with values for people.
public struct EstimateWarning: Sendable, Hashable, Codable {
  /// A stable lowerCamelCase code, for example `ceiling`.
  public let code: String
  /// One sentence with the values found.
  public let message: String

  /// Creates a warning.
  public init(code: String, message: String) {
    self.code = code
    self.message = message
  }
}

/// The value of a diagnostic.
public enum DiagnosticValue: Sendable, Hashable, Codable {
  /// A count.
  case integer(Int)
  /// A number; its unit belongs in the diagnostic's name unless it is obvious.
  case number(Double)
  /// A word or a sentence.
  case text(String)
  /// A yes or a no.
  case flag(Bool)
  /// A list of numbers.
  case numbers([Double])
  /// A list of words.
  case texts([String])

  /// Decodes whichever JSON value stands there.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode(Bool.self) {
      self = .flag(value)
    } else if let value = try? container.decode(Int.self) {
      self = .integer(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode([Double].self) {
      self = .numbers(value)
    } else if let value = try? container.decode([String].self) {
      self = .texts(value)
    } else {
      self = .text(try container.decode(String.self))
    }
  }

  /// Encodes the bare value.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .integer(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .text(let value): try container.encode(value)
    case .flag(let value): try container.encode(value)
    case .numbers(let value): try container.encode(value)
    case .texts(let value): try container.encode(value)
    }
  }
}

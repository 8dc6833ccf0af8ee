// SPDX-License-Identifier: MIT

import EstimatorAPI

/// A value in a suite file.
public enum SpecifiedValue: Sendable, Hashable, Codable {
  /// A number.
  case number(Double)
  /// A word.
  case text(String)
  /// True or false.
  case flag(Bool)
  /// A list of numbers.
  case numbers([Double])
  /// Rows of numbers.
  case rows([[Double]])
  /// Components of a mixture.
  case components([NormalMixture.Component])

  /// Decodes whichever JSON value stands there.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode(Bool.self) {
      self = .flag(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode([Double].self) {
      self = .numbers(value)
    } else if let value = try? container.decode([[Double]].self) {
      self = .rows(value)
    } else if let value = try? container.decode([NormalMixture.Component].self) {
      self = .components(value)
    } else {
      self = .text(try container.decode(String.self))
    }
  }

  /// Encodes the bare value.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .number(let value): try container.encode(value)
    case .text(let value): try container.encode(value)
    case .flag(let value): try container.encode(value)
    case .numbers(let value): try container.encode(value)
    case .rows(let value): try container.encode(value)
    case .components(let value): try container.encode(value)
    }
  }
}

/// The named values of a distribution or a transform in a suite file.
public struct SpecifiedParameters: Sendable, Hashable, Codable {
  /// The values by name.
  public let values: [String: SpecifiedValue]

  /// Creates parameters.
  public init(_ values: [String: SpecifiedValue]) { self.values = values }

  /// Decodes an object.
  public init(from decoder: any Decoder) throws {
    values = try [String: SpecifiedValue](from: decoder)
  }

  /// Encodes an object.
  public func encode(to encoder: any Encoder) throws { try values.encode(to: encoder) }
}

/// Takes parameters out by name and range, and says whose they are when something is wrong.
struct ParameterReader {
  let owner: String
  let values: [String: SpecifiedValue]

  /// - Throws: `invalidSuite` for a parameter that is not among `known`.
  init(
    _ parameters: SpecifiedParameters, known: [String], owner: String
  ) throws(EstimatorError) {
    for name in parameters.values.keys.sorted() where !known.contains(name) {
      throw .invalidSuite(
        "\(owner) has no parameter \"\(name)\"; it has \(known.joined(separator: ", ")).")
    }
    self.owner = owner
    values = parameters.values
  }

  func number(
    _ name: String, above low: Double = -.infinity, atMost high: Double = .greatestFiniteMagnitude,
    default fallback: Double? = nil
  ) throws(EstimatorError) -> Double {
    if values[name] == nil, let fallback { return fallback }
    guard case .number(let value)? = values[name], value > low, value <= high else {
      let range =
        low == -.infinity
        ? "a number" : "a number above \(low)" + (high < 1e300 ? " and at most \(high)" : "")
      throw wrong(name, range)
    }
    return value
  }

  func nats(_ name: String = "nats") throws(EstimatorError) -> Information {
    guard case .number(let value)? = values[name], value >= 0 else {
      throw wrong(name, "a number of at least 0, in nats")
    }
    return Information(nats: value)
  }

  func integer(
    _ name: String, _ range: ClosedRange<Int> = 1...100_000, default fallback: Int? = nil
  ) throws(EstimatorError) -> Int {
    if values[name] == nil, let fallback { return fallback }
    guard case .number(let value)? = values[name], let whole = Int(exactly: value),
      range.contains(whole)
    else { throw wrong(name, "a whole number from \(range.lowerBound) to \(range.upperBound)") }
    return whole
  }

  func flag(_ name: String, default fallback: Bool) throws(EstimatorError) -> Bool {
    guard let value = values[name] else { return fallback }
    guard case .flag(let flag) = value else { throw wrong(name, "true or false") }
    return flag
  }

  func numbers(_ name: String) throws(EstimatorError) -> [Double] {
    guard case .numbers(let value)? = values[name], !value.isEmpty else {
      throw wrong(name, "a list of numbers")
    }
    return value
  }

  func rows(_ name: String) throws(EstimatorError) -> [[Double]] {
    guard case .rows(let value)? = values[name] else { throw wrong(name, "rows of numbers") }
    return value
  }

  func components(_ name: String) throws(EstimatorError) -> [NormalMixture.Component] {
    guard case .components(let value)? = values[name], !value.isEmpty else {
      throw wrong(name, "a list of {\"weight\", \"mean\", \"covariance\"}")
    }
    return value
  }

  /// Two different columns below `dimension`.
  func plane(_ name: String, dimension: Int) throws(EstimatorError) -> (Int, Int) {
    let needed = "two different columns from 0 to \(dimension - 1)"
    let columns = try numbers(name).compactMap { Int(exactly: $0) }
    guard columns.count == 2, columns[0] != columns[1],
      columns.allSatisfy({ (0..<dimension).contains($0) })
    else { throw wrong(name, needed) }
    return (columns[0], columns[1])
  }

  func wrong(_ name: String, _ needed: String) -> EstimatorError {
    let found = values[name].map { "is \(Self.words($0))" } ?? "is missing"
    return .invalidSuite("Parameter \"\(name)\" of \(owner) \(found); it needs \(needed).")
  }

  private static func words(_ value: SpecifiedValue) -> String {
    switch value {
    case .number(let value): "\(value)"
    case .text(let value): "\"\(value)\""
    case .flag(let value): "\(value)"
    case .numbers(let value): "\(value)"
    case .rows(let value): "\(value.count) rows"
    case .components(let value): "\(value.count) components"
    }
  }
}

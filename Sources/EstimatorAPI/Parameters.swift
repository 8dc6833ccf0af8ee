// SPDX-License-Identifier: MIT

/// One parameter of an estimator: its name, type with range, default and meaning.
public struct ParameterSpecification: Sendable, Hashable, Codable {
  /// The name in `-p name=value`, lowerCamelCase.
  public let name: String
  /// The type, with the values allowed.
  public let type: ParameterType
  /// The value where none is given.
  public let defaultValue: ParameterValue
  /// One line of what it does, with its unit.
  public let meaning: String

  /// Creates a specification.
  public init(
    _ name: String, _ type: ParameterType, default defaultValue: ParameterValue, meaning: String
  ) {
    self.name = name
    self.type = type
    self.defaultValue = defaultValue
    self.meaning = meaning
  }

  /// Reads a value from text.
  ///
  /// - Throws: `invalidParameter` with the text found and what is needed.
  func parse(_ text: String, estimator: String) throws(EstimatorError) -> ParameterValue {
    guard let value = type.parse(text) else {
      throw .invalidParameter(name, found: text, needed: type.description, estimator: estimator)
    }
    return value
  }
}

/// The type of a parameter and the values it allows.
public enum ParameterType: Sendable, Hashable, Codable, CustomStringConvertible {
  /// A whole number between two bounds.
  case integer(ClosedRange<Int>)
  /// A finite number between two bounds.
  case number(ClosedRange<Double>)
  /// One of the words listed.
  case choice([String])
  /// `true` or `false`.
  case flag
  /// One or more different whole numbers between two bounds, with commas.
  case integers(ClosedRange<Int>)

  /// What is allowed, as the end of a sentence "needs ...".
  public var description: String {
    switch self {
    case .integer(let range): "a whole number \(Self.words(range))"
    case .number(let range): "a number \(Self.words(range))"
    case .choice(let words): "one of \(words.joined(separator: ", "))"
    case .flag: "true or false"
    case .integers(let range): "whole numbers \(Self.words(range)), with commas"
    }
  }

  /// The value a text stands for, or nil.
  func parse(_ text: String) -> ParameterValue? {
    switch self {
    case .integer(let range):
      return Int(text).flatMap { range.contains($0) ? .integer($0) : nil }
    case .number(let range):
      return Double(text).flatMap { range.contains($0) ? .number($0) : nil }
    case .choice(let words):
      return words.contains(text) ? .text(text) : nil
    case .flag:
      return Bool(text).map { .flag($0) }
    case .integers(let range):
      let parts = text.split(separator: ",", omittingEmptySubsequences: false)
      let numbers = parts.compactMap { Int($0) }.filter { range.contains($0) }
      return numbers.count == parts.count && !numbers.isEmpty ? .integers(numbers) : nil
    }
  }

  private static func words<Bound>(_ range: ClosedRange<Bound>) -> String
  where Bound: Comparable & CustomStringConvertible {
    let open =
      "\(range.upperBound)" == "\(Int.max)"
      || "\(range.upperBound)" == "\(Double.greatestFiniteMagnitude)"
    return open
      ? "of at least \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
  }
}

/// The value of a parameter.
public enum ParameterValue: Sendable, Hashable, CustomStringConvertible {
  /// A whole number.
  case integer(Int)
  /// A number.
  case number(Double)
  /// A word.
  case text(String)
  /// A yes or a no.
  case flag(Bool)
  /// Whole numbers.
  case integers([Int])

  /// The value as it would be written after `-p name=`.
  public var description: String {
    switch self {
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .text(let value): value
    case .flag(let value): "\(value)"
    case .integers(let values): values.map(String.init).joined(separator: ",")
    }
  }
}

extension ParameterValue: Codable {
  /// Decodes whichever JSON value stands there.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode(Bool.self) {
      self = .flag(value)
    } else if let value = try? container.decode(Int.self) {
      self = .integer(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode([Int].self) {
      self = .integers(value)
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
    case .integers(let values): try container.encode(values)
    }
  }
}

/// Values for all parameters of one estimator, checked against its specification.
///
/// The accessors throw for a name or a type that the specification does not have: a mistake in the
/// estimator's code, which costs its author a sentence and nobody else a process.
public struct ParameterValues: Sendable, Hashable, Codable {
  /// Every parameter's value by its name.
  public let values: [String: ParameterValue]

  /// Creates values that are already checked; ``EstimatorDescriptor/resolve(_:)`` checks texts.
  public init(_ values: [String: ParameterValue]) { self.values = values }

  /// A whole number.
  ///
  /// - Throws: `invalidParameter` where there is none of this name.
  public func integer(_ name: String) throws(EstimatorError) -> Int {
    guard case .integer(let value) = values[name] else { throw mismatch(name, "a whole number") }
    return value
  }

  /// A number.
  ///
  /// - Throws: `invalidParameter` where there is none of this name.
  public func number(_ name: String) throws(EstimatorError) -> Double {
    switch values[name] {
    case .number(let value): return value
    // JSON has one kind of number: 1.0 may come back as 1.
    case .integer(let value): return Double(value)
    default: throw mismatch(name, "a number")
    }
  }

  /// A word.
  ///
  /// - Throws: `invalidParameter` where there is none of this name.
  public func text(_ name: String) throws(EstimatorError) -> String {
    guard case .text(let value) = values[name] else { throw mismatch(name, "a word") }
    return value
  }

  /// A yes or a no.
  ///
  /// - Throws: `invalidParameter` where there is none of this name.
  public func flag(_ name: String) throws(EstimatorError) -> Bool {
    guard case .flag(let value) = values[name] else { throw mismatch(name, "true or false") }
    return value
  }

  /// Whole numbers.
  ///
  /// - Throws: `invalidParameter` where there are none of this name.
  public func integers(_ name: String) throws(EstimatorError) -> [Int] {
    guard case .integers(let value) = values[name] else { throw mismatch(name, "whole numbers") }
    return value
  }

  private func mismatch(_ name: String, _ wanted: String) -> EstimatorError {
    let known = values.keys.sorted().joined(separator: ", ")
    let found =
      values[name].map { "is \($0)" } ?? "is not in its description, which has \(known)"
    return EstimatorError(
      .invalidParameter,
      "The estimator's code reads its parameter \"\(name)\" as \(wanted); it \(found).")
  }

  /// Decodes a JSON object of bare values.
  public init(from decoder: any Decoder) throws {
    values = try [String: ParameterValue](from: decoder)
  }

  /// Encodes a JSON object of bare values.
  public func encode(to encoder: any Encoder) throws { try values.encode(to: encoder) }
}

// SPDX-License-Identifier: MIT

/// An amount of information, stored in nats.
///
/// Estimators compute in nats; bits exist only at the edge, where a person reads them. A value may
/// be negative: an estimate of zero information scatters around zero, and clamping it there would
/// hide the estimator's error.
public struct Information: Sendable, Hashable, Comparable {
  /// The amount in nats (natural logarithm).
  public let nats: Double

  /// The amount in bits: nats / ln 2.
  public var bits: Double { nats / Self.natsPerBit }

  /// Creates an amount from nats.
  public init(nats: Double) { self.nats = nats }

  /// Creates an amount from bits.
  public init(bits: Double) { self.nats = bits * Self.natsPerBit }

  /// No information.
  public static let zero = Information(nats: 0)

  /// Orders amounts by their nats.
  public static func < (left: Information, right: Information) -> Bool { left.nats < right.nats }

  /// The sum of two amounts.
  public static func + (left: Information, right: Information) -> Information {
    Information(nats: left.nats + right.nats)
  }

  /// The difference of two amounts.
  public static func - (left: Information, right: Information) -> Information {
    Information(nats: left.nats - right.nats)
  }

  private static let natsPerBit = 0.693147180559945309417232121458
}

extension Information: Codable {
  /// Decodes a bare number of nats.
  public init(from decoder: any Decoder) throws {
    self.init(nats: try decoder.singleValueContainer().decode(Double.self))
  }

  /// Encodes a bare number of nats.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(nats)
  }
}

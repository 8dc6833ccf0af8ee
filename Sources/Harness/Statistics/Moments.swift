// SPDX-License-Identifier: MIT

/// Count, mean and variance of numbers that come one by one (Welford 1962,
/// doi:10.1080/00401706.1962.10490022): no sum of squares that cancels.
public struct Moments: Sendable, Hashable {
  /// How many numbers came.
  public private(set) var count = 0
  /// Their mean; 0 for none.
  public private(set) var mean = 0.0
  private var squares = 0.0

  /// Creates the moments of nothing.
  public init() {}

  /// Takes a number.
  public mutating func add(_ value: Double) {
    count += 1
    let deviation = value - mean
    mean += deviation / Double(count)
    squares += deviation * (value - mean)
  }

  /// The variance with divisor count - 1; nil for fewer than two numbers.
  public var variance: Double? { count < 2 ? nil : squares / Double(count - 1) }

  /// The standard deviation; nil for fewer than two numbers.
  public var standardDeviation: Double? { variance?.squareRoot() }

  /// The standard error of the mean; nil for fewer than two numbers.
  public var errorOfMean: Double? { variance.map { ($0 / Double(count)).squareRoot() } }
}

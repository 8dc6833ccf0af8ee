// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// How a wide view is made narrow enough to be judged, openly.
public enum Representation: Sendable, Hashable, CustomStringConvertible {
  /// The columns as they are.
  case raw
  /// The first principal components of the standardized columns.
  case principalComponents(Int)

  /// Reads `raw` or `pca=K`.
  public init?(_ text: String) {
    if text == "raw" {
      self = .raw
    } else if text.hasPrefix("pca="), let count = Int(text.dropFirst(4)), count >= 1 {
      self = .principalComponents(count)
    } else {
      return nil
    }
  }

  /// `raw` or `pca=K`.
  public var description: String {
    switch self {
    case .raw: "raw"
    case .principalComponents(let count): "pca=\(count)"
    }
  }

  /// A view after the reduction, and what was done to it.
  public func apply(
    to variable: Variable, named name: String
  ) throws(EstimatorError) -> (variable: Variable, record: RepresentationRecord) {
    guard case .principalComponents(let count) = self, let samples = variable.samples,
      samples.dimension > count
    else {
      return (
        variable,
        RepresentationRecord(
          name: name, method: "raw", dimensionIn: variable.dimension,
          dimensionOut: variable.dimension, varianceShare: 1)
      )
    }
    let (reduced, share) = try leadingComponents(of: samples, count: count, side: name)
    return (
      .samples(reduced),
      RepresentationRecord(
        name: name, method: description, dimensionIn: samples.dimension, dimensionOut: count,
        varianceShare: share)
    )
  }
}

/// What a representation did to a view.
public struct RepresentationRecord: Sendable, Hashable, Codable {
  /// The view.
  public let name: String
  /// `raw` or `pca=K`.
  public let method: String
  /// Columns before.
  public let dimensionIn: Int
  /// Columns after.
  public let dimensionOut: Int
  /// The share of the standardized columns' variance that was kept.
  public let varianceShare: Double
}

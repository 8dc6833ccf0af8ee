// SPDX-License-Identifier: MIT

public import EstimatorAPI
import Estimators

/// How a wide view is made narrow enough to be judged, openly.
public enum Representation: Sendable, Hashable, CustomStringConvertible {
  /// The columns as they are.
  case raw
  /// The first principal components of the standardized columns.
  case principalComponents(Int)
  /// The cross-fitted predictions of a classifier, as few columns.
  ///
  /// C - 1 contrasts of the log probabilities of C classes, or one predicted number where the labels
  /// are continuous. These are the low-dimensional heads that the theory of distillation speaks of:
  /// on them neither I(teacher; student) nor I(student; labels) grows with the width of a layer.
  case logits
  /// ``raw`` where an estimator is admitted for every pair, else ``logits``.
  case automatic

  /// Reads `raw`, `pca=K`, `logits` or `auto`.
  public init?(_ text: String) {
    if text == "raw" {
      self = .raw
    } else if text == "logits" {
      self = .logits
    } else if text == "auto" {
      self = .automatic
    } else if text.hasPrefix("pca="), let count = Int(text.dropFirst(4)), count >= 1 {
      self = .principalComponents(count)
    } else {
      return nil
    }
  }

  /// `raw`, `pca=K`, `logits` or `auto`.
  public var description: String {
    switch self {
    case .raw: "raw"
    case .logits: "logits"
    case .automatic: "auto"
    case .principalComponents(let count): "pca=\(count)"
    }
  }

  /// A view after the reduction, and what was done to it.
  ///
  /// Principal components leave out constant columns, such as the black border of images, and say how
  /// many; a view that stays raw must have none. Logits need the labels and are made by `check`; here
  /// they, and `automatic`, leave a view raw.
  ///
  /// - Throws: `constantColumn`, with the view's name.
  public func apply(
    to variable: Variable, named name: String
  ) throws(EstimatorError) -> (variable: Variable, record: RepresentationRecord) {
    guard let samples = variable.samples else {
      return (
        variable,
        RepresentationRecord(
          name: name, method: "raw", dimensionIn: 1, dimensionOut: 1, constantColumns: 0,
          varianceShare: 1)
      )
    }
    guard case .principalComponents(let count) = self, samples.dimension > count else {
      try refuseConstantColumns(samples, side: name)
      return (
        variable,
        RepresentationRecord(
          name: name, method: "raw", dimensionIn: samples.dimension,
          dimensionOut: samples.dimension, constantColumns: 0, varianceShare: 1)
      )
    }
    let varying = try samples.withoutConstantColumns(named: name)
    let (reduced, share) = try leadingComponents(of: varying, count: count, side: name)
    return (
      .samples(reduced),
      RepresentationRecord(
        name: name, method: description, dimensionIn: samples.dimension,
        dimensionOut: reduced.dimension,
        constantColumns: samples.dimension - varying.dimension, varianceShare: share)
    )
  }
}

/// What a representation did to a view.
public struct RepresentationRecord: Sendable, Hashable, Codable {
  /// The view.
  public let name: String
  /// `raw`, `pca=K` or `logits`.
  public let method: String
  /// Columns before.
  public let dimensionIn: Int
  /// Columns after.
  public let dimensionOut: Int
  /// Columns with one value throughout, left out as they hold no information.
  public let constantColumns: Int
  /// The share of the standardized columns' variance that was kept; nil for logits.
  public let varianceShare: Double?
}

extension Samples {
  /// The columns that vary.
  ///
  /// - Throws: `constantColumn` where none does.
  func withoutConstantColumns(named name: String) throws(EstimatorError) -> Samples {
    guard firstConstantColumn(self) != nil else { return self }
    let varying = (0..<dimension).filter { column in
      (1..<count).contains { values[$0 * dimension + column] != values[column] }
    }
    guard !varying.isEmpty else {
      throw .constantColumn(side: name, column: 0, value: values[0])
    }
    var kept: [Double] = []
    kept.reserveCapacity(count * varying.count)
    for row in 0..<count {
      for column in varying { kept.append(values[row * dimension + column]) }
    }
    return try Samples(rowMajor: kept, count: count, dimension: varying.count)
  }
}

// SPDX-License-Identifier: MIT

/// One side of a mutual information: continuous samples or discrete labels.
public enum Variable: Sendable, Hashable {
  /// A continuous vector variable.
  case samples(Samples)
  /// A discrete variable.
  case labels(Labels)

  /// The number of rows n.
  public var count: Int {
    switch self {
    case .samples(let samples): samples.count
    case .labels(let labels): labels.count
    }
  }

  /// The number of columns; 1 for labels.
  public var dimension: Int {
    switch self {
    case .samples(let samples): samples.dimension
    case .labels: 1
    }
  }

  /// The continuous samples, where it is continuous.
  public var samples: Samples? {
    if case .samples(let samples) = self { samples } else { nil }
  }

  /// The labels, where it is discrete.
  public var labels: Labels? {
    if case .labels(let labels) = self { labels } else { nil }
  }

  /// The rows at the given indices, in that order.
  public func selecting(rows: [Int]) -> Variable {
    switch self {
    case .samples(let samples): .samples(samples.selecting(rows: rows))
    case .labels(let labels): .labels(labels.selecting(rows: rows))
    }
  }
}

/// What a single variable is.
public enum VariableKind: String, Sendable, Hashable, Codable, CaseIterable {
  /// Samples.
  case continuous
  /// Labels.
  case labels

  /// The kind of a variable.
  public init(_ variable: Variable) {
    self = variable.samples == nil ? .labels : .continuous
  }
}

/// What an estimator is asked to compare.
///
/// Mutual information is symmetric, so the order of the two sides does not count.
public enum PairKind: String, Sendable, Hashable, Codable, CaseIterable {
  /// Two continuous variables.
  case continuous = "continuous-continuous"
  /// One continuous variable and one of labels, in either order.
  case mixed = "continuous-labels"
  /// Two variables of labels.
  case discrete = "labels-labels"

  /// The kind of a pair of variables.
  public init(_ x: Variable, _ y: Variable) {
    switch (x, y) {
    case (.samples, .samples): self = .continuous
    case (.labels, .labels): self = .discrete
    default: self = .mixed
    }
  }
}

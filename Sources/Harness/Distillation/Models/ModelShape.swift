// SPDX-License-Identifier: MIT

import Estimators

/// Which family a teacher or a student is of, and how large it is.
public enum ModelShape: Sendable, Hashable, CustomStringConvertible {
  /// Multinomial logistic regression for classes, linear regression for numbers; both with a ridge.
  case linear
  /// A multilayer perceptron with ReLU and these hidden widths.
  case network([Int])

  /// Reads `linear` (also `softmax`), or `mlp=64` or `mlp=64x32`.
  public init?(_ text: String) {
    if text == "linear" || text == "softmax" {
      self = .linear
      return
    }
    guard text.hasPrefix("mlp=") else { return nil }
    let widths = text.dropFirst(4).split(separator: "x", omittingEmptySubsequences: false)
      .map { Int($0) ?? 0 }
    guard !widths.isEmpty, widths.count <= 8, widths.allSatisfy({ (1...8192).contains($0) })
    else { return nil }
    self = .network(widths)
  }

  /// `linear` or `mlp=64x32`.
  public var description: String {
    switch self {
    case .linear: "linear"
    case .network(let widths): "mlp=" + widths.map(String.init).joined(separator: "x")
    }
  }

  /// A learner of this shape for standardized rows.
  ///
  /// `stopping` are rows on which a network stops early; linear models have no use for them.
  func learner(
    _ x: Matrix, target: DistillationTarget, stopping: HeldRows?, random: RandomSource
  ) -> any DistillationLearner {
    switch (self, target) {
    case (.linear, .classes(let codes, let count)):
      SoftmaxLearner(x, classes: codes, classCount: count)
    case (.linear, .numbers(let values)): RidgeLearner(x, values: values)
    case (.network(let widths), _):
      NetworkLearner(x, target: target, hidden: widths, stopping: stopping, random: random)
    }
  }
}

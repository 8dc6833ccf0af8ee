// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// The circumstances that an estimator's error depends on and that can be imitated: the number of
/// rows, the dimensions, and the shares of the classes where a side is labels.
public struct Regime: Sendable, Hashable, Codable {
  /// The kind of the pair.
  public let kind: PairKind
  /// The number of rows n.
  public let n: Int
  /// The dimension of x; 1 for labels.
  public let dx: Int
  /// The dimension of y; 1 for labels.
  public let dy: Int
  /// The number of rows of each occupied class of x; nil where x is continuous.
  public let xClassSizes: [Int]?
  /// The number of rows of each occupied class of y; nil where y is continuous.
  public let yClassSizes: [Int]?

  /// The regime of a pair of variables.
  public init(_ x: Variable, _ y: Variable) {
    kind = PairKind(x, y)
    n = x.count
    dx = x.dimension
    dy = y.dimension
    xClassSizes = x.labels?.classSizes.filter { $0 > 0 }
    yClassSizes = y.labels?.classSizes.filter { $0 > 0 }
  }

  /// A regime by its numbers; `classes` equally large classes on the side of y, or on both.
  public init(kind: PairKind, n: Int, dx: Int, dy: Int, classes: Int) {
    self.kind = kind
    self.n = n
    let sizes = (0..<classes).map { n * ($0 + 1) / classes - n * $0 / classes }
    self.dx = kind == .discrete ? 1 : dx
    self.dy = kind == .continuous ? dy : 1
    xClassSizes = kind == .discrete ? sizes : nil
    yClassSizes = kind == .continuous ? nil : sizes
  }

  /// The largest mutual information the classes allow: the least entropy of a discrete side.
  public var ceiling: Information? {
    [xClassSizes, yClassSizes].compactMap { $0.map(entropy(ofSizes:)) }.min()
  }
}

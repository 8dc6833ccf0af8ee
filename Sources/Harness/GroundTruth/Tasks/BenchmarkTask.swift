// SPDX-License-Identifier: MIT

public import EstimatorAPI

/// A named task: a distribution, and for each side the injective transforms that follow.
///
/// The information is that of the distribution, because injective maps of a side leave it alone.
public struct BenchmarkTask: GroundTruth {
  /// The task's name, as published where it is a published one.
  public let id: String
  /// One line of what it is.
  public let summary: String
  /// What is drawn first.
  public let base: any GroundTruth
  private let x: [Transform]
  private let y: [Transform]

  /// Creates a task; transforms are applied in the order given.
  public init(
    _ id: String, _ summary: String, _ base: any GroundTruth, x: [Transform] = [],
    y: [Transform] = []
  ) {
    self.id = id
    self.summary = summary
    self.base = base
    self.x = x
    self.y = y
  }

  /// Creates a task with the same transforms on both sides.
  public init(
    _ id: String, _ summary: String, _ base: any GroundTruth, both transforms: [Transform]
  ) {
    self.init(id, summary, base, x: transforms, y: transforms)
  }

  /// The number of columns of x, after the transforms.
  public var dx: Int { x.reduce(base.dx) { $1.outputDimension($0) } }

  /// The number of columns of y, after the transforms.
  public var dy: Int { y.reduce(base.dy) { $1.outputDimension($0) } }

  /// The kind of the pair.
  public var kind: PairKind { base.kind }

  /// The mutual information.
  public var information: Information { base.information }

  /// A bound on the numeric error of the information.
  public var informationError: Information { base.informationError }

  /// Draws `count` independent rows.
  public func sample(_ count: Int, seed: UInt64) -> SamplePair {
    let pair = base.sample(count, seed: seed)
    return SamplePair(x: applied(x, to: pair.x), y: applied(y, to: pair.y))
  }

  /// The base's pointwise information at the rows that these came from.
  public func pointwise(_ pair: SamplePair) -> [Double]? {
    guard pair.x.dimension == dx, pair.y.dimension == dy, pair.x.samples != nil || x.isEmpty,
      pair.y.samples != nil || y.isEmpty
    else { return nil }
    return base.pointwise(
      SamplePair(
        x: inverted(x, of: pair.x, baseDimension: base.dx),
        y: inverted(y, of: pair.y, baseDimension: base.dy)))
  }

  private func applied(_ transforms: [Transform], to variable: Variable) -> Variable {
    guard !transforms.isEmpty else { return variable }
    guard let samples = variable.samples else {
      preconditionFailure("task \(id) transforms a side of labels")
    }
    return .samples(transforms.reduce(samples) { $1.apply($0) })
  }

  private func inverted(
    _ transforms: [Transform], of variable: Variable, baseDimension: Int
  ) -> Variable {
    guard var samples = variable.samples, !transforms.isEmpty else { return variable }
    var dimensions = [baseDimension]
    for transform in transforms {
      dimensions.append(transform.outputDimension(dimensions.last ?? 0))
    }
    for (transform, dimension) in zip(transforms, dimensions).reversed() {
      samples = transform.invert(samples, toDimension: dimension)
    }
    return .samples(samples)
  }
}

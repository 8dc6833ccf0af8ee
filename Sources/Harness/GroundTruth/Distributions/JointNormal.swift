// SPDX-License-Identifier: MIT

public import EstimatorAPI
import Estimators

/// A joint Gaussian with mean 0 and a given covariance matrix over the columns of x, then of y.
///
/// I = (ln det Cxx + ln det Cyy - ln det C) / 2.
public struct JointNormal: GroundTruth {
  /// The number of columns of x.
  public let dx: Int
  /// The number of columns of y.
  public let dy: Int
  /// The mutual information.
  public let information: Information
  /// A name with the parameters.
  public let id: String
  /// One line of what it is.
  public let summary: String
  let shape: EllipticalShape

  /// Creates a Gaussian from the rows of its covariance matrix.
  ///
  /// - Throws: `shapeMismatch` where the matrix is not square and symmetric of dx + dy rows,
  ///   `singularCovariance` where it is not positive definite.
  public init(
    id: String, summary: String, dx: Int, dy: Int, covariance: [[Double]]
  ) throws(EstimatorError) {
    shape = try EllipticalShape(dx: dx, dy: dy, matrix: covariance)
    self.dx = dx
    self.dy = dy
    self.id = id
    self.summary = summary
    information = Information(nats: shape.normalInformation)
  }

  /// Creates a Gaussian whose covariance is positive definite by construction.
  init(id: String, summary: String, shape: EllipticalShape) {
    self.id = id
    self.summary = summary
    self.shape = shape
    dx = shape.dx
    dy = shape.dy
    information = Information(nats: shape.normalInformation)
  }

  /// Continuous on both sides.
  public var kind: PairKind { .continuous }

  /// Zero: the information is a closed form.
  public var informationError: Information { .zero }

  /// Draws `count` independent rows.
  public func sample(_ count: Int, seed: UInt64) -> SamplePair {
    var source = RandomSource(seed: seed, samplerStream)
    return shape.split(shape.normals(count, using: &source))
  }

  /// ln of the joint density over the product of the marginal ones.
  public func pointwise(_ pair: SamplePair) -> [Double]? {
    guard let squares = shape.squares(pair) else { return nil }
    return squares.map { information.nats - ($0.joint - $0.x - $0.y) / 2 }
  }
}

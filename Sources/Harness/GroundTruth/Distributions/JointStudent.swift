// SPDX-License-Identifier: MIT

public import EstimatorAPI
import Estimators

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A multivariate Student distribution over the columns of x, then of y.
///
/// Rows of a Gaussian divided by sqrt(chi^2 / dof), one divisor for all columns: even where the
/// dispersion matrix is the identity x tells the scale of y. I is that of the Gaussian plus
/// h(dx) + h(dy) - h(dx + dy), where h(k) is the entropy of a standard Student vector less the parts
/// that cancel:
/// h(k) = -ln Gamma((v + k) / 2) + ln Gamma(v / 2) + (k / 2) ln(v pi)
/// + ((v + k) / 2) (psi((v + k) / 2) - psi(v / 2)).
public struct JointStudent: GroundTruth {
  /// The degrees of freedom v.
  public let dof: Int
  /// A name with the parameters.
  public let id: String
  /// One line of what it is.
  public let summary: String
  private let shape: EllipticalShape

  /// Creates a Student distribution from the rows of its dispersion matrix.
  ///
  /// - Throws: `shapeMismatch` or `singularCovariance`, as ``JointNormal``, and `invalidParameter`
  ///   for less than one degree of freedom.
  public init(
    id: String, summary: String, dx: Int, dy: Int, dispersion: [[Double]], dof: Int
  ) throws(EstimatorError) {
    guard dof >= 1 else {
      throw .invalidParameter(
        "dof", found: "\(dof)", needed: "a whole number of at least 1", estimator: id)
    }
    self.init(
      id: id, summary: summary, shape: try EllipticalShape(dx: dx, dy: dy, matrix: dispersion),
      dof: dof)
  }

  init(id: String, summary: String, shape: EllipticalShape, dof: Int) {
    self.id = id
    self.summary = summary
    self.shape = shape
    self.dof = dof
  }

  /// The number of columns of x.
  public var dx: Int { shape.dx }

  /// The number of columns of y.
  public var dy: Int { shape.dy }

  /// Continuous on both sides.
  public var kind: PairKind { .continuous }

  /// The mutual information.
  public var information: Information {
    Information(nats: shape.normalInformation + entropy(dx) + entropy(dy) - entropy(dx + dy))
  }

  /// Zero: the information is a closed form.
  public var informationError: Information { .zero }

  /// Draws `count` independent rows.
  public func sample(_ count: Int, seed: UInt64) -> SamplePair {
    var source = RandomSource(seed: seed, samplerStream)
    var rows = shape.normals(count, using: &source)
    let chi = squaredNorms(source.normals(count * dof), dof)
    let d = dx + dy
    for row in 0..<count {
      let factor = (Double(dof) / chi[row]).squareRoot()
      for k in row * d..<(row + 1) * d { rows[k] *= factor }
    }
    return shape.split(rows)
  }

  /// ln of the joint density over the product of the marginal ones.
  public func pointwise(_ pair: SamplePair) -> [Double]? {
    guard let squares = shape.squares(pair) else { return nil }
    let v = Double(dof)
    let power = { (square: Double, d: Int) in (v + Double(d)) / 2 * log1p(square / v) }
    let constant = shape.normalInformation + peak(dx + dy) - peak(dx) - peak(dy)
    return squares.map {
      constant - power($0.joint, dx + dy) + power($0.x, dx) + power($0.y, dy)
    }
  }

  /// ln of the density's value at 0 for a unit dispersion matrix of k columns.
  private func peak(_ k: Int) -> Double {
    let (v, k) = (Double(dof), Double(k))
    return logGamma((v + k) / 2) - logGamma(v / 2) - k / 2 * log(v * Double.pi)
  }

  private func entropy(_ k: Int) -> Double {
    let half = Double(dof) / 2
    let both = half + Double(k) / 2
    return -peak(k) + both * (digamma(both) - digamma(half))
  }
}
